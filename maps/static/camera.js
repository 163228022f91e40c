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

    /** Move to some bounds; with `only` stay where all of them is in view already. */
    function go(bounds, only) {
      if (!bounds || !bounds.isValid() || !hasRoom() || (only && map.getBounds().contains(bounds))) return;
      // a lone point is shown with what lies around it
      const length = map.project(bounds.getNorthEast(), MAX_FIT_ZOOM).distanceTo(map.project(bounds.getSouthWest(), MAX_FIT_ZOOM));
      const room = !length ? {maxZoom: POINT_ZOOM} : length < SHORT_PX ? {maxZoom: CLOSE_ZOOM} : {};
      if (calm()) map.fitBounds(bounds, Object.assign(padding(), room, {animate: false}));
      else map.flyToBounds(bounds, Object.assign(padding(), room, {duration: FLY_S}));
    }

    function home(atOnce) {
      const bounds = whole();
      if (!bounds.isValid()) return;
      if (atOnce) map.fitBounds(bounds, Object.assign(padding(), {animate: false}));
      else go(bounds);
    }

    /** Move no more than is needed for a point not to be covered. */
    function include(latlng) {
      map.panInside(latlng, Object.assign(padding(), {animate: !calm()}));
    }
    return {go, home, include};
  }

  Waybill.camera = {create};
})(typeof globalThis === 'object' ? globalThis : this);
