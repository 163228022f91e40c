/* The routes on the map: one focusable group per route, highlight, picking the nearest of several lines. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg, drawn} = Waybill.dom;
  const {spoken, tooltip} = Waybill.linetip;

  function create(map, style, on) {
    const pane = map.createPane('wb-routes');
    pane.style.zIndex = 410;
    const renderer = root.L.svg({pane: 'wb-routes', padding: 0.3}).addTo(map);
    const floors = {};
    ['infra', 'under', 'over', 'chosen'].forEach((floor) => {
      floors[floor] = svg('g', {class: 'wb-floor-' + floor});
      renderer._rootGroup.appendChild(floors[floor]);
    });
    const entries = new Map();
    let index = null;
    let hot = new Set();
    let chosen = new Set();
    let lifting = false;

    /** Everything that a line's drawing depends on, so that only lines that change are drawn anew. */
    function signature(route, shown) {
      return JSON.stringify([
        route.status,
        index.legs(route).map((leg) => {
          const {lane, lanes} = Waybill.runs.laneOf(leg, route.id, shown);
          return lane + '/' + lanes;
        })
      ]);
    }

    function build(route, shown) {
      const runs = Waybill.runs.split(style, route, index.legs(route), shown);
      if (!runs.length) return null;
      const infra = route.kind === 'infrastructure';
      const group = svg('g', {class: 'wb-route', role: 'button', tabindex: 0, 'data-route': route.id});
      const under = svg('g', {class: 'wb-under'});
      const entry = {route, group, under, infra, layers: [], shown: true};
      entry.layers = runs.map((run) => {
        const layer = new Waybill.runs.Layer(run, style, {renderer});
        layer.shown = true;
        layer.addTo(map);
        (infra ? layer.paths.under.concat(layer.paths.over) : layer.paths.over).forEach((path) =>
          group.appendChild(path)
        );
        if (!infra) layer.paths.under.forEach((path) => under.appendChild(path));
        if (layer.arrows) group.appendChild(layer.arrows);
        group.appendChild(layer._path);
        layer.on('mousemove mouseover', (event) => point(event));
        layer.on('mouseout', () => highlight([]));
        layer.on('click', (event) => {
          if (on.busy()) return;
          root.L.DomEvent.stop(event);
          choose(event);
        });
        return layer;
      });
      group.addEventListener('focus', () => {
        if (group.matches(':focus-visible')) {
          // the focus must be seen, so a line outside the view brings the map to it
          if (!entry.layers.some((layer) => layer.parts().length)) map.panTo(middle(entry), {animate: false});
          highlight([entry]);
          on.tip(middle(entry), tooltip(index, entry.route, 0));
        }
      });
      group.addEventListener('blur', () => highlight([]));
      group.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        on.open(entry.route, {latlng: middle(entry), opener: group});
      });
      return entry;
    }

    /** Put the nodes of an entry where its route stands in the order of the case. */
    function place(entry, after) {
      const floor = floors[entry.infra ? 'infra' : 'over'];
      const next = after.find((other) => other && other.infra === entry.infra && other.group.parentNode === floor);
      floor.insertBefore(entry.group, next ? next.group : null);
      if (!entry.infra) floors.under.insertBefore(entry.under, next ? next.under : null);
    }

    function remove(entry) {
      entry.layers.forEach((layer) => layer.remove());
      entry.group.remove();
      entry.under.remove();
    }

    function hide(entry, hidden) {
      if (entry.shown === !hidden) return;
      entry.shown = !hidden;
      [entry.group, entry.under].forEach((node) => {
        node.style.display = hidden ? 'none' : '';
      });
      entry.layers.forEach((layer) => {
        layer.shown = !hidden;
        layer._reset();
      });
    }

    function shown() {
      return [...entries.values()].filter((entry) => entry.shown);
    }

    /** Show the routes of an index for which `isShown` holds, and no others. */
    function show(newIndex, isShown) {
      index = newIndex;
      const routes = index.routes;
      const ids = new Set(routes.filter(isShown).map((route) => route.id));
      const known = new Set(routes.map((route) => route.id));
      const focused = document.activeElement && document.activeElement.getAttribute('data-route');
      const inPane = focused && pane.contains(document.activeElement);
      entries.forEach((entry, id) => {
        if (known.has(id)) return;
        remove(entry);
        entries.delete(id);
      });
      // from the last to the first, so that each finds the one that it stands before
      for (let i = routes.length - 1; i >= 0; i--) {
        const route = routes[i];
        const old = entries.get(route.id);
        if (!ids.has(route.id)) {
          if (old) hide(old, true);
          continue;
        }
        const mark = signature(route, ids);
        if (!old || old.mark !== mark) {
          if (old) remove(old);
          entries.delete(route.id);
          const made = build(route, ids);
          if (!made) continue;
          made.mark = mark;
          entries.set(route.id, made);
          place(made, routes.slice(i + 1).map((other) => entries.get(other.id)));
        }
        const entry = entries.get(route.id);
        entry.route = route;
        entry.group.setAttribute('aria-label', spoken(index, route));
        hide(entry, false);
      }
      paint();
      on.tip(null);
      drawn();
      if (inPane && entries.has(focused) && document.activeElement !== entries.get(focused).group)
        entries.get(focused).group.focus({preventScroll: true});
    }

    function point(event) {
      if (on.busy()) return;
      const hits = Waybill.pick.near(shown(), map.latLngToLayerPoint(event.latlng));
      if (!hits.length) return;
      highlight([hits[0].entry]);
      on.tip(event.latlng, tooltip(index, hits[0].entry.route, Waybill.pick.alike(hits).length - 1));
    }

    function choose(event) {
      const hits = Waybill.pick.near(shown(), map.latLngToLayerPoint(event.latlng));
      if (!hits.length) return;
      const same = Waybill.pick.alike(hits).map((hit) => hit.entry.route);
      if (same.length > 1) on.choose(same, {latlng: event.latlng, opener: hits[0].entry.group});
      else on.open(same[0], {latlng: event.latlng, opener: hits[0].entry.group});
    }

    /** What is built lies below what runs on it, but not while it is what the reader chose. */
    function lift() {
      if (lifting) return; // a line that has the focus loses it as it moves, which paints
      lifting = true;
      entries.forEach((entry, id) => {
        const floor = floors[chosen.has(id) ? 'chosen' : 'infra'];
        if (!entry.infra || entry.group.parentNode === floor) return;
        const held = document.activeElement === entry.group;
        floor.appendChild(entry.group);
        if (held) entry.group.focus({preventScroll: true});
      });
      lifting = false;
    }

    function paint() {
      lift();
      map.getContainer().classList.toggle('wb-has-hot', hot.size > 0);
      map.getContainer().classList.toggle('wb-has-chosen', chosen.size > 0);
      entries.forEach((entry, id) =>
        [entry.group, entry.under].forEach((node) => {
          node.classList.toggle('is-hot', hot.has(id));
          node.classList.toggle('is-chosen', chosen.has(id));
        })
      );
    }

    /** Bring some routes forward while the pointer or the focus is on them, and tell the ledger. */
    function highlight(list) {
      const ids = list.map((entry) => entry.route.id);
      if (!ids.length) on.tip(null);
      if (ids.length === hot.size && ids.every((id) => hot.has(id))) return;
      hot = new Set(ids);
      paint();
      on.hover(ids);
    }

    /** Middle of what can be seen of a route, else of the route itself. */
    function middle(entry) {
      const parts = entry.layers.flatMap((layer) => layer.parts()).filter((part) => part.length > 1);
      if (parts.length) {
        const longest = parts.reduce((a, b) => (Waybill.geometry.length(a) >= Waybill.geometry.length(b) ? a : b));
        const at = Waybill.geometry.pointAt(longest, Waybill.geometry.length(longest) / 2);
        return map.layerPointToLatLng([at.x, at.y]);
      }
      return entry.layers[0].getBounds().getCenter();
    }

    function resize() {
      const factor = Waybill.linestyle.widthAt(map.getZoom());
      map.getContainer().style.setProperty('--wb-k', factor.toFixed(3));
    }

    map.on('zoomend', resize);
    resize();
    return {
      show,
      shown,
      routes: () => shown().map((entry) => entry.route),
      flush: () => {},
      middle: (id) => (entries.has(id) ? middle(entries.get(id)) : null),
      spotlight: (ids) => highlight((ids || []).map((id) => entries.get(id)).filter(Boolean)),
      select: (ids) => {
        chosen = new Set(ids);
        paint();
      }
    };
  }

  Waybill.lines = {create};
})(typeof globalThis === 'object' ? globalThis : this);
