/* What is drawn on the map: lines, badges, places, events, names, and the tip beside the pointer. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  function tips(map) {
    const tooltip = root.L.tooltip({className: 'wb-tip', direction: 'auto', offset: [14, 0], opacity: 1});
    return (latlng, node) => {
      if (!latlng) {
        tooltip.remove();
        return;
      }
      tooltip.setLatLng(latlng).setContent(node);
      if (!map.hasLayer(tooltip)) tooltip.addTo(map);
    };
  }

  /** Fills `parts`, which the actions read. */
  function create(map, store, base, theme, actions, parts) {
    const many = Waybill.strands.of(store.facts);
    return Object.assign(parts, {
      tip: tips(map),
      lines: many
        ? Waybill.manylines.create(map, store.style, many, actions, theme)
        : Waybill.lines.create(map, store.style, actions),
      badges: Waybill.badges.create(map, actions),
      spot: Waybill.spot.create(map),
      places: Waybill.places.create(map, actions),
      dots: Waybill.eventdots.create(map, actions),
      labels: Waybill.labels.create(map, base, theme)
    });
  }

  Waybill.mapparts = {create};
})(typeof globalThis === 'object' ? globalThis : this);
