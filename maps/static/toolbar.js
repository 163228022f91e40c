/* The column of tools at the top right; where there is little room all but the ledger fold behind one button. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, button} = Waybill.dom;
  const {t} = Waybill.words;

  /** A picture of one path on a square of 16. */
  function icon(d) {
    return svg(
      'svg',
      {class: 'wb-tool-icon', width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false'},
      svg('path', {d})
    );
  }

  function tool(name, action, d) {
    return button('wb-tool', name, action, icon(d));
  }

  /** Another name for a button, where it is heard and where it is read. */
  function rename(node, name) {
    node.setAttribute('aria-label', name);
    node.setAttribute('title', name);
  }

  function dots() {
    return svg(
      'svg',
      {width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true', focusable: 'false'},
      [4, 9, 14].map((cy) => svg('circle', {cx: 9, cy, r: 1.5, fill: 'currentColor'}))
    );
  }

  /** `first` always shows; `rest` folds where the map is narrow or short. */
  function create(map, first, rest) {
    const box = el('div', {class: 'wb-tool-group wb-tools-rest', id: 'wb-tools-rest'}, rest);
    const more = el(
      'button',
      {type: 'button', class: 'wb-tool wb-tools-more', 'aria-controls': box.id, 'aria-expanded': 'false', 'aria-label': t('tools'), title: t('tools'), on: {click: () => set(!node.classList.contains('is-open'))}},
      dots()
    );
    const node = el('div', {class: 'wb-toolbar', role: 'group', 'aria-label': t('tools')}, el('div', {class: 'wb-tool-group'}, first), more, box);
    function set(open) {
      node.classList.toggle('is-open', open);
      more.setAttribute('aria-expanded', String(open));
    }
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !node.classList.contains('is-open')) return;
      set(false);
      more.focus();
      event.stopPropagation();
    });
    const control = root.L.control({position: 'topright'});
    control.onAdd = () => node;
    root.L.DomEvent.disableClickPropagation(node);
    return control.addTo(map);
  }

  Waybill.toolbar = {create, icon, tool, rename};
})(typeof globalThis === 'object' ? globalThis : this);
