/* Badges, places, events and names share the room on the screen; what matters more comes first. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const EDGE_PX = 60;

  /** Names do not run under what stands on the map, nor over its edge. */
  function reserve(map, room) {
    const container = map.getContainer();
    const box = container.getBoundingClientRect();
    container.querySelectorAll('.wb-panel, .wb-drawer, .wb-card, .wb-lens, .leaflet-control').forEach((node) => {
      const r = node.getBoundingClientRect();
      const p = map.containerPointToLayerPoint([r.left - box.left, r.top - box.top]);
      if (r.width) room.take({x: p.x, y: p.y, w: r.width, h: r.height});
    });
    const {x, y} = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    [-EDGE_PX, size.x].forEach((dx) => room.take({x: x + dx, y, w: EDGE_PX, h: size.y}));
    [-EDGE_PX, size.y].forEach((dy) => room.take({x, y: y + dy, w: size.x, h: EDGE_PX}));
  }

  /** `parts` are {lines, places, dots, badges, labels}; `left` is what the panel covers, in pixels. */
  function all(map, store, parts, left) {
    const index = store.index;
    const room = Waybill.collide.create();
    const entries = parts.lines.shown();
    // so many lines leave no room to keep clear of
    if (!parts.lines.many) entries
      .filter((entry) => entry.route.kind !== 'infrastructure')
      .forEach((entry) => entry.layers.forEach((layer) => layer.parts().forEach((part) => room.addLine(part))));
    reserve(map, room);
    const isOn = (layer) => !layer || !index.layer(layer) || store.isOn(layer);
    parts.dots.update(index, isOn, room);
    const marked = parts.places.update(index, entries, room);
    parts.badges.update(index, entries, room);
    parts.labels.update(marked, room, left, store.state.lang);
  }

  Waybill.arrange = {all};
})(typeof globalThis === 'object' ? globalThis : this);
