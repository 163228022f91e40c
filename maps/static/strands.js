/*
 * Where the lines of a large record come from: one strand for each line that has one look. A packed frame brings its own
 * coordinates; the legs of a large case are read from its document. Small records have none, and are drawn by lines.js.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const MOST_LEGS = 1500;
  const MOST_LETTERS = 400000; // of encoded polylines: about 70 000 vertices
  const SCALE = 1e5;

  function legsOf(facts) {
    return (facts.routes || []).flatMap((route) => (route.legs || []).map((leg) => ({id: route.id, leg})));
  }

  function isLarge(all) {
    return all.length > MOST_LEGS || all.reduce((sum, {leg}) => sum + String(leg.line || '').length, 0) > MOST_LETTERS;
  }

  /** The coordinates of legs as unpack.js gives those of a frame. */
  function pointsOf(all) {
    const decoded = all.map(({leg}) => Waybill.polyline.decode(leg.line));
    const sizes = Int32Array.from(decoded, (points) => points.length);
    const flat = decoded.flat();
    return {sizes, lat: Int32Array.from(flat, (p) => Math.round(p[0] * SCALE)), lon: Int32Array.from(flat, (p) => Math.round(p[1] * SCALE)), scale: SCALE};
  }

  /** {count, id(strand), leg(strand), read(): a promise of {points, parts}}, or null where the record is small. */
  function of(facts) {
    if (facts.frame) {
      const {frame, routes} = facts;
      return {
        count: frame.count,
        id: (at) => routes[at].id,
        leg: (at) => routes[at].legs[0],
        read: frame.read,
        ready: (shapes) => {
          frame.shapes = shapes;
        }
      };
    }
    const all = legsOf(facts).filter(({leg}) => leg.line);
    if (!isLarge(all)) return null;
    return {
      count: all.length,
      id: (at) => all[at].id,
      leg: (at) => all[at].leg,
      read: async () => ({points: pointsOf(all), parts: null}),
      ready: () => {}
    };
  }

  Waybill.strands = {of};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.strands;
})(typeof globalThis === 'object' ? globalThis : this);
