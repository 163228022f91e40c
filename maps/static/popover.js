/* A button and the box it discloses: Escape and a press elsewhere close it, and the focus goes back to the button. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const EDGE_PX = 12;
  let serial = 0;

  /** `opened` is called before the box is shown. The box opens upwards and never leaves the map. */
  function create({className, label, title, head, body, opened}) {
    const id = 'wb-popover-' + ++serial;
    const box = el('div', {class: 'wb-popover ' + className, id, role: 'group', 'aria-label': title || label, hidden: true}, body);
    const button = el(
      'button',
      {
        type: 'button',
        class: 'wb-popover-button',
        'aria-expanded': 'false',
        'aria-controls': id,
        on: {click: () => (box.hidden ? open() : close(true))}
      },
      head || label
    );
    const node = el('div', {class: 'wb-popover-host', on: {keydown: onKey, focusout: onFocusOut}}, button, box);

    function open() {
      if (opened) opened();
      box.hidden = false;
      button.setAttribute('aria-expanded', 'true');
      document.addEventListener('pointerdown', onPress, true);
      fit();
    }
    function close(back) {
      if (box.hidden) return;
      box.hidden = true;
      button.setAttribute('aria-expanded', 'false');
      document.removeEventListener('pointerdown', onPress, true);
      if (back) button.focus();
    }
    /** As tall as the map has room above the button, as wide as panel and ledger leave, and moved sideways to stand between them. */
    function fit() {
      const map = (node.closest('.waybill') || document.documentElement).getBoundingClientRect();
      const own = button.getBoundingClientRect();
      const top = Math.max(map.top, 0);
      box.style.setProperty('--wb-room', Math.max(120, own.top - top - 2 * EDGE_PX) + 'px');
      box.style.setProperty('--wb-shift', '0px');
      // what stands left and right of the map would hide a box that reached under it
      const host = node.closest('.waybill');
      const covered = (side) => (host && parseFloat(root.getComputedStyle(host).getPropertyValue('--wb-' + side))) || 0;
      const left = map.left + covered('left') + EDGE_PX;
      const right = map.right - covered('right') - EDGE_PX;
      box.style.setProperty('--wb-breadth', right - left + 'px');
      const rect = box.getBoundingClientRect();
      const over = Math.max(0, rect.right - right) || Math.min(0, rect.left - left);
      box.style.setProperty('--wb-shift', -over + 'px');
    }
    function onKey(event) {
      if (event.key !== 'Escape' || box.hidden) return;
      event.stopPropagation();
      close(true);
    }
    function onPress(event) {
      if (!node.contains(event.target)) close(false);
    }
    function onFocusOut(event) {
      if (event.relatedTarget && !node.contains(event.relatedTarget)) close(false);
    }
    return {node, button, box, open, close, fit, isOpen: () => !box.hidden, destroy: () => close(false)};
  }

  Waybill.popover = {create};
})(typeof globalThis === 'object' ? globalThis : this);
