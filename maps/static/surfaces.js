/*
 * Canvases that lie on each other in one pane and are painted one by one, so that no picture waits for all of them: until
 * its turn a canvas moves and scales with the map as it is.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const L = root.L;
  const SLICE = 25000; // one-pixel steps that one picture may paint, about 20 ms; the next canvas waits for the next picture
  const PADDING = 0.1; // painted beyond each edge, as a share of the map

  /**
   * `on` is {ready(): whether there is anything to paint, empty(surface), painted(): all that waited is painted}.
   * The pane, and `add(paint)` for a canvas over those there; `paint(ctx, bounds)` draws in layer pixels and returns its cost.
   */
  function create(map, name, zIndex, on) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = 'none';
    const waiting = [];
    let frame = 0;

    const Surface = Waybill.canvas.Layer.extend({
      _update: function () {
        if (this._map._animatingZoom && this._bounds) return;
        // as long as there is nothing to paint, a canvas has no size and so takes no memory
        if (!this._bounds) L.Renderer.prototype._update.call(this);
        ask(this);
      },
      /** Paint; returns what it cost in steps. */
      paintNow: function () {
        if (!this._map || !on.ready()) return 0;
        const empty = on.empty(this);
        this._container.hidden = empty;
        if (empty) {
          L.Renderer.prototype._update.call(this);
          return 0;
        }
        Waybill.canvas.Layer.prototype._update.call(this);
        this._updateTransform(this._map.getCenter(), this._map.getZoom());
        return this.cost;
      }
    });

    function ask(surface) {
      if (!waiting.includes(surface)) waiting.push(surface);
      if (!frame) frame = root.requestAnimationFrame(some);
    }
    function some() {
      frame = 0;
      if (map._animatingZoom) {
        frame = root.requestAnimationFrame(some);
        return;
      }
      for (let spent = 0; waiting.length && spent < SLICE; ) spent += waiting.shift().paintNow();
      if (waiting.length) frame = root.requestAnimationFrame(some);
      else on.painted();
    }

    return {
      pane,
      add: (paint, className) => {
        const surface = new Surface(
          (ctx, bounds) => {
            surface.cost = paint(ctx, bounds);
          },
          {pane: name, padding: PADDING}
        ).addTo(map);
        if (className) surface._container.classList.add(className);
        return surface;
      },
      ask,
      /** Paint what waits at once, for a sheet of paper. */
      flush: () => {
        waiting.splice(0).forEach((surface) => surface.paintNow());
        on.painted();
      }
    };
  }

  Waybill.surfaces = {create};
})(typeof globalThis === 'object' ? globalThis : this);
