/* Which routes lie under a point of the screen. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const PICK_PX = 10;
  const SAME_PX = 2.5; // lines that close to each other cannot be told apart with a pointer

  function distanceTo(layer, p) {
    let best = Infinity;
    layer.parts().forEach((part) => {
      for (let i = 1; i < part.length; i++)
        best = Math.min(best, root.L.LineUtil.pointToSegmentDistance(p, part[i - 1], part[i]));
    });
    return best;
  }

  /** Hits, {route, d} with d in pixels, nearest first; infrastructure only when nothing else is there. */
  function order(hits) {
    const moving = hits.filter((hit) => hit.route.kind !== 'infrastructure');
    return (moving.length ? moving : hits).sort((a, b) => a.d - b.d);
  }

  /** Hits of the entries near a point in layer pixels. */
  function near(entries, p) {
    const found = entries
      .map((entry) => ({entry, route: entry.route, d: Math.min(...entry.layers.map((layer) => distanceTo(layer, p)))}))
      .filter((hit) => hit.d < PICK_PX);
    return order(found);
  }

  /** Those that cannot be told apart from the nearest. */
  function alike(hits) {
    return hits.filter((hit) => hit.d - hits[0].d < SAME_PX);
  }

  Waybill.pick = {PICK_PX, order, near, alike};
})(typeof globalThis === 'object' ? globalThis : this);
