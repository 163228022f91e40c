/* Paints many lines of one look on a canvas: only what is in view, and only the vertices that the zoom can show. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const FLUSH = {thin: 4096, wide: 256}; // vertices in one path: wide strokes of long paths are slow to fill
  const DOT_PX = 0.01;

  function meets(boxes, at, box) {
    return boxes[at] <= box[2] && boxes[at + 2] >= box[0] && boxes[at + 1] <= box[3] && boxes[at + 3] >= box[1];
  }

  /** Add the lines `rows` to paths of a context, and have each path `stroke`d when it is long enough. Returns the vertices. */
  function trace(ctx, shapes, kept, rows, frame, most, stroke) {
    const {x, y, first, last, boxes, lines, frames} = shapes;
    const {numbers, from} = kept;
    const {scale, dx, dy, box} = frame;
    let count = 0;
    let all = 0;
    ctx.beginPath();
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r];
      if (!meets(frames, 4 * row, box)) continue;
      let ended = -1; // vertex at which the path stands
      const end = lines[row + 1];
      for (let block = lines[row]; block < end; block++) {
        if (end - lines[row] > 1 && !meets(boxes, 4 * block, box)) continue;
        let k = from[block];
        const stop = from[block + 1];
        if (ended !== first[block]) ctx.moveTo(x[numbers[k]] * scale + dx, y[numbers[k]] * scale + dy);
        if (stop - k < 2) ctx.lineTo(x[numbers[k]] * scale + dx + DOT_PX, y[numbers[k]] * scale + dy);
        for (k += 1; k < stop; k++) {
          const i = numbers[k];
          ctx.lineTo(x[i] * scale + dx, y[i] * scale + dy);
        }
        ended = last[block];
        count += stop - from[block];
      }
      if (count >= most) {
        stroke();
        ctx.beginPath();
        all += count;
        count = 0;
      }
    }
    if (count) stroke();
    return all + count;
  }

  /**
   * Paint rows of one look, and return how many steps that took. `how` is {colour(name), factor: of the width, under: whether the
   * casing is painted or the line; crowded: whether lines are one pixel wide, then also ratio: pixels of the screen to one, and
   * dash: what becomes of the length of a dash, 0 for none}.
   */
  function paint(ctx, shapes, kept, rows, frame, look, how) {
    const thin = how.crowded;
    // one pixel of the screen: a browser paints such lines ten times faster than wider ones
    const width = thin ? 1 / how.ratio : look.width * how.factor;
    const most = thin ? FLUSH.thin : FLUSH.wide;
    ctx.lineJoin = thin ? 'bevel' : 'round';
    ctx.globalAlpha = look.opacity;
    if (how.under) {
      if (thin || !look.casing) return 0;
      ctx.setLineDash([]);
      ctx.lineCap = 'round';
      ctx.lineWidth = width + 2 * look.casing;
      ctx.strokeStyle = how.colour('casing');
      ctx.globalAlpha = 0.9;
      return trace(ctx, shapes, kept, rows, frame, most, () => ctx.stroke());
    }
    ctx.lineCap = thin ? 'butt' : look.cap;
    const dash = thin ? how.dash : 1;
    ctx.setLineDash(dash ? (look.dash || []).map((n) => (n || 0.01) * dash) : []);
    ctx.lineWidth = width;
    ctx.strokeStyle = how.colour(look.colour);
    const steps = trace(ctx, shapes, kept, rows, frame, most, () => {
      ctx.stroke();
      if (look.hollow && !thin) {
        ctx.lineWidth = look.hollow * how.factor;
        ctx.strokeStyle = how.colour('casing');
        ctx.stroke();
        ctx.lineWidth = width;
        ctx.strokeStyle = how.colour(look.colour);
      }
    });
    ctx.globalAlpha = 1;
    return steps;
  }

  /** How many vertices of some rows are in view: what painting them would cost. */
  function load(shapes, kept, rows, frame) {
    let sum = 0;
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r];
      if (meets(shapes.frames, 4 * row, frame.box)) sum += kept.from[shapes.lines[row + 1]] - kept.from[shapes.lines[row]];
    }
    return sum;
  }

  Waybill.strokes = {meets, paint, load};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.strokes;
})(typeof globalThis === 'object' ? globalThis : this);
