/* A run: consecutive legs of one route that look alike, drawn as one line with its halo, casing, ticks, arrows and hit area. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg} = Waybill.dom;
  const geometry = Waybill.geometry;
  const {paint, dashArray} = Waybill.linestyle;
  const HALO_STEPS = [
    [1, 0.04],
    [0.72, 0.05],
    [0.42, 0.06]
  ]; // width factor, opacity: a soft edge without a filter
  const ARROW_EVERY_PX = 240;
  const ARROWS_AT_MOST = 5;
  const ARROW_ROOM_PX = 46;
  const JOIN_DEG = 1e-4; // legs that meet within about 10 m are one line

  /** How far lanes stand apart: less on a small scale, and never a bundle wider than half its length. Notional lines keep apart. */
  function spacing(style, look, zoom, lanes, lengthPx) {
    if (look.halo) return look.width + 3;
    const byZoom = style.lane * Math.max(0.2, Math.min(1, (zoom - 3) / 6));
    return Math.min(byZoom, lengthPx / (2 * lanes));
  }

  function strokePath(className, colour, width, options) {
    const path = svg('path', {
      class: className,
      fill: 'none',
      stroke: paint(colour),
      'stroke-linejoin': 'round',
      'stroke-linecap': options.cap || 'round'
    });
    path.style.setProperty('--w', width + 'px');
    if (options.dash) path.setAttribute('stroke-dasharray', options.dash);
    if (options.opacity !== undefined && options.opacity !== 1) path.setAttribute('stroke-opacity', options.opacity);
    return path;
  }

  /** The paths of a look, back to front: under (halo, casing) and over (line, hollow, ticks). */
  function strokes(look) {
    const dash = dashArray(look.dash);
    const under = [];
    const over = [];
    if (look.halo)
      HALO_STEPS.forEach(([factor, opacity]) =>
        under.push(strokePath('wb-halo', look.colour, look.halo * factor, {opacity}))
      );
    if (look.casing) under.push(strokePath('wb-casing', 'casing', look.width + 2 * look.casing, {opacity: 0.9}));
    if (look.tick)
      over.push(
        strokePath('wb-tick', look.colour, look.tick.width, {
          dash: look.tick.dash.join(' '),
          cap: 'butt',
          opacity: look.opacity
        })
      );
    over.push(strokePath('wb-line', look.colour, look.width, {dash, cap: look.cap, opacity: look.opacity}));
    if (look.hollow) over.push(strokePath('wb-hollow', 'casing', look.hollow, {cap: look.cap}));
    return {under, over};
  }

  /** Lane of a leg among the routes on its track that are shown; a leg that runs the other way takes the mirrored one. */
  function laneOf(leg, id, shown) {
    const beside = (leg.beside || [id]).filter((other) => other === id || shown.has(other));
    const lane = beside.indexOf(id);
    return {lane: leg.mirrored ? beside.length - 1 - lane : lane, lanes: beside.length};
  }

  /** Split a route's legs into runs of one look; `shown` is a set of the ids of routes that are on the map. */
  function split(style, route, legs, shown) {
    const runs = [];
    legs.forEach((leg) => {
      const latlngs = Waybill.polyline.decode(leg.line);
      if (latlngs.length < 2) return;
      const look = Waybill.linestyle.resolve(style, {
        kind: route.kind,
        status: route.status,
        mode: leg.mode,
        basis: leg.basis,
        fallback: leg.fallback
      });
      const key = JSON.stringify(look);
      const stretch = Object.assign({latlngs, joins: false}, laneOf(leg, route.id, shown));
      const last = runs[runs.length - 1];
      if (!last || last.key !== key) {
        runs.push({key, look, route, stretches: [stretch]});
        return;
      }
      const before = last.stretches[last.stretches.length - 1];
      const end = before.latlngs[before.latlngs.length - 1];
      stretch.joins = Math.abs(end[0] - latlngs[0][0]) < JOIN_DEG && Math.abs(end[1] - latlngs[0][1]) < JOIN_DEG;
      const same = before.lane === stretch.lane && before.lanes === stretch.lanes;
      if (stretch.joins && same) before.latlngs = before.latlngs.concat(latlngs.slice(1));
      else last.stretches.push(stretch);
    });
    return runs;
  }

  const Layer =
    root.L &&
    root.L.Polyline.extend({
      initialize: function (run, style, options) {
        this.run = run;
        this.style = style;
        this.shown = false;
        this.paths = strokes(run.look);
        this.arrows = run.look.arrows
          ? svg('path', {
              class: 'wb-arrows',
              fill: paint(run.look.colour),
              stroke: paint('casing'),
              'stroke-width': 1.2,
              'stroke-linejoin': 'round',
              'paint-order': 'stroke',
              'fill-opacity': run.look.opacity
            })
          : null;
        root.L.Polyline.prototype.initialize.call(
          this,
          run.stretches.map((s) => s.latlngs),
          Object.assign(
            {
              weight: style.hit,
              opacity: 0,
              smoothFactor: 0,
              className: 'wb-hit',
              fill: false,
              bubblingMouseEvents: false
            },
            options
          )
        );
      },
      _project: function () {
        const L = root.L;
        this._rings = [];
        if (!this.shown) {
          this._pxBounds = null;
          return;
        }
        const look = this.run.look;
        const bounds = new L.Bounds();
        this.run.stretches.forEach((stretch) => {
          const thin = geometry.simplify(
            stretch.latlngs.map((latlng) => this._map.latLngToLayerPoint(latlng)),
            0.5
          );
          const gap = spacing(this.style, look, this._map.getZoom(), stretch.lanes, geometry.length(thin));
          const by = look.under ? 0 : geometry.laneOffset(stretch.lane, stretch.lanes, gap);
          const ring = geometry
            .offset(by ? geometry.simplify(thin, Math.abs(by) * 0.3) : thin, by)
            .map((p) => L.point(p.x, p.y));
          ring.forEach((p) => bounds.extend(p));
          if (stretch.joins && this._rings.length)
            Array.prototype.push.apply(this._rings[this._rings.length - 1], ring);
          else this._rings.push(ring);
        });
        if (bounds.isValid()) {
          this._rawPxBounds = bounds;
          this._updateBounds();
        }
      },
      _clipPoints: function () {
        if (!this._pxBounds) {
          this._parts = [];
          return;
        }
        root.L.Polyline.prototype._clipPoints.call(this);
      },
      _updatePath: function () {
        root.L.Polyline.prototype._updatePath.call(this);
        const d = this._path.getAttribute('d');
        this.paths.under.concat(this.paths.over).forEach((path) => path.setAttribute('d', d));
        if (this.arrows) this.arrows.setAttribute('d', this._arrowPath());
      },
      _arrowPath: function () {
        const size = this.run.look.halo ? 5.4 : 4.6;
        return (
          this._parts
            .map((part) => {
              const length = geometry.length(part);
              if (length < ARROW_ROOM_PX) return '';
              const count = Math.max(1, Math.min(ARROWS_AT_MOST, Math.round(length / ARROW_EVERY_PX)));
              return Array.from({length: count}, (_, i) => {
                const at = geometry.pointAt(part, (length * (i + 0.68)) / count);
                return arrow(at, size);
              }).join('');
            })
            .join('') || 'M0 0'
        );
      },
      /** Visible parts in layer pixels, for badges, labels and picking. */
      parts: function () {
        return this.shown ? this._parts || [] : [];
      }
    });

  function arrow(at, size) {
    const cos = Math.cos(at.angle);
    const sin = Math.sin(at.angle);
    const corner = (x, y) =>
      (at.x + (x * cos - y * sin) * size).toFixed(1) + ' ' + (at.y + (x * sin + y * cos) * size).toFixed(1);
    return 'M' + corner(1.3, 0) + 'L' + corner(-0.9, 0.95) + 'L' + corner(-0.45, 0) + 'L' + corner(-0.9, -0.95) + 'Z';
  }

  Waybill.runs = {split, laneOf, strokes, spacing, Layer};
})(typeof globalThis === 'object' ? globalThis : this);
