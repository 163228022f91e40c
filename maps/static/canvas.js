/* A canvas in a pane of its own that takes no pointer events and is repainted after every move. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const L = root.L;
  if (!L) return;

  const CanvasLayer = L.Renderer.extend({
    options: {padding: 0.2, interactive: false},
    initialize: function (paint, options) {
      this._paint = paint;
      L.Renderer.prototype.initialize.call(this, options);
    },
    _initContainer: function () {
      this._container = document.createElement('canvas');
      this._container.setAttribute('aria-hidden', 'true');
      this._ctx = this._container.getContext('2d');
    },
    /** Another canvas in place of this one, which nothing was ever painted on. */
    _renew: function () {
      const old = this._container;
      this._initContainer();
      this._container.className = old.className;
      old.replaceWith(this._container);
    },
    _destroyContainer: function () {
      this._container.remove();
      this._container = null;
    },
    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = root.devicePixelRatio || 1;
      // Chromium prints a canvas that was wiped and has not been on the screen since as an opaque white sheet
      if (this._map.getContainer().classList.contains('is-printing')) this._renew();
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      const [width, height] = [size.x, size.y].map((length) => Math.round(length * ratio));
      // a canvas that keeps its size keeps its memory, which takes longer to get than lines to paint
      if (canvas.width === width && canvas.height === height && this._ctx.reset) this._ctx.reset();
      else {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = size.x + 'px';
        canvas.style.height = size.y + 'px';
      }
      this._ctx.setTransform(ratio, 0, 0, ratio, -this._bounds.min.x * ratio, -this._bounds.min.y * ratio);
      this._paint(this._ctx, this._bounds, this._map);
    },
    repaint: function () {
      if (this._map) this._update();
    }
  });

  /** A canvas layer in a new pane at a height above the tiles' floor. */
  function add(map, pane, zIndex, paint) {
    map.createPane(pane);
    map.getPane(pane).style.zIndex = zIndex;
    map.getPane(pane).style.pointerEvents = 'none';
    return new CanvasLayer(paint, {pane}).addTo(map);
  }

  /** What of the layers is in view, in their pixels. */
  function seen(map) {
    return new L.Bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize()));
  }

  Waybill.canvas = {add, seen, Layer: CanvasLayer};
})(typeof globalThis === 'object' ? globalThis : this);
