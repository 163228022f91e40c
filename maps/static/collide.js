/* Who stands where on the screen: boxes already taken, and points of lines that labels should rather not cover. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const CELL_PX = 64;
  const LINE_STEP_PX = 8;

  function create() {
    const boxes = new Map();
    const points = new Map();

    function cells(box, visit) {
      for (let x = Math.floor(box.x / CELL_PX); x <= Math.floor((box.x + box.w) / CELL_PX); x++) {
        for (let y = Math.floor(box.y / CELL_PX); y <= Math.floor((box.y + box.h) / CELL_PX); y++) visit(x + ':' + y);
      }
    }
    function put(map, key, value) {
      if (!map.has(key)) map.set(key, []);
      map.get(key).push(value);
    }
    function overlap(a, b) {
      return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    }
    function taken(box) {
      let hit = null;
      cells(box, (key) => {
        if (!hit) hit = (boxes.get(key) || []).find((other) => overlap(box, other)) || null;
      });
      return hit;
    }
    function take(box) {
      cells(box, (key) => put(boxes, key, box));
      return box;
    }
    function addLine(line) {
      for (let i = 1; i < line.length; i++) {
        const a = line[i - 1];
        const b = line[i];
        const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / LINE_STEP_PX));
        for (let k = 0; k < steps; k++) {
          const p = {x: a.x + ((b.x - a.x) * k) / steps, y: a.y + ((b.y - a.y) * k) / steps};
          put(points, Math.floor(p.x / CELL_PX) + ':' + Math.floor(p.y / CELL_PX), p);
        }
      }
    }
    /** How many line points lie inside a box. */
    function crossings(box) {
      let count = 0;
      cells(box, (key) =>
        (points.get(key) || []).forEach((p) => {
          if (p.x > box.x && p.x < box.x + box.w && p.y > box.y && p.y < box.y + box.h) count++;
        })
      );
      return count;
    }
    /** The free box that covers the fewest line points, or null. Earlier boxes win ties. */
    function best(candidates) {
      let found = null;
      let least = Infinity;
      candidates.forEach((box) => {
        if (taken(box)) return;
        const count = crossings(box);
        if (count < least) {
          least = count;
          found = box;
        }
      });
      return found && {box: found, crossings: least};
    }
    return {taken, take, addLine, crossings, best};
  }

  /** Boxes around a point for a label of a size, best place first. */
  function around(p, w, h, gap) {
    return [
      {x: p.x + gap, y: p.y - h / 2},
      {x: p.x - gap - w, y: p.y - h / 2},
      {x: p.x + gap * 0.75, y: p.y - gap * 0.75 - h},
      {x: p.x + gap * 0.75, y: p.y + gap * 0.75},
      {x: p.x - gap * 0.75 - w, y: p.y - gap * 0.75 - h},
      {x: p.x - gap * 0.75 - w, y: p.y + gap * 0.75},
      {x: p.x - w / 2, y: p.y - gap - h},
      {x: p.x - w / 2, y: p.y + gap}
    ].map((corner) => ({x: corner.x, y: corner.y, w, h}));
  }

  /** The best box beside a point, as near as there is room: a dot or a gathering of them on the point pushes its name out. */
  function beside(room, p, w, h, gaps) {
    return gaps.reduce((found, gap) => found || room.best(around(p, w, h, gap)), null);
  }

  Waybill.collide = {create, around, beside};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.collide;
})(typeof globalThis === 'object' ? globalThis : this);
