/* A ring around the chosen place, where no line would say which one is meant. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const SIZE_PX = 44;

  function create(map) {
    const pane = map.createPane('wb-spot');
    pane.style.zIndex = 595;
    pane.style.pointerEvents = 'none';
    let marker = null;

    /** Ring a place and name it, or, with null, nothing. */
    function show(latlng, name) {
      if (marker) marker.remove();
      marker = null;
      if (!latlng) return;
      const node = el('div', {class: 'wb-spot', 'aria-hidden': 'true'}, el('span', {}, name));
      const icon = root.L.divIcon({html: node, className: 'wb-spot-icon', iconSize: [SIZE_PX, SIZE_PX]});
      marker = root.L.marker(latlng, {icon, pane: 'wb-spot', keyboard: false, interactive: false}).addTo(map);
    }
    return {show};
  }

  Waybill.spot = {create};
})(typeof globalThis === 'object' ? globalThis : this);
