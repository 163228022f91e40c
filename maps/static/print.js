/* On paper: the map takes a sheet across and shows what the screen showed; afterwards all is as before. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const SHEET = {width: '277mm', height: '188mm'}; // A4 across, less the margins of page.css

  function create(map, redraw) {
    const box = map.getContainer();
    let before = null;

    function fit(bounds) {
      map.invalidateSize({animate: false, pan: false});
      map.fitBounds(bounds, {animate: false});
      redraw();
    }
    root.addEventListener('beforeprint', () => {
      if (before) return;
      before = {bounds: map.getBounds(), width: box.style.width, height: box.style.height};
      Object.assign(box.style, SHEET);
      box.classList.add('is-printing');
      fit(before.bounds);
    });
    root.addEventListener('afterprint', () => {
      if (!before) return;
      const was = before;
      before = null;
      box.style.width = was.width;
      box.style.height = was.height;
      box.classList.remove('is-printing');
      fit(was.bounds);
    });
  }

  Waybill.print = {create};
})(typeof globalThis === 'object' ? globalThis : this);
