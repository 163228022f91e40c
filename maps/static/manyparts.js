/* The routes of a large case as badges and places ask for them: what of each is in view is worked out only when asked. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {meets} = Waybill.strokes;

  /** Runs of vertices of one strand that lie in a frame's box, in layer pixels. */
  function parts(shapes, kept, at, frame) {
    const {x, y, lines, boxes, last} = shapes;
    const [west, north, east, south] = frame.box;
    const found = [];
    let run = [];
    const cut = () => {
      if (run.length > 1) found.push(run);
      run = [];
    };
    for (let block = lines[at]; block < lines[at + 1]; block++) {
      if (!meets(boxes, 4 * block, frame.box)) {
        cut();
        continue;
      }
      for (let k = kept.from[block]; k < kept.from[block + 1]; k++) {
        const i = kept.numbers[k];
        if (x[i] < west || x[i] > east || y[i] < north || y[i] > south) cut();
        else run.push({x: x[i] * frame.scale + frame.dx, y: y[i] * frame.scale + frame.dy});
      }
      if (block + 1 === lines[at + 1] || last[block] !== shapes.first[block + 1]) cut();
    }
    cut();
    return found;
  }

  /** Entries as lines.js has them: {route, infra, layers: [{parts()}]}. */
  function entries(map, strands, visible, shapes, kept, frames) {
    const inView = frames(Waybill.canvas.seen(map));
    const byRoute = new Map();
    strands.forEach((strand, at) => {
      if (!strand || !visible[at]) return;
      if (!byRoute.has(strand.route)) byRoute.set(strand.route, []);
      byRoute.get(strand.route).push({parts: () => inView.flatMap((frame) => parts(shapes, kept, at, frame))});
    });
    return [...byRoute].map(([route, layers]) => ({route, infra: route.kind === 'infrastructure', layers}));
  }

  Waybill.manyparts = {entries};
})(typeof globalThis === 'object' ? globalThis : this);
