/* The buttons of the tools, one under another at the top right, and the pictures on them. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, button} = Waybill.dom;

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

  /** A control of the map that holds the buttons of `tools`; `remove` takes it away. */
  function create(map, tools) {
    const node = el('div', {class: 'leaflet-bar wb-toolbar'}, tools.map((one) => one.button));
    const control = root.L.control({position: 'topright'});
    control.onAdd = () => node;
    root.L.DomEvent.disableClickPropagation(node);
    control.addTo(map);
    return {node, destroy: () => control.remove()};
  }

  Waybill.toolbar = {create, icon, tool, rename};
})(typeof globalThis === 'object' ? globalThis : this);
