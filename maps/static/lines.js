/* The routes on the map: one focusable group per route, highlight, picking the nearest of several lines. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg, el} = Waybill.dom;
  const {t, name, list} = Waybill.words;
  const PICK_PX = 10;
  const SAME_PX = 2.5; // lines that close to each other cannot be told apart with a pointer

  /** What a screen reader says of a route. */
  function spoken(index, route) {
    const denied = index.names('parties', route.denied_by);
    return [route.title, index.statusLabel(route.status), denied.length ? t('denied', {who: list(denied)}) : '']
      .filter(Boolean)
      .join(', ');
  }

  /** The short account of a route shown beside the pointer. */
  function tooltip(index, route, others) {
    const denied = index.names('parties', route.denied_by);
    const notional = (route.legs || []).some((leg) => leg.basis === 'notional');
    const inferred = (route.legs || []).some((leg) => leg.basis === 'inferred');
    return el(
      'div',
      {class: 'wb-tip-body'},
      el('strong', {}, route.title),
      el(
        'span',
        {class: 'wb-tip-line'},
        list([index.statusLabel(route.status), list(index.modes(route).map((mode) => index.modeLabel(mode)))])
      ),
      denied.length ? el('span', {class: 'wb-tip-denied'}, t('denied', {who: list(denied)})) : null,
      route.kind === 'illustration' ? el('span', {class: 'wb-tip-warn'}, t('illustration')) : null,
      route.kind === 'precedent' ? el('span', {class: 'wb-tip-warn'}, name('kind', 'precedent')) : null,
      notional && route.kind !== 'illustration' ? el('span', {class: 'wb-tip-warn'}, t('notional')) : null,
      inferred ? el('span', {class: 'wb-tip-warn'}, t('inferred')) : null,
      route.fallback ? el('span', {class: 'wb-tip-warn'}, t('fallback')) : null,
      others > 0 ? el('span', {class: 'wb-tip-line'}, t('more-here', {n: others})) : null
    );
  }

  function create(map, index, style, on) {
    const pane = map.createPane('wb-routes');
    pane.style.zIndex = 410;
    const renderer = root.L.svg({pane: 'wb-routes', padding: 0.3}).addTo(map);
    const floors = {};
    ['infra', 'under', 'over'].forEach((floor) => {
      floors[floor] = svg('g', {class: 'wb-floor-' + floor});
      renderer._rootGroup.appendChild(floors[floor]);
    });
    const entries = new Map();
    let hot = null;

    function build(route) {
      const runs = Waybill.runs.split(style, route, index.legs(route));
      if (!runs.length) return;
      const infra = route.kind === 'infrastructure';
      const group = svg('g', {
        class: 'wb-route',
        role: 'button',
        tabindex: 0,
        'aria-label': spoken(index, route),
        'data-route': route.id
      });
      const under = svg('g', {class: 'wb-under'});
      floors[infra ? 'infra' : 'over'].appendChild(group);
      if (!infra) floors.under.appendChild(under);
      const layers = runs.map((run) => {
        const layer = new Waybill.runs.Layer(run, style, {renderer}).addTo(map);
        (infra ? layer.paths.under.concat(layer.paths.over) : layer.paths.over).forEach((path) =>
          group.appendChild(path)
        );
        if (!infra) layer.paths.under.forEach((path) => under.appendChild(path));
        if (layer.arrows) group.appendChild(layer.arrows);
        group.appendChild(layer._path);
        layer.on('mousemove mouseover', (event) => point(event));
        layer.on('mouseout', () => highlight(null));
        layer.on('click', (event) => {
          root.L.DomEvent.stop(event);
          choose(event);
        });
        return layer;
      });
      const entry = {route, group, under, layers, shown: false};
      group.addEventListener('focus', () => {
        if (group.matches(':focus-visible')) {
          highlight(entry);
          on.tip(middle(entry), tooltip(index, route, 0));
        }
      });
      group.addEventListener('blur', () => highlight(null));
      group.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        on.open(route, {latlng: middle(entry), opener: group});
      });
      hide(entry, true);
      entries.set(route.id, entry);
    }

    function hide(entry, hidden) {
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

    /** Show these routes and no others. */
    function show(ids) {
      entries.forEach((entry, id) => {
        if (entry.shown !== ids.has(id)) hide(entry, !ids.has(id));
      });
      highlight(null);
    }

    /** Routes near a point on screen, nearest first; infrastructure only when nothing else is there. */
    function near(latlng) {
      const p = map.latLngToLayerPoint(latlng);
      const found = shown()
        .map((entry) => ({entry, d: Math.min(...entry.layers.map((layer) => distanceTo(layer, p)))}))
        .filter((hit) => hit.d < PICK_PX);
      const moving = found.filter((hit) => hit.entry.route.kind !== 'infrastructure');
      return (moving.length ? moving : found).sort((a, b) => a.d - b.d);
    }

    function distanceTo(layer, p) {
      let best = Infinity;
      layer.parts().forEach((part) => {
        for (let i = 1; i < part.length; i++)
          best = Math.min(best, root.L.LineUtil.pointToSegmentDistance(p, part[i - 1], part[i]));
      });
      return best;
    }

    function alike(hits) {
      return hits.filter((hit) => hit.d - hits[0].d < SAME_PX);
    }

    function point(event) {
      const hits = near(event.latlng);
      if (!hits.length) return;
      highlight(hits[0].entry);
      on.tip(event.latlng, tooltip(index, hits[0].entry.route, alike(hits).length - 1));
    }

    function choose(event) {
      const hits = near(event.latlng);
      if (!hits.length) return;
      const same = alike(hits).map((hit) => hit.entry.route);
      if (same.length > 1) on.choose(same, {latlng: event.latlng, opener: hits[0].entry.group});
      else on.open(same[0], {latlng: event.latlng, opener: hits[0].entry.group});
    }

    function highlight(entry) {
      if (!entry) on.tip(null);
      if (hot === entry) return;
      hot = entry;
      map.getContainer().classList.toggle('wb-has-hot', !!entry);
      entries.forEach((other) =>
        [other.group, other.under].forEach((node) => node.classList.toggle('is-hot', other === entry))
      );
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

    function bounds(ids) {
      const box = root.L.latLngBounds([]);
      ids.forEach((id) => {
        const entry = entries.get(id);
        if (entry) entry.layers.forEach((layer) => box.extend(layer.getBounds()));
      });
      return box;
    }

    function resize() {
      const factor = Math.max(0.75, Math.min(1.15, 0.75 + (map.getZoom() - 4) * 0.08));
      map.getContainer().style.setProperty('--wb-k', factor.toFixed(3));
    }

    index.routes
      .filter((route) => route.kind === 'infrastructure')
      .concat(index.routes.filter((route) => route.kind !== 'infrastructure'))
      .forEach(build);
    map.on('zoomend', resize);
    resize();
    return {
      show,
      shown,
      bounds,
      middle: (id) => middle(entries.get(id)),
      get: (id) => entries.get(id),
      spotlight: (id) => highlight(id ? entries.get(id) || null : null),
      spoken: (route) => spoken(index, route)
    };
  }

  Waybill.lines = {create, spoken, tooltip};
})(typeof globalThis === 'object' ? globalThis : this);
