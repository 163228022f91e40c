/* Web Mercator in pixels at zoom 0, and where these lie on the layers of a map. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const WORLD_PX = 256; // width of the world at zoom 0
  const MAX_LAT = 85.0511287798; // where the world is as high as it is wide
  const RAD = Math.PI / 180;

  /** Pixels from the west edge. */
  function x(lon) {
    return WORLD_PX * (lon / 360 + 0.5);
  }
  /** Pixels from the north edge, of the sine of a latitude within the limits. */
  function y(sin) {
    return WORLD_PX * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI));
  }
  function sinOf(lat) {
    return Math.sin(Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * RAD);
  }
  function project(lat, lon) {
    return [x(lon), y(sinOf(lat))];
  }
  /** [lat, lon] of a point in pixels. */
  function unproject(px, py) {
    return [Math.atan(Math.sinh(Math.PI * (1 - (2 * py) / WORLD_PX))) / RAD, (px / WORLD_PX - 0.5) * 360];
  }

  /** Where a copy of the world lies on the map's layers: {scale, dx, dy, box: bounds of the layers in its pixels}. */
  function frameOf(map, bounds, copy) {
    const scale = Math.pow(2, map.getZoom());
    const origin = map.getPixelOrigin();
    const dx = copy * WORLD_PX * scale - origin.x;
    return {
      scale,
      dx,
      dy: -origin.y,
      box: [(bounds.min.x - dx) / scale, (bounds.min.y + origin.y) / scale, (bounds.max.x - dx) / scale, (bounds.max.y + origin.y) / scale]
    };
  }
  /** Numbers of the copies of the world in which something between two x meets the bounds. */
  function copies(map, bounds, west, east) {
    const {box} = frameOf(map, bounds, 0);
    const first = Math.ceil((box[0] - east) / WORLD_PX) + 0; // no negative zero
    const last = Math.floor((box[2] - west) / WORLD_PX);
    return Array.from({length: Math.max(0, last - first + 1)}, (_, i) => first + i);
  }
  /** The frames of those copies. */
  function frames(map, bounds, west, east) {
    return copies(map, bounds, west, east).map((copy) => frameOf(map, bounds, copy));
  }

  Waybill.mercator = {WORLD_PX, MAX_LAT, x, y, sinOf, project, unproject, copies, frames};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.mercator;
})(typeof globalThis === 'object' ? globalThis : this);
