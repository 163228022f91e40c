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

  /** Entries near a point in layer pixels, nearest first; infrastructure only when nothing else is there. */
  function near(entries, p) {
    const found = entries
      .map((entry) => ({entry, d: Math.min(...entry.layers.map((layer) => distanceTo(layer, p)))}))
      .filter((hit) => hit.d < PICK_PX);
    const moving = found.filter((hit) => hit.entry.route.kind !== 'infrastructure');
    return (moving.length ? moving : found).sort((a, b) => a.d - b.d);
  }

  /** Those that cannot be told apart from the nearest. */
  function alike(hits) {
    return hits.filter((hit) => hit.d - hits[0].d < SAME_PX);
  }

  Waybill.pick = {near, alike};
})(typeof globalThis === 'object' ? globalThis : this);
