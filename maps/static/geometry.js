/* Geometry of projected points ({x, y} in pixels): thinning, parallel lines, points along a line. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const MITRE_LIMIT = 2; // times the offset; sharper corners are cut off

  function distance(a, b) {
    return Math.hypot(b.x - a.x, b.y - a.y);
  }

  function awayFromLine(p, a, b) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length2 = dx * dx + dy * dy;
    const t = length2 ? Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2)) : 0;
    return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
  }

  /** Fewer points that stay within `tolerance` pixels of the line (Douglas and Peucker, without recursion). */
  function simplify(points, tolerance) {
    const last = points.length - 1;
    if (last < 2) return points.slice();
    const keep = new Uint8Array(points.length);
    keep[0] = keep[last] = 1;
    const stack = [[0, last]];
    while (stack.length) {
      const [from, to] = stack.pop();
      let worst = tolerance;
      let at = -1;
      for (let i = from + 1; i < to; i++) {
        const d = awayFromLine(points[i], points[from], points[to]);
        if (d > worst) {
          worst = d;
          at = i;
        }
      }
      if (at > 0) {
        keep[at] = 1;
        stack.push([from, at], [at, to]);
      }
    }
    return points.filter((_, i) => keep[i]);
  }

  function normals(points) {
    const list = [];
    for (let i = 1; i < points.length; i++) {
      const d = distance(points[i - 1], points[i]);
      list.push({x: -(points[i].y - points[i - 1].y) / d, y: (points[i].x - points[i - 1].x) / d});
    }
    return list;
  }

  /** The line moved sideways by `by` pixels (to the right of its direction on a screen), corners mitred. */
  function offset(points, by) {
    const line = points.filter((p, i) => !i || distance(points[i - 1], p) > 1e-9);
    if (!by || line.length < 2) return points.map((p) => ({x: p.x, y: p.y}));
    const side = normals(line);
    return line.map((p, i) => {
      const a = side[Math.max(0, i - 1)];
      const b = side[Math.min(side.length - 1, i)];
      const sum = {x: a.x + b.x, y: a.y + b.y};
      const size = Math.hypot(sum.x, sum.y);
      if (size < 1e-6) return {x: p.x + a.x * by, y: p.y + a.y * by};
      // Along the bisector the offset grows by 1 / cos(half the turn).
      const grow = Math.min(2 / size, MITRE_LIMIT);
      return {x: p.x + (sum.x / size) * by * grow, y: p.y + (sum.y / size) * by * grow};
    });
  }

  /** Sideways offset of one lane among several, in pixels. Legs that run the other way bring their lane already mirrored. */
  function laneOffset(lane, lanes, spacing) {
    return lanes > 1 ? (lane - (lanes - 1) / 2) * spacing : 0;
  }

  function length(points) {
    let sum = 0;
    for (let i = 1; i < points.length; i++) sum += distance(points[i - 1], points[i]);
    return sum;
  }

  /** Point and direction (radians) at `along` pixels from the start. */
  function pointAt(points, along) {
    let rest = along;
    for (let i = 1; i < points.length; i++) {
      const a = points[i - 1];
      const b = points[i];
      const d = distance(a, b);
      if (d && (rest <= d || i === points.length - 1)) {
        const t = Math.max(0, Math.min(1, rest / d));
        return {x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, angle: Math.atan2(b.y - a.y, b.x - a.x)};
      }
      rest -= d;
    }
    return points.length ? {x: points[0].x, y: points[0].y, angle: 0} : null;
  }

  Waybill.geometry = {simplify, offset, laneOffset, length, pointAt};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.geometry;
})(typeof globalThis === 'object' ? globalThis : this);
