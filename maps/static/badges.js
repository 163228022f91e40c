/* The denial badge: a ring with a stroke through it, on the line that someone denies. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg, el} = Waybill.dom;
  const {t, list} = Waybill.words;
  const SIZE_PX = 20;
  const TARGET_PX = 24;
  const TRIES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88];
  const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, 1], [1, 1], [-1, -1]];

  function symbol(size) {
    return svg(
      'svg',
      {
        class: 'wb-badge-symbol',
        viewBox: '0 0 20 20',
        width: size || SIZE_PX,
        height: size || SIZE_PX,
        'aria-hidden': 'true',
        focusable: 'false'
      },
      svg('circle', {cx: 10, cy: 10, r: 6.2, class: 'wb-badge-ring'}),
      svg('line', {x1: 5.6, y1: 14.4, x2: 14.4, y2: 5.6, class: 'wb-badge-stroke'})
    );
  }

  function create(map, on) {
    let index = null;
    const pane = map.createPane('wb-badges');
    pane.style.zIndex = 640;
    const markers = [];

    function spokenOf(route) {
      return t('denied', {who: list(index.deniers(route.denied_by))}) + ': ' + route.title;
    }

    function content(routes) {
      return el(
        'div',
        {class: 'wb-tip-body'},
        routes.map((route) => [
          el('strong', {}, route.title),
          el('span', {class: 'wb-tip-denied'}, t('denied', {who: list(index.deniers(route.denied_by))}))
        ])
      );
    }

    /** A stroke from a badge that had to stand beside its line to the line. */
    function leader(at, anchor) {
      const [x2, y2] = [(anchor.x - at.x).toFixed(1), (anchor.y - at.y).toFixed(1)];
      return svg('svg', {class: 'wb-badge-leader', width: 1, height: 1, 'aria-hidden': 'true', focusable: 'false'}, svg('line', {x1: 0, y1: 0, x2, y2}));
    }

    function place(at, routes, anchor) {
      const latlng = map.layerPointToLatLng([at.x, at.y]);
      const node = el(
        'div',
        {class: 'wb-badge', role: 'button', tabindex: 0, 'aria-label': routes.map(spokenOf).join('; ')},
        anchor ? leader(at, anchor) : null,
        symbol(),
        routes.length > 1 ? el('span', {class: 'wb-badge-count', 'aria-hidden': 'true'}, routes.length) : null
      );
      const icon = root.L.divIcon({html: node, className: 'wb-badge-icon', iconSize: [TARGET_PX, TARGET_PX]});
      const marker = root.L.marker(latlng, {icon, pane: 'wb-badges', keyboard: false}).addTo(map);
      const show = () => {
        on.spotlight(routes.map((route) => route.id));
        on.tip(latlng, content(routes));
      };
      const open = () =>
        routes.length > 1 ? on.choose(routes, {latlng, opener: node}) : on.open(routes[0], {latlng, opener: node});
      const leave = () => {
        on.spotlight([]);
        on.tip(null);
      };
      marker.on('mouseover', show).on('mouseout', leave).on('click', open);
      node.addEventListener('focus', () => {
        if (node.matches(':focus-visible')) show();
      });
      node.addEventListener('blur', leave);
      node.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        open();
      });
      markers.push(marker);
    }

    /** Put a badge on each denied line that can be seen; where there is no room one badge stands for several. */
    function update(newIndex, entries, room) {
      index = newIndex;
      const focused =
        document.activeElement &&
        document.activeElement.getAttribute &&
        document.activeElement.getAttribute('aria-label');
      markers.splice(0).forEach((marker) => marker.remove());
      const spots = [];
      const seen = Waybill.canvas.seen(map);
      entries
        .filter((entry) => (entry.route.denied_by || []).length)
        .forEach((entry) => {
          const parts = entry.layers.flatMap((layer) => layer.parts()).filter((part) => part.length > 1);
          if (!parts.length) return;
          const longest = parts.reduce((a, b) => (Waybill.geometry.length(a) >= Waybill.geometry.length(b) ? a : b));
          const length = Waybill.geometry.length(longest);
          const tries = TRIES.map((share) => Waybill.geometry.pointAt(longest, length * share)).filter((at) =>
            seen.contains([at.x, at.y])
          );
          if (!tries.length) return;
          const free = tries.find((at) => !room.taken(box(at)));
          if (free) {
            room.take(box(free));
            spots.push({at: free, routes: [entry.route]});
            return;
          }
          const near = spots
            .map((spot) => ({spot, d: Math.hypot(spot.at.x - tries[0].x, spot.at.y - tries[0].y)}))
            .sort((a, b) => a.d - b.d)[0];
          if (near && near.d < 3 * TARGET_PX) near.spot.routes.push(entry.route);
          else {
            // A short line under an event: beside it, rather than over what could then not be reached.
            const beside = SIDES.map(([x, y]) => ({x: tries[0].x + x * TARGET_PX, y: tries[0].y + y * TARGET_PX}));
            const at = beside.find((spot) => !room.taken(box(spot))) || tries[0];
            room.take(box(at));
            spots.push({at, routes: [entry.route], anchor: at === tries[0] ? null : tries[0]});
          }
        });
      spots.forEach((spot) => place(spot.at, spot.routes, spot.anchor));
      if (focused)
        markers.forEach((marker) => {
          const node = marker.getElement().firstChild;
          if (node.getAttribute('aria-label') === focused) node.focus({preventScroll: true});
        });
    }

    function box(at) {
      return {x: at.x - TARGET_PX / 2, y: at.y - TARGET_PX / 2, w: TARGET_PX, h: TARGET_PX};
    }
    return {update};
  }

  Waybill.badges = {create, symbol};
})(typeof globalThis === 'object' ? globalThis : this);
