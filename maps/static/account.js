/* The full account of one event: what is said of each part, who says so beside who denies it, and every claim in order. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, name, list, date} = Waybill.words;
  const FIRST = ['movement', 'cargo', 'destination'];
  const SAMPLE_PX = 34;

  /** The means of transport of an event, for the colour of its samples. */
  function modeOf(index, event) {
    const route = index.pick('routes', event.routes)[0];
    return (route && index.modes(route)[0]) || 'unknown';
  }

  /** A status as a short line, dashed as on the map, and its word. Only movement has a means of transport. */
  function status(index, style, event, aspect, width) {
    const value = event.statuses[aspect];
    const mode = aspect === 'movement' ? modeOf(index, event) : 'unknown';
    return el(
      'span',
      {class: 'wb-status-mark'},
      Waybill.sample.of(style, {kind: 'movement', status: value, mode, basis: 'network'}, width || SAMPLE_PX),
      el('span', {}, index.statusLabel(value))
    );
  }

  function aspectsOf(event) {
    const known = Object.keys(event.statuses || {}).filter((aspect) => event.statuses[aspect] !== 'none');
    return FIRST.filter((aspect) => known.includes(aspect)).concat(known.filter((aspect) => !FIRST.includes(aspect)));
  }

  /** Part by part, how strong the evidence is and who denies it. */
  function statuses(index, style, event) {
    const aspects = aspectsOf(event);
    if (!aspects.length) return null;
    return el(
      'dl',
      {class: 'wb-account-statuses', 'aria-label': t('account-statuses')},
      aspects.map((aspect) => {
        const who = index.deniers((event.denied_by || {})[aspect]);
        return el(
          'div',
          {},
          el('dt', {}, name('aspect', aspect)),
          el('dd', {}, status(index, style, event, aspect)),
          who.length
            ? el('dd', {class: 'wb-denial'}, Waybill.badges.symbol(14), el('span', {}, t('denied', {who: list(who)})))
            : null
        );
      })
    );
  }

  function days(claims) {
    return list([...new Set(claims.map(Waybill.claims.saidOn))]);
  }

  function speaker(party, when, more) {
    return el(
      'li',
      {},
      el('strong', {}, party),
      when ? el('span', {class: 'wb-claim-meta'}, when) : null,
      more ? el('span', {class: 'wb-claim-meta'}, more) : null
    );
  }

  /** Who says so beside who denies it, in boxes of one size. */
  function sides(index, event, claims) {
    const says = Waybill.origins.groups(index, claims);
    const denials = claims.filter((claim) => claim.stance === 'denies');
    const denies = Waybill.ledgerorder.deniers(event);
    if (!says.length && !denies.length) return null;
    const ofDenier = (party) => denials.filter((claim) => Waybill.origins.top(index, claim.party) === party);
    const box = (className, heading, items, empty) =>
      el(
        'div',
        {class: 'wb-party-box ' + className},
        el('h5', {}, heading),
        items.length ? el('ul', {}, items) : el('p', {class: 'wb-claim-meta'}, empty)
      );
    return el(
      'div',
      {class: 'wb-party-pair'},
      box(
        'is-for',
        t('account-said-by'),
        says.map((group) =>
          speaker(
            index.nameOf('parties', group.party),
            days(group.claims),
            group.repeaters.length ? t('account-repeated', {who: list(index.names('parties', group.repeaters))}) : ''
          )
        ),
        t('account-nobody-says')
      ),
      box(
        'is-against',
        [Waybill.badges.symbol(14), ' ', t('account-denied-by')],
        denies.map((party) => speaker(index.nameOf('parties', party), days(ofDenier(party)))),
        t('account-nobody-denies')
      )
    );
  }

  function line(key, text) {
    return text ? el('p', {class: 'wb-line'}, el('span', {class: 'wb-key'}, key), text) : null;
  }

  /** What was looked for and not found stands by itself: it changes no status and must not be missed. */
  function notFound(event, claims) {
    const searched = claims.filter((claim) => claim.stance === 'searched').map((claim) => claim.statement);
    if (!event.not_found && !searched.length) return null;
    return el(
      'div',
      {class: 'wb-not-found'},
      el('h5', {}, t('not-found')),
      [event.not_found]
        .concat(searched)
        .filter(Boolean)
        .map((text) => el('p', {}, text))
    );
  }

  function choices(heading, items) {
    return items.length ? el('div', {}, el('h5', {}, heading), el('ul', {class: 'wb-choices'}, items)) : null;
  }

  function choice(select, id, children) {
    return el('li', {}, el('button', {type: 'button', class: 'wb-choice', on: {click: () => select(id)}}, children));
  }

  function routes(index, style, event, {select, isOn}) {
    return choices(
      t('account-routes'),
      index
        .pick('routes', event.routes)
        .map((route) =>
          choice(select, route.id, [
            el('span', {class: 'wb-route-line'}, Waybill.sample.ofRoutes(style, index, [route], 1)),
            el(
              'span',
              {},
              route.title,
              isOn(route.layer) ? null : [' ', el('span', {class: 'wb-tag'}, t('account-off'))]
            )
          ])
        )
    );
  }

  function related(index, event, {select}) {
    return choices(
      t('related'),
      index
        .pick('events', event.related)
        .map((other) =>
          choice(select, other.id, [
            el('span', {class: 'wb-date'}, other.when_text || date(other.when)),
            el('span', {}, other.title)
          ])
        )
    );
  }

  /** What a figure counts: "containers" of "about 6,700 containers, counted from Aug 2023". */
  function unit(claim) {
    return (claim.quantity_text || '')
      .replace(/, \D.*$/, '')
      .replace(/^.*\d/, '')
      .trim();
  }

  /** Figures of the event beside those of related events that count the same thing: they differ, and are not joined. */
  function figures(index, cites, event, claims) {
    const units = new Set(claims.map(unit).filter(Boolean));
    const near = (index.payload.events || []).filter(
      (other) => (other.related || []).includes(event.id) || (event.related || []).includes(other.id)
    );
    const others = near.flatMap((other) => index.claims(other)).filter((claim) => units.has(unit(claim)));
    const all = [...new Set(claims.concat(others))].sort(Waybill.index.byDate);
    return Waybill.claims.figures(index, cites, all, 'h5', new Set(claims));
  }

  /** Children of an entry's account; `on` is {select(id), isOn(layerId)}. */
  function ofEvent(index, style, event, on) {
    const cites = Waybill.citations.create(index);
    const claims = index.claims(event);
    const said = claims.length
      ? el('section', {}, el('h5', {}, t('account-order')), Waybill.claims.inOrder(index, cites, claims))
      : null;
    const place = index.place(event.place);
    return [
      event.verified === 'no' ? el('p', {class: 'wb-warn'}, t('unverified-event')) : null,
      statuses(index, style, event),
      sides(index, event, claims),
      event.origins ? el('p', {class: 'wb-line'}, Waybill.eventcard.origins(index, event)) : null,
      line(t('account-place'), place && place.name),
      line(t('carrier'), event.carrier),
      Waybill.eventcard.declaration(index, event),
      event.note ? el('p', {class: 'wb-account-note'}, event.note) : null,
      notFound(event, claims),
      figures(index, cites, event, claims),
      said,
      Waybill.eventcard.attributes(event.attributes),
      routes(index, style, event, on),
      related(index, event, on),
      cites.section('h5')
    ];
  }

  Waybill.account = {ofEvent, status};
})(typeof globalThis === 'object' ? globalThis : this);
