/* The card that lists the routes under one point. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, list} = Waybill.words;

  /** `all` is how many there are, if that is more than are listed. */
  function content(index, style, routes, open, all) {
    const items = routes.map((route) =>
      el(
        'li',
        {},
        el(
          'button',
          {type: 'button', class: 'wb-route-button', on: {click: () => open(route)}},
          el('span', {class: 'wb-route-line'}, Waybill.sample.ofRoutes(style, index, [route], 1)),
          el(
            'span',
            {class: 'wb-route-name'},
            route.title,
            el(
              'span',
              {class: 'wb-route-status'},
              list([
                Waybill.standing.words(route),
                (route.denied_by || []).length ? t('denied', {who: list(index.deniers(route.denied_by))}) : ''
              ])
            )
          )
        )
      )
    );
    return {
      title: t('many-here', {n: all || routes.length}),
      body: [
        el('p', {class: 'wb-note'}, all > routes.length ? t('choose-some', {n: routes.length}) : t('choose')), 
        el('ul', {class: 'wb-route-list'}, items)
      ]
    };
  }

  /** The card that lists the events at one point. */
  function ofEvents(index, events, open) {
    const items = events.map((event) =>
      el(
        'li',
        {},
        el(
          'button',
          {type: 'button', class: 'wb-route-button', on: {click: () => open(event)}},
          el('span', {class: 'wb-route-name'}, event.title, el('span', {class: 'wb-route-status'}, event.when_text || ''))
        )
      )
    );
    return {
      title: t('many-events', {n: events.length}),
      body: [el('p', {class: 'wb-note'}, t('choose')), el('ul', {class: 'wb-route-list'}, items)]
    };
  }

  Waybill.chooser = {content, ofEvents};
})(typeof globalThis === 'object' ? globalThis : this);
