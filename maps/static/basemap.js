/* Land, lakes, coasts and borders painted from the page's own data, finer as the map is zoomed in. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {WORLD_PX, project, frames} = Waybill.mercator;
  const DASH_PX = [4, 3];

  function points(text, digits) {
    const latlngs = Waybill.polyline.decode(text, digits);
    const flat = new Float64Array(latlngs.length * 2);
    latlngs.forEach(([lat, lon], i) => {
      flat.set(project(lat, lon), 2 * i);
    });
    return flat;
  }

  /** A cell's edges, in pixels at zoom 0. */
  function edges(cell) {
    if (!cell.edges) {
      const [west, north] = project(cell.box[3], cell.box[0]);
      const [east, south] = project(cell.box[1], cell.box[2]);
      cell.edges = {west, north, east, south};
    }
    return cell.edges;
  }

  /** A cell as drawn: decoded when it is first seen. */
  function unpacked(cell, digits) {
    if (!cell.ready) {
      const read = (list) => (list || []).map((text) => points(text, digits));
      const lines = {land: read(cell.land), lakes: read(cell.lakes), borders: read(cell.borders), disputed: read(cell.disputed)};
      cell.ready = Object.assign(lines, edges(cell));
    }
    return cell.ready;
  }

  function painter(data, theme) {
    const levels = (data.levels || []).slice().sort((a, b) => a.min_zoom - b.min_zoom);

    return function paint(ctx, bounds, map) {
      const zoom = map.getZoom();
      ctx.fillStyle = theme.colour('sea');
      ctx.fillRect(bounds.min.x, bounds.min.y, bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
      frames(map, bounds, 0, WORLD_PX).forEach((frame) =>
        levels
          .filter((level, i) => i === 0 || level.min_zoom <= zoom)
          .forEach((level) => paintLevel(ctx, seen(level, frame, bounds), frame, zoom))
      );
    };

    function seen(level, frame, bounds) {
      return (level.cells || [])
        .filter((raw) => {
          const at = edges(raw);
          return (
            at.west * frame.scale + frame.dx < bounds.max.x &&
            at.east * frame.scale + frame.dx > bounds.min.x &&
            at.north * frame.scale + frame.dy < bounds.max.y &&
            at.south * frame.scale + frame.dy > bounds.min.y
          );
        })
        .map((raw) => ({raw, ready: unpacked(raw, level.precision)}));
    }

    /** Each kind of area is one path over all cells: cells meet exactly, and path by path a seam would show. */
    function paintLevel(ctx, cells, frame, zoom) {
      ctx.fillStyle = theme.colour('sea');
      ctx.beginPath();
      cells.forEach(({ready}) =>
        ctx.rect(
          ready.west * frame.scale + frame.dx,
          ready.north * frame.scale + frame.dy,
          (ready.east - ready.west) * frame.scale,
          (ready.south - ready.north) * frame.scale
        )
      );
      ctx.fill();
      fill(ctx, cells, 'land', frame, theme.colour('land'));
      fill(ctx, cells, 'lakes', frame, theme.colour('lake'));
      ctx.lineJoin = 'round';
      ctx.lineWidth = zoom < 4 ? 0.6 : 0.9;
      ctx.strokeStyle = theme.colour('coast');
      ctx.beginPath();
      cells.forEach(({raw, ready}) => {
        runs(ctx, ready, ready.land, raw.coast, frame);
        runs(ctx, ready, ready.lakes, raw.shores, frame);
      });
      ctx.stroke();
      ctx.lineWidth = zoom < 4 ? 0.7 : 1.1;
      ctx.strokeStyle = theme.colour('border');
      stroke(ctx, cells, 'borders', frame);
      ctx.setLineDash(DASH_PX);
      stroke(ctx, cells, 'disputed', frame);
      ctx.setLineDash([]);
    }

    function trace(ctx, cell, flat, frame, from, to) {
      const count = flat.length / 2;
      let px = NaN;
      let py = NaN;
      for (let i = from; i <= to; i++) {
        const at = 2 * (i % count);
        const x = flat[at] * frame.scale + frame.dx;
        const y = flat[at + 1] * frame.scale + frame.dy;
        // Steps below half a pixel change nothing that can be seen, except on the edge that cells share.
        if (
          i > from &&
          i < to &&
          Math.abs(x - px) < 0.5 &&
          Math.abs(y - py) < 0.5 &&
          !onEdge(cell, flat[at], flat[at + 1])
        )
          continue;
        if (i === from) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
        px = x;
        py = y;
      }
    }
    function onEdge(cell, x, y) {
      return x === cell.west || x === cell.east || y === cell.north || y === cell.south;
    }
    function fill(ctx, cells, kind, frame, colour) {
      ctx.beginPath();
      cells.forEach(({ready}) =>
        ready[kind].forEach((ring) => {
          trace(ctx, ready, ring, frame, 0, ring.length / 2 - 1);
          ctx.closePath();
        })
      );
      ctx.fillStyle = colour;
      ctx.fill('nonzero');
      // The rasteriser leaves a hundredth of a seam where cells meet; a second coat closes it.
      if (cells.length > 1) ctx.fill('nonzero');
    }
    /** Edges of rings that are shore and not a cut: triples of ring, first and last vertex. */
    function runs(ctx, cell, rings, list, frame) {
      for (let i = 0; list && i + 2 < list.length; i += 3)
        if (rings[list[i]]) trace(ctx, cell, rings[list[i]], frame, list[i + 1], list[i + 2]);
    }
    function stroke(ctx, cells, kind, frame) {
      ctx.beginPath();
      cells.forEach(({ready}) => ready[kind].forEach((line) => trace(ctx, ready, line, frame, 0, line.length / 2 - 1)));
      ctx.stroke();
    }
  }

  /** The base map as a layer below the tiles, so that online tiles cover it and it stays where they fail. */
  function create(map, data, theme) {
    const layer = Waybill.canvas.add(map, 'wb-base', 150, painter(data, theme));
    theme.onChange(() => layer.repaint());
    return layer;
  }

  Waybill.basemap = {create};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.basemap;
})(typeof globalThis === 'object' ? globalThis : this);
