/* What a card says of a route. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, name, list} = Waybill.words;
  const {statusTable, deniedByAspect, attributes, eventSection} = Waybill.eventcard;
  const {lengths, legTable} = Waybill.extent;

  /** What the status means, or both where that of the movement is not that of the cargo. */
  function meanings(index, route) {
    const parts = Waybill.standing.parts(route);
    const lead = ({aspect}) => (parts.length > 1 ? [el('b', {}, name('aspect', aspect) + ': ')] : null);
    return parts.map((part) => el('p', {}, lead(part), index.statusMeaning(part.status)));
  }

  function statusPair(index, style, route) {
    const denied = index.deniers(route.denied_by);
    const first = index.legs(route)[0] || {};
    const look = Waybill.sample.of(
      style,
      {
        kind: ['infrastructure', 'illustration'].includes(route.kind) ? route.kind : 'movement',
        status: route.status,
        mode: first.mode,
        basis: 'network'
      },
      40
    );
    return el(
      'div',
      {class: 'wb-pair'},
      el(
        'div',
        {class: 'wb-verdict'},
        el('p', {class: 'wb-verdict-word'}, look, el('span', {}, Waybill.standing.words(route))),
        meanings(index, route)
      ),
      !index.judged
        ? null
        : denied.length
        ? el(
            'div',
            {class: 'wb-verdict is-denied'},
            el(
              'p',
              {class: 'wb-verdict-word'},
              Waybill.badges.symbol(18),
              el('span', {}, t('denied', {who: list(denied)}))
            ),
            el('p', {}, t('denied-meaning'))
          )
        : el('div', {class: 'wb-verdict is-empty'}, el('p', {class: 'wb-verdict-word'}, t('not-denied')))
    );
  }

  /** Title, line above it and body of a route's card. */
  function ofRoute(index, style, route) {
    const cites = Waybill.citations.create(index);
    const told = new Set();
    const events = index.events(route);
    const own = index.claims(route, route);
    const layer = index.layer(route.layer);
    const body = [
      index.judged || route.status ? statusPair(index, style, route) : null,
      route.kind === 'infrastructure' ? null : statusTable(index, route.statuses, deniedByAspect(events)),
      route.fallback
        ? el(
            'p',
            {class: 'wb-warn'},
            t('fallback').replace(/^./, (c) => c.toUpperCase())
          )
        : null,
      index.legs(route).some((leg) => leg.basis === 'inferred') ? el('p', {class: 'wb-line'}, t('inferred')) : null,
      route.note ? el('p', {class: 'wb-note'}, route.note) : null,
      Waybill.claims.figures(index, cites, index.allClaims(route)),
      own.length
        ? el(
            'section',
            {},
            el('h3', {}, t('on-route')),
            Waybill.claims.aspects(index, cites, told, own, null),
            Waybill.claims.remarks(index, cites, told, own, null)
          )
        : null,
      events.length
        ? el(
            'section',
            {},
            el('h3', {class: 'wb-section'}, t('evidence')),
            el(
              'ol',
              {class: 'wb-events'},
              events.map((event) => eventSection(index, cites, told, event, route))
            )
          )
        : null,
      lengths(index, cites, route),
      legTable(index, cites, route),
      attributes(route.attributes)
    ];
    return {
      title: route.title,
      lang: index.language,
      kicker: [name('kind', route.kind), list(index.modes(route).map(index.modeLabel)), layer && layer.title]
        .filter(Boolean)
        .join(' · '),
      body: [body, cites.section()]
    };
  }

  Waybill.routecard = {ofRoute};
})(typeof globalThis === 'object' ? globalThis : this);
