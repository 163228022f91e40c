(function (map, keepView) {
  'use strict';
  var linked = /[#&][cz]=/.test(window.location.hash);
  var centre = map.getCenter();
  var zoom = map.getZoom();
  function keep() {
    if (keepView && !linked) {
      map.setView(centre, zoom, { animate: false });
    }
  }
  var page = Waybill.mount(map);
  if (page && page.then) {
    page.then(keep);
  } else {
    keep();
  }
})($map, $keep_view);
