/* Events that have a place but no route: dots, gathered where they would cover each other, unfolded on demand. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, clear} = Waybill.dom;
  const {t, list} = Waybill.words;
  const PANE = 'wb-events';
  const REACH_PX = 26; // a dot's target of 24 pixels and a gap
  const KEYS = ['Enter', ' '];

  function placeName(index, event) {
    const place = index.place(event.place);
    return index.placeName ? index.placeName(place) : place.name;
  }

  function create(map, on) {
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 645; // what is unfolded lies over the badges
    const container = map.getContainer();
    const dots = new Map(); // by key of event or group: {node, made, key, events}
    let index = null;
    let seen = []; // events shown
    let unfolded = null; // key of the group that is open

    /** Longitude nearest to where the map is, so that a place beyond 180 is seen from either side. */
    function latlng(event) {
      const place = index.place(event.place);
      return root.L.latLng(place.lat, place.lon + 360 * Math.round((map.getCenter().lng - place.lon) / 360));
    }
    function shown(isOn) {
      return index.pointEvents().filter((event) => {
        const place = index.place(event.place);
        if (typeof place.lon !== 'number' || typeof place.lat !== 'number') return false;
        return !event.layer || !index.layer(event.layer) || isOn(event.layer);
      });
    }

    function tip(dot) {
      const lines = dot.events.length > 1 ? dot.events.slice(0, 6).map((event) => event.title) : [];
      const [event] = dot.events;
      on.tip(
        dot.made.getLatLng(),
        el(
          'div',
          {class: 'wb-tip-body'},
          el('strong', {}, lines.length ? t('events-count', {n: dot.events.length}) : event.title),
          lines.map((text) => el('span', {class: 'wb-tip-line'}, text)),
          el('span', {class: 'wb-tip-line'}, lines.length ? t('events-open') : list([event.when_text, placeName(index, event)]))
        )
      );
    }
    function make(key) {
      const node = el('div', {class: 'wb-event', role: 'button', tabindex: 0});
      const icon = root.L.divIcon({html: node, className: 'wb-event-icon', iconSize: [24, 24]});
      const made = root.L.marker([0, 0], {icon, pane: PANE, keyboard: false});
      const dot = {key, node, made, events: []};
      made
        .on('mouseover', () => tip(dot))
        .on('mouseout', () => on.tip(null))
        .on('click', () => press(dot, false));
      node.addEventListener('focus', () => {
        if (node.matches(':focus-visible')) tip(dot);
      });
      node.addEventListener('blur', () => on.tip(null));
      node.addEventListener('keydown', (event) => {
        if (!KEYS.includes(event.key)) return;
        press(dot, true);
        event.preventDefault();
        event.stopPropagation();
      });
      return dot;
    }
    /** What a dot looks like and is called; the node stays, so that it keeps the focus. */
    function dress(dot, events) {
      const many = events.length > 1;
      const titles = events.map((event) => event.title);
      dot.events = events;
      clear(dot.node).appendChild(many ? el('span', {class: 'wb-event-count'}, String(events.length)) : Waybill.places.eventSymbol());
      dot.node.classList.toggle('is-group', many);
      dot.node.setAttribute('aria-label', many ? t('events-here', {n: events.length, titles: titles.join('; ')}) : titles[0]);
      if (many) dot.node.setAttribute('aria-expanded', String(unfolded === dot.key));
      else dot.node.removeAttribute('aria-expanded');
    }
    function put(key, events, at) {
      if (!dots.has(key)) dots.set(key, make(key));
      const dot = dots.get(key);
      dress(dot, events);
      dot.made.setLatLng(at).addTo(map);
      return dot;
    }

    function press(dot, byKey) {
      const where = {latlng: dot.made.getLatLng(), opener: dot.node};
      on.tip(null);
      if (dot.events.length === 1) on.openEvent(dot.events[0], where);
      else if (unfolded === dot.key) fold(true);
      else if (!Waybill.clusters.spider(dot.events.length)) on.chooseEvents(dot.events, where);
      else {
        unfolded = dot.key;
        place(null);
        if (byKey) dots.get(dot.events[0].id).node.focus({preventScroll: true});
      }
    }
    /** Fold what is unfolded; says whether anything was. */
    function fold(focus) {
      if (!unfolded) return false;
      const dot = dots.get(unfolded);
      unfolded = null;
      place(null);
      if (focus && dot) dot.node.focus({preventScroll: true});
      return true;
    }
    function escaped(event) {
      const ours = event.target === document.body || event.target === container || map.getPane(PANE).contains(event.target);
      if (event.key === 'Escape' && ours && fold(true)) event.stopPropagation();
    }
    function elsewhere(event) {
      const pane = map.getPane('mapPane');
      const away = event.target === container || (pane.contains(event.target) && !map.getPane('popupPane').contains(event.target));
      if (away && !map.getPane(PANE).contains(event.target)) fold(false);
    }

    const threads = svg('g', {class: 'wb-event-threads'});
    const floor = svg('svg', {class: 'wb-event-floor', width: 1, height: 1, 'aria-hidden': 'true'}, threads);
    map.getPane(PANE).appendChild(floor);

    /** Put every dot where it belongs; `room`, if given, is told of each. */
    function place(room) {
      const focus = [...dots.values()].find((dot) => dot.node === document.activeElement);
      const items = seen.map((event) => Object.assign({key: event.id, event}, xy(map.latLngToLayerPoint(latlng(event)))));
      const groups = Waybill.clusters.group(items, REACH_PX);
      if (!groups.some((one) => one.key === unfolded && one.items.length > 1)) unfolded = null;
      const used = new Set();
      const keep = (key, events, p, loose) => {
        used.add(key);
        put(key, events, map.layerPointToLatLng([p.x, p.y])).node.classList.toggle('is-loose', !!loose);
        if (room) room.take({x: p.x - 12, y: p.y - 12, w: 24, h: 24});
      };
      clear(threads);
      groups.forEach((one) => {
        const events = one.items.map((item) => item.event);
        keep(events.length > 1 ? one.key : events[0].id, events, one);
        if (one.key === unfolded) spread(one, events, keep);
      });
      dots.forEach((dot, key) => {
        if (used.has(key)) return;
        dot.made.remove();
        dots.delete(key);
      });
      if (focus && !used.has(focus.key)) refocus(focus.events);
    }
    function spread(one, events, keep) {
      Waybill.clusters.spider(events.length).forEach((by, i) => {
        const p = {x: one.x + by.x, y: one.y + by.y};
        threads.appendChild(svg('path', {d: 'M' + one.x + ' ' + one.y + 'L' + p.x + ' ' + p.y}));
        keep(events[i].id, [events[i]], p, true);
      });
    }
    /** The focus goes to the dot in which an event of the vanished one is found now. */
    function refocus(events) {
      const ids = new Set(events.map((event) => event.id));
      const dot = [...dots.values()].find((other) => other.events.some((event) => ids.has(event.id)));
      if (dot) dot.node.focus({preventScroll: true});
    }
    const xy = (p) => ({x: p.x, y: p.y});

    container.addEventListener('click', elsewhere, true);
    document.addEventListener('keydown', escaped, true);
    return {
      /** Show the point events of an index whose layers are on; `room` keeps names away from the dots. */
      update: (newIndex, isOn, room) => {
        index = newIndex;
        seen = shown(isOn);
        place(room);
      },
      destroy: () => {
        container.removeEventListener('click', elsewhere, true);
        document.removeEventListener('keydown', escaped, true);
        dots.forEach((dot) => dot.made.remove());
        dots.clear();
        floor.remove();
      }
    };
  }

  Waybill.eventdots = {create};
})(typeof globalThis === 'object' ? globalThis : this);
