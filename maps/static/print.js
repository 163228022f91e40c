/* On paper: one sheet across with what the screen showed, and beside it what a reader of paper must know. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {t} = Waybill.words;
  const PRINTER = 'M4 6V1.5h8V6M4 12H1.5V6h13v6H12M4 9.5h8v5H4z';
  // A4 across, less the margins of print.css, and how much of it the column beside the map takes.
  const SHEET = {width: '277mm', height: '188mm'};
  const COLUMN_PX = 250;

  /**
   * Print what is seen. `on.redraw()` draws the map anew for the new size; `on.sheet()` says what stands beside it (see
   * printsheet.js); `on.covered()` tells how many pixels of the screen's left side the panel hides.
   */
  function create(map, on) {
    const box = map.getContainer();
    let before = null;

    /** What can be seen beside the panel. */
    function visible() {
      const size = map.getSize();
      const left = on.covered ? on.covered() : 0;
      return root.L.latLngBounds(map.containerPointToLatLng([left, size.y]), map.containerPointToLatLng([size.x, 0]));
    }
    function resize() {
      map.invalidateSize({animate: false, pan: false});
    }
    function begin() {
      if (before) return;
      before = {
        bounds: visible(),
        centre: map.getCenter(),
        zoom: map.getZoom(),
        width: box.style.width,
        height: box.style.height,
        sheet: Waybill.printsheet.node(on.sheet())
      };
      Object.assign(box.style, SHEET);
      box.classList.add('is-printing');
      box.insertBefore(before.sheet, box.firstChild);
      resize();
      Waybill.printsheet.fit(before.sheet);
      map.fitBounds(before.bounds, {animate: false, paddingTopLeft: [COLUMN_PX, 0]});
      on.redraw();
    }
    function end() {
      if (!before) return;
      const was = before;
      before = null;
      was.sheet.remove();
      box.style.width = was.width;
      box.style.height = was.height;
      box.classList.remove('is-printing');
      resize();
      map.setView(was.centre, was.zoom, {animate: false});
      on.redraw();
    }
    root.addEventListener('beforeprint', begin);
    root.addEventListener('afterprint', end);
    return {
      destroy: () => {
        end();
        root.removeEventListener('beforeprint', begin);
        root.removeEventListener('afterprint', end);
      }
    };
  }

  /** The button for the toolbar. */
  function button() {
    const made = Waybill.toolbar.tool(t('print'), () => root.print(), PRINTER);
    return {button: made, update: () => Waybill.toolbar.rename(made, t('print')), destroy: () => made.remove()};
  }

  Waybill.print = {create, button};
})(typeof globalThis === 'object' ? globalThis : this);
