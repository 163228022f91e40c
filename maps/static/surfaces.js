/*
 * Canvases that lie on each other in one pane and are painted one by one, so that no picture waits for all of them: until
 * its turn a canvas moves and scales with the map as it is.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const L = root.L;
  const SLICE_MS = 24; // what one picture may spend on painting before the next canvas waits for the next
  const PADDING = 0.2; // painted beyond each edge, as a share of the map

  /** The pane, and `add(paint)` for a canvas over those there; `paint(ctx, bounds)` draws in layer pixels. */
  function create(map, name, zIndex, on) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = 'none';
    let waiting = [];
    let frame = 0;

    const Surface = Waybill.canvas.Layer.extend({
      _update: function () {
        if (this._map._animatingZoom && this._bounds) return;
        if (!this._bounds) Waybill.canvas.Layer.prototype._update.call(this);
        else ask(this);
      },
      paintNow: function () {
        if (!this._map) return;
        Waybill.canvas.Layer.prototype._update.call(this);
        this._updateTransform(this._map.getCenter(), this._map.getZoom());
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
      const begun = performance.now();
      while (waiting.length && performance.now() - begun < SLICE_MS) waiting.shift().paintNow();
      if (waiting.length) frame = root.requestAnimationFrame(some);
      else on.painted();
    }

    return {
      pane,
      add: (paint, className) => {
        const surface = new Surface(paint, {pane: name, padding: PADDING}).addTo(map);
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
