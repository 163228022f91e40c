/* Which of many lines lie under a point: boxes of lines, then of their blocks, then the steps themselves. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  /** Squared distance from a point to the step that ends at a vertex. */
  function apart(x, y, i, px, py) {
    const dx = x[i] - x[i - 1];
    const dy = y[i] - y[i - 1];
    const length2 = dx * dx + dy * dy;
    let t = length2 ? ((px - x[i - 1]) * dx + (py - y[i - 1]) * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const ex = x[i - 1] + t * dx - px;
    const ey = y[i - 1] + t * dy - py;
    return ex * ex + ey * ey;
  }

  function within(boxes, at, px, py, reach) {
    return px >= boxes[at] - reach && px <= boxes[at + 2] + reach && py >= boxes[at + 1] - reach && py <= boxes[at + 3] + reach;
  }

  /** [{row, d}] of the lines with `visible[row]` within `reach` of a point, nearest first; all in pixels at zoom 0. */
  function find(shapes, visible, px, py, reach) {
    const {x, y, first, last, boxes, lines, frames} = shapes;
    const found = [];
    for (let row = 0; row < visible.length; row++) {
      if (!visible[row] || !within(frames, 4 * row, px, py, reach)) continue;
      let best = reach * reach;
      let hit = false;
      for (let block = lines[row]; block < lines[row + 1]; block++) {
        if (!within(boxes, 4 * block, px, py, reach)) continue;
        for (let i = first[block] + 1; i <= last[block]; i++) {
          const d = apart(x, y, i, px, py);
          if (d < best) {
            best = d;
            hit = true;
          }
        }
      }
      if (hit) found.push({row, d: Math.sqrt(best)});
    }
    return found.sort((a, b) => a.d - b.d);
  }

  Waybill.nearest = {find};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.nearest;
})(typeof globalThis === 'object' ? globalThis : this);
