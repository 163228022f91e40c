/* What a card says of an event: statuses, what was declared beside what is asserted, claims. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, name, list, date} = Waybill.words;
  const ROUTE_ASPECTS = ['movement', 'cargo', 'destination'];

  function statusTable(index, statuses, deniedBy) {
    const keys = ROUTE_ASPECTS.filter((key) => statuses && statuses[key])
      .concat(Object.keys(statuses || {}).filter((key) => !ROUTE_ASPECTS.includes(key)))
      .filter((key) => statuses[key] !== 'none');
    if (!keys.length) return null;
    return el(
      'dl',
      {class: 'wb-facts'},
      keys.map((key) => {
        const who = deniedBy && index.deniers(deniedBy[key]);
        return el(
          'div',
          {},
          el('dt', {}, name('aspect', key)),
          el(
            'dd',
            {},
            el('b', {}, index.statusLabel(statuses[key])),
            who && who.length ? ' · ' + t('denied', {who: list(who)}) : null
          )
        );
      })
    );
  }

  /** Aspect by aspect, who denies it on any event of the route. */
  function deniedByAspect(events) {
    const found = {};
    events.forEach((event) =>
      Object.keys(event.denied_by || {}).forEach((aspect) => {
        found[aspect] = [...new Set((found[aspect] || []).concat(event.denied_by[aspect]))];
      })
    );
    return found;
  }

  function declaration(index, event) {
    const rows = [
      ['of-cargo', event.declared_cargo, event.cargo],
      ['of-origin', event.declared_origin, event.asserted_origin],
      [
        'of-destination',
        list(index.names('places', event.declared_destination)),
        list(index.names('places', event.asserted_destination))
      ]
    ].map(([key, declared, asserted]) => [key, text(index, declared), text(index, asserted)]);
    if (!rows.some((row) => row[1]) && !rows.slice(1).some((row) => row[2]))
      return rows[0][2] ? el('p', {class: 'wb-line'}, el('span', {class: 'wb-key'}, t('of-cargo')), rows[0][2]) : null;
    return el(
      'table',
      {class: 'wb-table wb-declared'},
      el(
        'thead',
        {},
        el('tr', {}, el('td', {}), el('th', {scope: 'col'}, t('declared')), el('th', {scope: 'col'}, t('asserted')))
      ),
      el(
        'tbody',
        {},
        rows
          .filter((row) => row[1] || row[2])
          .map((row) =>
            el(
              'tr',
              {},
              el('th', {scope: 'row'}, t(row[0])),
              el('td', {}, row[1] || t('not-stated')),
              el('td', {}, row[2] || t('not-stated'))
            )
          )
      )
    );
  }

  /** Origins may be place ids or plain text. */
  function text(index, value) {
    if (Array.isArray(value)) return list(index.names('places', value));
    return value ? index.nameOf('places', value) : '';
  }

  /** How many independent origins there are and who they are; addresses are no origins. */
  function origins(index, event) {
    const who = list(index.names('parties', Waybill.origins.parties(index, event)));
    const n = event.origins;
    if (who) return n === 1 ? t('account-origin', {who}) : t('account-origins', {n, who});
    return n === 1 ? t('origin') : t('origins', {n});
  }

  function eventBody(index, cites, told, event, route) {
    const claims = index.claims(event, route);
    const related = index.pick('events', event.related).map((other) => other.title);
    const toldBelow = new Set(
      claims
        .filter((claim) => claim.stance !== 'notes' && claim.stance !== 'searched')
        .flatMap((claim) => claim.about || [])
    );
    const statuses = Object.keys(event.statuses || {}).filter(
      (key) => event.statuses[key] !== 'none' && !toldBelow.has(key)
    );
    return [
      statuses.length || event.origins
        ? el(
            'p',
            {class: 'wb-chips'},
            statuses.map((key) => {
              const who = index.deniers((event.denied_by || {})[key]);
              return el(
                'span',
                {class: 'wb-chip'},
                name('aspect', key) + ': ',
                el('b', {}, index.statusLabel(event.statuses[key])),
                who.length
                  ? [
                      ' ',
                      Waybill.badges.symbol(13),
                      el('span', {class: 'wb-chip-denied'}, t('denied', {who: list(who)}))
                    ]
                  : null
              );
            }),
            event.origins ? el('span', {class: 'wb-chip is-quiet'}, origins(index, event)) : null
          )
        : null,
      event.verified === 'no' ? el('p', {class: 'wb-warn'}, t('unverified-event')) : null,
      event.carrier ? el('p', {class: 'wb-line'}, el('span', {class: 'wb-key'}, t('carrier')), event.carrier) : null,
      declaration(index, event),
      Waybill.claims.aspects(index, cites, told, claims, event.statuses),
      Waybill.claims.remarks(index, cites, told, claims, event.not_found),
      event.note ? el('p', {class: 'wb-claim-meta'}, event.note) : null,
      related.length
        ? el('p', {class: 'wb-line'}, el('span', {class: 'wb-key'}, t('related')), related.join('; '))
        : null,
      attributes(event.attributes)
    ];
  }

  function attributes(values) {
    const keys = Object.keys(values || {});
    return keys.length
      ? el(
          'dl',
          {class: 'wb-facts'},
          keys.map((key) => el('div', {}, el('dt', {}, key), el('dd', {}, values[key])))
        )
      : null;
  }

  function eventSection(index, cites, told, event, route) {
    return el(
      'li',
      {class: 'wb-event-item'},
      el('p', {class: 'wb-event-date'}, event.when_text || event.when),
      el('h3', {lang: index.language}, event.title),
      eventBody(index, cites, told, event, route)
    );
  }

  function ofEvent(index, event) {
    const cites = Waybill.citations.create(index);
    const place = index.place(event.place);
    const claims = index.claims(event);
    const body = [el('h3', {class: 'wb-section'}, t('evidence')), eventBody(index, cites, new Set(), event), Waybill.claims.figures(index, cites, claims)];
    return {
      title: event.title,
      lang: index.language,
      kicker: [t('event'), event.when_text || date(event.when), place && place.name].filter(Boolean).join(' · '),
      body: [body, cites.section()]
    };
  }

  Waybill.eventcard = {statusTable, deniedByAspect, declaration, origins, attributes, eventSection, ofEvent};
})(typeof globalThis === 'object' ? globalThis : this);
