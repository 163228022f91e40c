/* A button that folds and unfolds what it controls. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg} = Waybill.dom;

  function caret() {
    return svg(
      'svg',
      {class: 'wb-caret-symbol', width: 10, height: 10, viewBox: '0 0 10 10', 'aria-hidden': 'true', focusable: 'false'},
      svg('path', {
        d: 'M3 1.5L7 5L3 8.5',
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.6,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round'
      })
    );
  }

  /** A button for `body`; its name says what a press does. */
  function button(body, open, openName, shutName) {
    const node = el(
      'button',
      {type: 'button', class: 'wb-caret', 'aria-controls': body.id, on: {click: () => set(body.hidden)}},
      caret()
    );
    function set(value) {
      body.hidden = !value;
      node.setAttribute('aria-expanded', String(value));
      node.setAttribute('aria-label', value ? shutName : openName);
    }
    set(open);
    return node;
  }

  Waybill.fold = {button, caret};
})(typeof globalThis === 'object' ? globalThis : this);
