/* Encoded polylines: latitude first, differences, five bits a character; longitude is continuous and free to pass 180. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const DIGITS = 5;

  /** [[lat, lon], ...] of an encoded polyline of so many decimal digits; an empty or broken tail is left out. */
  function decode(text, digits) {
    const scale = Math.pow(10, digits === undefined ? DIGITS : digits);
    const points = [];
    if (typeof text !== 'string') return points;
    let index = 0;
    let lat = 0;
    let lon = 0;
    // Sums stay exact beyond 32 bits: multiplication instead of shifts.
    function next() {
      let value = 0;
      let factor = 1;
      let chunk;
      do {
        if (index >= text.length) return null;
        chunk = text.charCodeAt(index++) - 63;
        if (chunk < 0 || chunk > 63) return null;
        value += (chunk % 32) * factor;
        factor *= 32;
      } while (chunk >= 32);
      return value % 2 ? -(value + 1) / 2 : value / 2;
    }
    while (index < text.length) {
      const dLat = next();
      const dLon = dLat === null ? null : next();
      if (dLon === null) break;
      lat += dLat;
      lon += dLon;
      points.push([lat / scale, lon / scale]);
    }
    return points;
  }

  Waybill.polyline = {decode};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.polyline;
})(typeof globalThis === 'object' ? globalThis : this);
