/* Where the map looks: with room for what stands around it, and without motion for those who prefer none. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {calm} = Waybill.dom;
  const MARGIN_PX = 28;
  const CONTROLS_PX = 30; // the tools at the right
  const SCALE_PX = 24;
  const MAX_FIT_ZOOM = 9;
  const CLOSE_ZOOM = 12; // for what is so short that at the other it would lie under one mark
  const SHORT_PX = 90;
  const POINT_ZOOM = 6;
  const FLY_S = 0.9;
  const LEAST_ZOOM = 1;
  const ROOM_PX = 80; // with less left free, a fit would run to the nearest zoom and show nothing of what is meant

  /** `chrome()` is what stands around the map, `whole()` the bounds of the way home. */
  function create(map, chrome, whole) {
    function padding() {
      const {layout, panel} = chrome();
      return {
        paddingTopLeft: [layout.covered('left') + MARGIN_PX, panel.head() + MARGIN_PX],
        paddingBottomRight: [
          layout.covered('right') + MARGIN_PX + CONTROLS_PX,
          layout.covered('bottom') + MARGIN_PX + SCALE_PX
        ],
        maxZoom: MAX_FIT_ZOOM
      };
    }

    function hasRoom() {
      const {paddingTopLeft: [left, top], paddingBottomRight: [right, bottom]} = padding();
      const size = map.getSize();
      return size.x - left - right >= ROOM_PX && size.y - top - bottom >= ROOM_PX;
    }

    /** Let the map be seen from as far as it takes to show all of some bounds, if nobody has set how far that may be. */
    function reach(bounds) {
      const {options} = map;
      if (!options.minZoomMayFall) return;
      const {paddingTopLeft, paddingBottomRight} = padding();
      const least = options.minZoom;
      options.minZoom = LEAST_ZOOM;
      const needed = map.getBoundsZoom(bounds, false, root.L.point(paddingTopLeft).add(paddingBottomRight));
      options.minZoom = least;
      if (needed < least) map.setMinZoom(needed);
    }

    /** Lines are drawn in one copy of the world: whoever comes to another one is taken to the same place in theirs. */
    function turnBack() {
      const bounds = whole();
      if (!bounds.isValid()) return;
      const {lat, lng} = map.getCenter();
      const turns = Math.round((lng - bounds.getCenter().lng) / 360);
      if (turns) map.setView([lat, lng - 360 * turns], map.getZoom(), {animate: false});
    }

    /** Move to some bounds; with `only` stay where all of them is in view already. */
    function go(bounds, only) {
      if (!bounds || !bounds.isValid() || !hasRoom() || (only && map.getBounds().contains(bounds))) return;
      reach(bounds);
      // a lone point is shown with what lies around it
      const length = map.project(bounds.getNorthEast(), MAX_FIT_ZOOM).distanceTo(map.project(bounds.getSouthWest(), MAX_FIT_ZOOM));
      const room = !length ? {maxZoom: POINT_ZOOM} : length < SHORT_PX ? {maxZoom: CLOSE_ZOOM} : {};
      if (calm()) map.fitBounds(bounds, Object.assign(padding(), room, {animate: false}));
      else map.flyToBounds(bounds, Object.assign(padding(), room, {duration: FLY_S}));
    }

    function home(atOnce) {
      const bounds = whole();
      if (!bounds.isValid()) return;
      if (hasRoom()) reach(bounds);
      if (atOnce) map.fitBounds(bounds, Object.assign(padding(), {animate: false}));
      else go(bounds);
    }

    /** Move no more than is needed for a point not to be covered. */
    function include(latlng) {
      map.panInside(latlng, Object.assign(padding(), {animate: !calm()}));
    }
    map.on('moveend', turnBack);
    return {go, home, include};
  }

  Waybill.camera = {create};
})(typeof globalThis === 'object' ? globalThis : this);
