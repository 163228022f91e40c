/* The measured line on the map: stretches along the geodesic, points, lengths, and the stretch that would come next. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const PANE = 'wb-measure';
  const SMOOTH_PX = 1.2; // Leaflet rounds to whole pixels, which shows as a tremor in a line of many points
  const LABEL_ROOM_PX = 46; // a shorter stretch has no room for its length

  const latlngs = (path) => path.map((p) => [p.lat, p.lon]);

  function create(map) {
    if (!map.getPane(PANE)) {
      map.createPane(PANE).style.zIndex = 648;
      map.getPane(PANE).style.pointerEvents = 'none';
    }
    const renderer = root.L.svg({pane: PANE, padding: 0.5});
    const group = root.L.layerGroup().addTo(map);
    const ahead = root.L.polyline([], {className: 'wb-measure-ahead', interactive: false, pane: PANE, renderer, smoothFactor: SMOOTH_PX});
    const labels = [];

    function stroke(path, className) {
      root.L.polyline(latlngs(path), {className, interactive: false, pane: PANE, renderer, smoothFactor: SMOOTH_PX}).addTo(group);
    }
    function dot(p) {
      const look = {radius: 4, className: 'wb-measure-dot', interactive: false, pane: PANE, renderer};
      root.L.circleMarker([p.lat, p.lon], look).addTo(group);
    }
    function label(stretch, text) {
      const middle = stretch.path[Math.floor(stretch.path.length / 2)];
      const first = stretch.path[0];
      const at = stretch.path.length > 2 ? middle : {lat: (first.lat + middle.lat) / 2, lon: (first.lon + middle.lon) / 2};
      const node = el('span', {class: 'wb-measure-label', 'aria-hidden': 'true'}, text);
      const icon = root.L.divIcon({html: node, className: 'wb-measure-label-icon', iconSize: [0, 0]});
      const made = root.L.marker([at.lat, at.lon], {icon, pane: PANE, interactive: false, keyboard: false}).addTo(group);
      labels.push({node, made, ends: [first, stretch.path[stretch.path.length - 1]]});
    }

    /** Draw points and the stretches between them with their lengths as text. */
    function show(points, stretches, texts) {
      group.clearLayers();
      labels.length = 0;
      stretches.forEach(({path}) => stroke(path, 'wb-measure-casing'));
      stretches.forEach(({path}) => stroke(path, 'wb-measure-line'));
      if (points.length) dot(points[0]);
      stretches.forEach((stretch, i) => {
        dot(stretch.path[stretch.path.length - 1]);
        label(stretch, texts[i]);
      });
      thin();
    }
    /** Lengths are written where their stretch has room for them. */
    function thin() {
      labels.forEach(({node, ends}) => {
        const [a, b] = ends.map((p) => map.latLngToLayerPoint([p.lat, p.lon]));
        node.hidden = a.distanceTo(b) < LABEL_ROOM_PX;
      });
    }
    /** The stretch that the next point would add, or none. */
    function preview(path) {
      if (!path) ahead.remove();
      else ahead.setLatLngs(latlngs(path)).addTo(map);
    }
    function destroy() {
      map.off('zoomend', thin);
      group.remove();
      ahead.remove();
      renderer.remove();
    }
    map.on('zoomend', thin);
    return {show, preview, destroy};
  }

  Waybill.measuredraw = {create};
})(typeof globalThis === 'object' ? globalThis : this);
