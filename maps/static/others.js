/* Events that no line and no point of the map leads to: statements, resolutions, sanctions. A list in the panel. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t} = Waybill.words;

  function create(index, on) {
    const events = index.otherEvents();
    if (!events.length) return null;
    const row = (event) =>
      el(
        'li',
        {},
        el(
          'button',
          {type: 'button', class: 'wb-route-button', on: {click: (click) => on.openOther(event, click.currentTarget)}},
          el('span', {}, event.title, el('span', {class: 'wb-legend-meaning'}, event.when_text || ''))
        )
      );
    const body = el('ul', {class: 'wb-others-list', id: 'wb-others'}, events.map(row));
    body.hidden = true;
    const title = t('others', {n: events.length});
    const fold = Waybill.fold.button(body, false, t('open', {title}), t('shut', {title}));
    return el('section', {class: 'wb-legend'}, el('div', {class: 'wb-tools'}, fold, el('h2', {}, title)), body);
  }

  Waybill.others = {create};
})(typeof globalThis === 'object' ? globalThis : this);
