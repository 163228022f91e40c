(function (map, keepView) {
  'use strict';
  var linked = /[#&][cz]=/.test(window.location.hash);
  var centre = map.getCenter();
  var zoom = map.getZoom();
  Waybill.mount(map);
  if (keepView && !linked) {
    map.setView(centre, zoom, { animate: false });
  }
})($map, $keep_view);
