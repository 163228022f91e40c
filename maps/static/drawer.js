/* The drawer on the right that holds the ledger; a sheet at the bottom of a map that is not wide. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg} = Waybill.dom;
  const {t} = Waybill.words;
  const ROOMY_PX = 1440; // from here on there is room for panel, map and ledger at once

  function icon() {
    return svg(
      'svg',
      {width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true', focusable: 'false'},
      svg('path', {d: 'M3 4h2M3 9h2M3 14h2M7.5 4H15M7.5 9H15M7.5 14H15', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6, 'stroke-linecap': 'round'})
    );
  }

  function create(map, layout, on) {
    const node = el('section', {class: 'wb-drawer', id: 'wb-drawer', 'aria-label': t('ledger-drawer'), hidden: true});
    const toggle = el(
      'button',
      {type: 'button', class: 'wb-tool is-named', 'aria-controls': node.id, 'aria-expanded': 'false', on: {click: () => set(node.hidden)}},
      icon(),
      el('span', {}, t('ledger-drawer'))
    );
    function set(open, {keepFocus, escaped} = {}) {
      if (node.hidden !== open) return;
      if (open) on.opening();
      node.hidden = !open;
      toggle.setAttribute('aria-expanded', String(open));
      map.getContainer().classList.toggle('wb-drawer-open', open);
      layout.changed();
      on.toggled(open, !!escaped);
      if (!open && !keepFocus && (node.contains(document.activeElement) || document.activeElement === document.body))
        toggle.focus({preventScroll: true});
    }
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      set(false, {escaped: true});
      event.stopPropagation();
    });
    layout.add('right', node, () => (layout.wide() && !node.hidden ? node.offsetWidth + 12 : 0));
    return {
      toggle,
      node,
      isOpen: () => !node.hidden,
      open: () => set(true),
      close: () => set(false),
      openWhereRoomy: () => {
        if (map.getSize().x >= ROOMY_PX) set(true, {keepFocus: true});
      }
    };
  }

  Waybill.drawer = {create};
})(typeof globalThis === 'object' ? globalThis : this);
