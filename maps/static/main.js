/* Waybill.mount(map): reads the page's data blocks and puts the parts together. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {calm} = Waybill.dom;
  const {t, list} = Waybill.words;
  const MARGIN_PX = 28;
  const MAX_FIT_ZOOM = 9;
  const FLY_S = 0.9;
  const EDGE_PX = 60;

  /** The content of a data block, or null if it is missing or broken. */
  function block(id) {
    const node = document.getElementById(id);
    if (!node) return null;
    try {
      const value = JSON.parse(node.textContent);
      return value && typeof value === 'object' ? value : null;
    } catch (error) {
      return null;
    }
  }

  function mount(map) {
    const container = map.getContainer();
    const style = block('waybill-style');
    const data = block('waybill-data');
    const base = block('waybill-basemap');
    container.classList.add('waybill');
    if (!style) {
      Waybill.controls.message(container, t('missing-style'));
      return null;
    }
    const theme = Waybill.theme.create(container, style);
    settle(map);
    if (base) Waybill.basemap.create(map, base, theme);
    else Waybill.controls.message(container, t('missing-basemap'));
    if (!data) {
      Waybill.controls.message(container, t('missing-data'));
      return null;
    }
    const page = compose(map, data, style, base || {}, theme);
    if (!(data.routes || []).length) Waybill.controls.message(container, t('nothing'));
    return page;
  }

  /** Settings of the map itself that a folium map does not come with. */
  function settle(map) {
    if (map.attributionControl) map.attributionControl.setPrefix('Leaflet');
    if (map.zoomControl) map.zoomControl.setPosition('topright');
    if (map.options.minZoom === undefined) map.setMinZoom(2);
    if (map.options.maxZoom === undefined) map.setMaxZoom(13);
    map.options.zoomSnap = 0.25;
    map.options.wheelPxPerZoomLevel = 90;
    if (calm()) {
      map._zoomAnimated = false;
      map._fadeAnimated = false;
      map.options.inertia = false;
      const pan = map.panBy;
      map.panBy = (offset) => pan.call(map, offset, {animate: false});
    }
  }

  function compose(map, data, style, base, theme) {
    const container = map.getContainer();
    const index = Waybill.index.create(data, style);
    const model = Waybill.tristate.create(index.layers);
    const view = data.view || {};
    const unknown = model.only(
      view.on ||
        index.layers.filter((layer) => layer.on !== false && !model.children(layer.id).length).map((layer) => layer.id)
    );
    const language = (data.case && data.case.language) || 'en';

    const actions = {
      tip: (latlng, node) => tip(latlng, node),
      open: (route, where) => {
        actions.tip(null);
        card.open(Waybill.routecard.ofRoute(index, style, route), where);
      },
      openEvent: (event, where) => {
        actions.tip(null);
        card.open(Waybill.eventcard.ofEvent(index, event), where);
      },
      openOther: (event, opener) => {
        panel.close();
        actions.openEvent(event, {latlng: map.getCenter(), opener});
      },
      choose: (routes, where) => {
        actions.tip(null);
        card.open(
          Waybill.chooser.content(index, style, routes, (route) => actions.open(route, where)),
          where
        );
      },
      spotlight: (id) => lines.spotlight(id),
      pick: (route, opener) => {
        if (!model.isOn(route.layer)) {
          model.set(route.layer, true);
          actions.change();
        }
        panel.close();
        go(lines.bounds([route.id]), () => actions.open(route, {latlng: lines.middle(route.id), opener}));
      },
      change: () => {
        tree.update();
        refresh();
      }
    };

    const tree = Waybill.tree.create(index, style, model, actions);
    const panel = Waybill.panel.create(map, index, [tree.node, Waybill.others.create(index, actions), Waybill.legend.create(index, style)].filter(Boolean));
    const card = Waybill.card.create(map, panel.covered);
    const lines = Waybill.lines.create(map, index, style, actions);
    const badges = Waybill.badges.create(map, index, actions);
    const places = Waybill.places.create(map, index, actions);
    const labels = Waybill.labels.create(map, base, theme, language);
    let waiting = 0;
    const tooltip = root.L.tooltip({className: 'wb-tip', direction: 'auto', offset: [14, 0], opacity: 1});

    function tip(latlng, node) {
      if (!latlng) {
        tooltip.remove();
        return;
      }
      tooltip.setLatLng(latlng).setContent(node);
      if (!map.hasLayer(tooltip)) tooltip.addTo(map);
    }

    /** Badges, places and labels share the room on the screen; what matters more comes first. */
    function arrange() {
      const room = Waybill.collide.create();
      const entries = lines.shown();
      entries
        .filter((entry) => entry.route.kind !== 'infrastructure')
        .forEach((entry) => entry.layers.forEach((layer) => layer.parts().forEach((part) => room.addLine(part))));
      controls(room);
      const marked = places.update(entries, room, model.isOn);
      badges.update(entries, room);
      labels.update(marked, room, panel.covered());
    }

    /** Names do not run under the panel or the controls, nor over the edge of the map. */
    function controls(room) {
      const box = container.getBoundingClientRect();
      container.querySelectorAll('.wb-panel, .leaflet-control').forEach((node) => {
        const r = node.getBoundingClientRect();
        const p = map.containerPointToLayerPoint([r.left - box.left, r.top - box.top]);
        if (r.width) room.take({x: p.x, y: p.y, w: r.width, h: r.height});
      });
      const {x, y} = map.containerPointToLayerPoint([0, 0]);
      const size = map.getSize();
      [
        [-EDGE_PX, 0],
        [size.x, 0]
      ].forEach(([dx, dy]) => room.take({x: x + dx, y: y + dy, w: EDGE_PX, h: size.y}));
      [
        [0, -EDGE_PX],
        [0, size.y]
      ].forEach(([dx, dy]) => room.take({x: x + dx, y: y + dy, w: size.x, h: EDGE_PX}));
    }

    /** Several events of one move are answered once, before the next picture. */
    function soon() {
      if (!waiting)
        waiting = root.requestAnimationFrame(() => {
          waiting = 0;
          arrange();
        });
    }

    function refresh() {
      lines.show(
        new Set(
          index.routes.filter((route) => model.isOn(route.layer) || !index.layer(route.layer)).map((route) => route.id)
        )
      );
      arrange();
    }

    function padding() {
      return {
        paddingTopLeft: [panel.covered() + MARGIN_PX, panel.head() + MARGIN_PX],
        paddingBottomRight: [MARGIN_PX + 30, MARGIN_PX + 24],
        maxZoom: MAX_FIT_ZOOM
      };
    }

    /** Move to some bounds, at once for those who prefer no motion, then do `after`. */
    function go(bounds, after) {
      if (!bounds.isValid()) {
        if (after) after();
        return;
      }
      if (after) map.once('moveend', () => root.requestAnimationFrame(after));
      if (calm()) map.fitBounds(bounds, Object.assign(padding(), {animate: false}));
      else map.flyToBounds(bounds, Object.assign(padding(), {duration: FLY_S}));
    }

    function whole() {
      if (view.bounds) return root.L.latLngBounds(view.bounds.map(([lon, lat]) => [lat, lon]));
      return lines.bounds(lines.shown().map((entry) => entry.route.id));
    }

    Waybill.controls.home(map, () => go(whole()));
    const own = (data.case && data.case.disclaimer) || '';
    Waybill.controls.caption(
      map,
      [/not for navigation/i.test(own) ? '' : t('disclaimer'), own, base.disclaimer].filter(Boolean)
    );
    Waybill.controls.scale(map);
    Waybill.controls.credits(map, (data.credits || []).concat(base.attribution || []));
    if (unknown.length) Waybill.controls.message(container, t('unknown-layers', {list: list(unknown)}));
    refresh();
    const start = whole();
    if (start.isValid()) map.fitBounds(start, Object.assign(padding(), {animate: false}));
    map.on('viewreset moveend zoomend resize', soon);
    Waybill.print.create(map, refresh);
    theme.onChange(soon);
    arrange();
    return {map, index, model, lines, card, go, refresh};
  }

  Waybill.mount = mount;
})(typeof globalThis === 'object' ? globalThis : this);
