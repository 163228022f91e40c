/* How long a measured line is, stretch by stretch, and how that is written. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const geodesic = Waybill.geodesic || require('./geodesic.js');
  const M_PER_KM = 1000;
  const M_PER_NMI = 1852; // international nautical mile, BIPM SI brochure, 8th edition, table 8
  const STEP_M = 50000; // a chord this long lies under a pixel off the geodesic at the scale of a continent
  const STEPS_AT_MOST = 256;

  /** Stretches between points in order: {metres, approximate, path}; the path runs on over the antimeridian. */
  function between(points) {
    const found = [];
    points.slice(1).forEach((to, i) => {
      const before = found[i - 1];
      const from = {lat: points[i].lat, lon: before ? before.path[before.path.length - 1].lon : points[i].lon};
      const {metres, approximate} = geodesic.inverse(from, to);
      const steps = Math.max(1, Math.min(STEPS_AT_MOST, Math.ceil(metres / STEP_M)));
      found.push({metres, approximate, path: geodesic.line(from, to, steps)});
    });
    return found;
  }

  function total(stretches) {
    return stretches.reduce((sum, stretch) => sum + stretch.metres, 0);
  }

  /** Below ten, a decimal; below one, two: a metre is more than a click can mean. */
  function figure(value, language) {
    const digits = value < 1 ? 2 : value < 10 ? 1 : 0;
    return value.toLocaleString(language || 'en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
  }

  /** A length as {km, nmi}, two numbers written the way of a language. */
  function figures(metres, language) {
    return {km: figure(metres / M_PER_KM, language), nmi: figure(metres / M_PER_NMI, language)};
  }

  Waybill.stretches = {between, total, figures};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.stretches;
})(typeof globalThis === 'object' ? globalThis : this);
