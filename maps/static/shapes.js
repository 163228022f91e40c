/*
 * Lines ready to be drawn: projected, with a level of detail for each vertex, boxes to cull by, and lengths. Made in
 * slices, so that the page answers meanwhile. Pure: no document.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const mercator = Waybill.mercator || require('./mercator.js');
  const SEEN_PX = 0.5; // a vertex that moves a line by less is left out
  const LEVELS = 24;
  const BLOCK = 256; // vertices that are culled and picked together; bounds the cost of a line that winds without end
  const SLICE = 8192; // vertices between two looks at the clock
  const A_KM = 6378.137; // WGS 84, as in geodesic.js
  const E2 = 0.00669437999014;
  const LONG_RAD = 0.035; // steps of more than 2 degrees are measured by geodesic.js
  const RAD = Math.PI / 180;

  /**
   * Length in km of a step of up to 2 degrees from sines of its latitudes: Delambre's analogies give the half chord on a
   * sphere of the ellipsoid's own radii at the middle latitude (Gauss's way); relative error below 1e-6 there.
   */
  function stepKm(dLon, dLat, sin1, sin2) {
    const lat = dLat / 2;
    const lon = dLon / 2;
    const sin = (sin1 + sin2) / 2 / (1 - (lat * lat) / 2);
    const sin2m = Math.min(1, sin * sin);
    const w = 1 - E2 * sin2m;
    const n = A_KM / Math.sqrt(w);
    const m = (n * (1 - E2)) / w;
    const east = n * Math.sqrt(1 - sin2m) * (lon - (lon * lon * lon) / 6);
    const north = m * (lat - (lat * lat * lat) / 6) * (1 - (lon * lon) / 2);
    const half2 = east * east + north * north;
    return 2 * Math.sqrt(half2) * (1 + half2 / (6 * m * n));
  }

  /** Give the vertices between two kept ones the level from which they are drawn (Douglas and Peucker, without recursion). */
  function rank(x, y, level, from, to, stack) {
    let top = 0;
    stack[top++] = from;
    stack[top++] = to;
    stack[top++] = 0; // a vertex is never drawn before the one that it refines
    while (top) {
      const least = stack[--top];
      const b = stack[--top];
      const a = stack[--top];
      if (b - a < 2) continue;
      const [ax, ay] = [x[a], y[a]];
      const dx = x[b] - ax;
      const dy = y[b] - ay;
      const length2 = dx * dx + dy * dy;
      let worst = -1;
      let at = a + 1;
      for (let i = a + 1; i < b; i++) {
        const px = x[i] - ax;
        const py = y[i] - ay;
        let t = length2 ? (px * dx + py * dy) / length2 : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        const ex = px - t * dx;
        const ey = py - t * dy;
        const d = ex * ex + ey * ey;
        if (d > worst) {
          worst = d;
          at = i;
        }
      }
      const own = worst > 0 ? Math.ceil(Math.log2(SEEN_PX / Math.sqrt(worst))) : LEVELS;
      const from2 = Math.max(least, Math.min(LEVELS, own));
      level[at] = from2;
      stack[top++] = a;
      stack[top++] = at;
      stack[top++] = from2;
      stack[top++] = at;
      stack[top++] = b;
      stack[top++] = from2;
    }
  }

  /**
   * `points` as unpack.js reads them; `parts` is the number of parts of each line, or null where each has one. A generator:
   * it gives way after every slice and returns
   * {x, y, level: by vertex; first: of each block and the end; boxes: by block; lines: first block of each line and the end;
   * frames: box of each line; km: by line}; all in pixels at zoom 0.
   */
  function* make(points, parts) {
    const {sizes, lon, lat, scale} = points;
    const vertices = lon.length;
    const count = parts ? parts.length : sizes.length;
    const blocksOf = (size) => Math.max(1, Math.ceil((size - 1) / BLOCK));
    const blocks = sizes.reduce((sum, size) => sum + blocksOf(size), 0);
    const made = {
      x: new Float32Array(vertices),
      y: new Float32Array(vertices),
      level: new Uint8Array(vertices),
      first: new Int32Array(blocks),
      last: new Int32Array(blocks),
      boxes: new Float32Array(4 * blocks),
      lines: new Int32Array(count + 1),
      frames: new Float32Array(4 * count),
      km: new Float64Array(count)
    };
    const {x, y, level} = made;
    const stack = new Int32Array(6 * BLOCK + 12);
    let at = 0;
    let block = 0;
    let part = 0;
    let done = 0;
    for (let line = 0; line < count; line++) {
      made.lines[line] = block;
      let km = 0;
      for (let left = parts ? parts[line] : 1; left > 0; left--) {
        const end = at + sizes[part++];
        let sinBefore = 0;
        for (let i = at; i < end; i++) {
          const degrees = lat[i] / scale;
          const sin = Math.sin(degrees * RAD);
          x[i] = mercator.x(lon[i] / scale);
          y[i] = mercator.y(degrees > mercator.MAX_LAT || degrees < -mercator.MAX_LAT ? mercator.sinOf(degrees) : sin);
          if (i > at) {
            const dLon = ((lon[i] - lon[i - 1]) / scale) * RAD;
            const dLat = ((lat[i] - lat[i - 1]) / scale) * RAD;
            km += Math.abs(dLon) > LONG_RAD || Math.abs(dLat) > LONG_RAD ? far(points, i) : stepKm(dLon, dLat, sinBefore, sin);
          }
          sinBefore = sin;
        }
        for (let from = at; from < end - 1 || from === at; from += BLOCK) {
          const to = Math.min(from + BLOCK, end - 1);
          rank(x, y, level, from, to, stack);
          made.first[block] = from;
          made.last[block] = to;
          box(x, y, from, to, made.boxes, 4 * block++);
          done += BLOCK;
          if (done >= SLICE) {
            done = 0;
            yield;
          }
        }
        done += end - at;
        at = end;
      }
      made.km[line] = km;
      around(made.boxes, made.lines[line], block, made.frames, 4 * line);
      if (done >= SLICE) {
        done = 0;
        yield;
      }
    }
    made.lines[count] = block;
    return made;
  }

  function far({lon, lat, scale}, i) {
    const point = (at) => ({lon: lon[at] / scale, lat: lat[at] / scale});
    return Waybill.geodesic.inverse(point(i - 1), point(i)).metres / 1000;
  }

  function box(x, y, from, to, boxes, at) {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = from; i <= to; i++) {
      if (x[i] < west) west = x[i];
      if (x[i] > east) east = x[i];
      if (y[i] < north) north = y[i];
      if (y[i] > south) south = y[i];
    }
    boxes[at] = west;
    boxes[at + 1] = north;
    boxes[at + 2] = east;
    boxes[at + 3] = south;
  }
  function around(boxes, from, to, frames, at) {
    frames.set([Infinity, Infinity, -Infinity, -Infinity], at);
    for (let block = from; block < to; block++) {
      frames[at] = Math.min(frames[at], boxes[4 * block]);
      frames[at + 1] = Math.min(frames[at + 1], boxes[4 * block + 1]);
      frames[at + 2] = Math.max(frames[at + 2], boxes[4 * block + 2]);
      frames[at + 3] = Math.max(frames[at + 3], boxes[4 * block + 3]);
    }
  }

  /** Vertices that are drawn at a zoom: their numbers, and for each block where its own begin; ends of blocks always are. */
  function kept(shapes, zoom) {
    const {level, first, last} = shapes;
    const most = Math.max(0, Math.min(LEVELS - 1, zoom));
    const numbers = new Uint32Array(shapes.x.length + first.length);
    const from = new Int32Array(first.length + 1);
    let count = 0;
    for (let block = 0; block < first.length; block++) {
      from[block] = count;
      const end = last[block];
      numbers[count++] = first[block];
      for (let i = first[block] + 1; i < end; i++) if (level[i] <= most) numbers[count++] = i;
      if (end > first[block]) numbers[count++] = end;
    }
    from[first.length] = count;
    return {numbers: numbers.slice(0, count), from};
  }

  Waybill.shapes = {make, kept, rank, stepKm};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.shapes;
})(typeof globalThis === 'object' ? globalThis : this);
