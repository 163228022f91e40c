/* What a card says of a place: its names, how well its point is known, what was published of it, what happened there. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, name, list, metres} = Waybill.words;

  function fact(word, value) {
    return value && value.length !== 0 ? el('div', {}, el('dt', {}, word), el('dd', {}, value)) : null;
  }

  /** Routes and events that touch a place, as buttons; `open` takes an id. */
  function touching(heading, items, open) {
    if (!items.length) return null;
    const row = (item) =>
      el(
        'li',
        {},
        el(
          'button',
          {type: 'button', class: 'wb-route-button', on: {click: () => open(item.id)}},
          el('span', {class: 'wb-route-name'}, item.title, el('span', {class: 'wb-route-status'}, item.when_text || ''))
        )
      );
    return el('section', {}, el('h3', {}, heading), el('ul', {class: 'wb-route-list'}, items.map(row)));
  }

  function ofPlace(index, place, open) {
    const cites = Waybill.citations.create(index);
    const others = Object.keys(place.names || {}).map((code) => place.names[code]);
    const routes = index.routes.filter((route) =>
      index.legs(route).some((leg) => leg.from === place.id || leg.to === place.id)
    );
    const events = index.payload.events.filter((event) => event.place === place.id);
    const measures = Waybill.extent.published(cites, place.measures);
    const body = [
      el(
        'dl',
        {class: 'wb-facts'},
        fact(t('place-names'), others.join(' · ')),
        fact(t('place-position'), place.precision_m ? t('precision', {m: metres(place.precision_m)}) : ''),
        fact(t('place-origin'), place.origin),
        fact(t('length-published'), measures.length ? el('ul', {class: 'wb-plain'}, measures) : '')
      ),
      place.verified === 'no' ? el('p', {class: 'wb-warn'}, t('place-unverified')) : null,
      place.note ? el('p', {class: 'wb-note'}, place.note) : null,
      touching(t('place-routes'), routes, open),
      touching(t('place-events'), events, open)
    ];
    return {
      title: Waybill.names.of(place),
      kicker: list([name('place', place.kind), (place.country || []).join(', ')]),
      body: [body, cites.section()]
    };
  }

  Waybill.placecard = {ofPlace};
})(typeof globalThis === 'object' ? globalThis : this);
