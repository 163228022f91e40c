/* The pointer over many lines: what lies under it, highlighted as it moves and opened by a click. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {tooltip} = Waybill.linetip;
  const {PICK_PX, order, alike} = Waybill.pick;
  const MOST_CHOICES = 40;

  /** `host` gives {shapes(), reach(), visible, route(strand), index()}; `on` is what the page does. */
  function create(map, host, on, highlight) {
    function hits(latlng) {
      const shapes = host.shapes();
      if (!shapes) return [];
      const scale = Math.pow(2, map.getZoom());
      const p = map.project(latlng, 0);
      const world = Waybill.mercator.WORLD_PX;
      const [west, east] = host.reach();
      const found = new Map();
      for (let copy = Math.floor((west - p.x) / world); copy <= Math.ceil((east - p.x) / world); copy++)
        Waybill.nearest.find(shapes, host.visible, p.x + copy * world, p.y, PICK_PX / scale).forEach(({row, d}) => {
          const route = host.route(row);
          const before = found.get(route.id);
          if (!before || before.d > d * scale) found.set(route.id, {route, d: d * scale});
        });
      return order([...found.values()]);
    }

    /** Whether an event of the map happened on the map itself, and not on what stands on it. */
    function onMap(event) {
      const target = event.originalEvent && event.originalEvent.target;
      return target === map.getContainer() || map.getPane('mapPane').contains(target);
    }
    function moved(latlng) {
      const found = latlng ? hits(latlng) : [];
      map.getContainer().classList.toggle('wb-on-line', found.length > 0);
      highlight(found.slice(0, 1).map((hit) => hit.route.id));
      if (found.length) on.tip(latlng, tooltip(host.index(), found[0].route, alike(found).length - 1));
    }

    let pointed = null;
    let asked = 0;
    map.on('mousemove', (event) => {
      pointed = onMap(event) && !on.busy() && !map.dragging.moving() ? event.latlng : null;
      if (asked) return;
      asked = root.requestAnimationFrame(() => {
        asked = 0;
        moved(pointed);
      });
    });
    map.on('mouseout', () => {
      pointed = null;
      moved(null);
    });
    map.on('click', (event) => {
      const found = on.busy() || !onMap(event) ? [] : hits(event.latlng);
      if (!found.length) return;
      const same = alike(found).map((hit) => hit.route);
      if (same.length > 1) on.choose(same.slice(0, MOST_CHOICES), {latlng: event.latlng}, same.length);
      else on.open(same[0], {latlng: event.latlng});
    });
  }

  Waybill.manypoint = {create};
})(typeof globalThis === 'object' ? globalThis : this);
