/* On paper: one sheet across with what the screen showed, and beside it what a reader of paper must know. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {t} = Waybill.words;
  const PRINTER = 'M4 6V1.5h8V6M4 12H1.5V6h13v6H12M4 9.5h8v5H4z';
  // A4 across, less the margins of print.css, and how much of it the column beside the map takes.
  const SHEET = {width: '277mm', height: '188mm'};
  const COLUMN_PX = 250;
  const printers = new WeakMap(); // by map, for the button, which is made anew with every language

  /**
   * Print what is seen. `on.redraw()` draws the map anew for the new size; `on.sheet()` says what stands beside it (see
   * printsheet.js); `on.covered()` tells how many pixels of the screen's left side the panel hides.
   *
   * The button lays the sheet out, lets the browser paint it, and only then prints. The browser's own command leaves no
   * time for that: everything is drawn at once, in its `beforeprint`.
   */
  function create(map, on) {
    const box = map.getContainer();
    const paper = root.matchMedia('print'); // for browsers that print without a `beforeprint`
    let before = null;
    let told = false;

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
    function onBefore() {
      told = true;
      // a sheet that stands already may have been drawn in the colours of the dark
      if (before) on.redraw();
      else begin();
    }
    function onPaper() {
      if (paper.matches) begin();
      else end();
    }
    /** Lay the sheet out, wait until it is painted, and print. */
    function print() {
      if (before) return;
      begin();
      told = false;
      root.requestAnimationFrame(() => root.requestAnimationFrame(() => {
        root.print();
        // where printing is forbidden nothing follows, and the sheet would stay on the screen
        if (!told) end();
      }));
    }
    root.addEventListener('beforeprint', onBefore);
    root.addEventListener('afterprint', end);
    paper.addEventListener('change', onPaper);
    printers.set(map, print);
    return {
      print,
      destroy: () => {
        end();
        root.removeEventListener('beforeprint', onBefore);
        root.removeEventListener('afterprint', end);
        paper.removeEventListener('change', onPaper);
      }
    };
  }

  /** The button for the toolbar of a map. */
  function button(map) {
    const made = Waybill.toolbar.tool(t('print'), () => printers.get(map)(), PRINTER);
    return {button: made, update: () => Waybill.toolbar.rename(made, t('print')), destroy: () => made.remove()};
  }

  Waybill.print = {create, button};
})(typeof globalThis === 'object' ? globalThis : this);
