/* What painting many lines needs to know once: vertices by zoom, looks by what they stand for, surfaces by layer. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const ZOOMS_KEPT = 4;

  /** The vertices of a zoom, worked out when first asked for; the latest few are kept. */
  function create(shapes) {
    const known = new Map();
    return (zoom) => {
      const kept = known.get(zoom) || Waybill.shapes.kept(shapes, zoom);
      known.delete(zoom);
      known.set(zoom, kept);
      if (known.size > ZOOMS_KEPT) known.delete(known.keys().next().value);
      return kept;
    };
  }

  /** Looks, each an object of its own, so that lines of one look can be told by it. */
  function looks(style) {
    const known = new Map();
    return (what) => {
      const key = [what.kind, what.status, what.mode, what.basis, what.fallback ? 1 : 0].join('|');
      if (!known.has(key)) known.set(key, Waybill.linestyle.resolve(style, what));
      return known.get(key);
    };
  }

  /** Share layers of some sizes out over surfaces, in their order, about evenly: the surface of each layer. */
  function spread(sizes, surfaces) {
    if (sizes.length <= surfaces) return sizes.map((_, layer) => layer);
    const all = sizes.reduce((a, b) => a + b, 0);
    let sum = 0;
    return sizes.map((size) => {
      const middle = sum + size / 2;
      sum += size;
      return Math.min(surfaces - 1, Math.floor((middle / all) * surfaces));
    });
  }

  /** Least and greatest x of some lines, in pixels at zoom 0. */
  function reach({frames}) {
    let [west, east] = [Infinity, -Infinity];
    for (let at = 0; at < frames.length; at += 4) {
      if (frames[at] < west) west = frames[at];
      if (frames[at + 2] > east) east = frames[at + 2];
    }
    return [west, east];
  }

  Waybill.details = {create, looks, spread, reach};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.details;
})(typeof globalThis === 'object' ? globalThis : this);
