/* Stations, ports and crossings of the routes shown. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg, el} = Waybill.dom;
  const {t, name, list, metres} = Waybill.words;
  const ROOM_PX = 15;
  const END_ROOM_PX = 11;
  const SMALL_SCALE_ZOOM = 5; // below it ends of routes need as much room as stops
  // Symbols on a 14-pixel square: a path, and whether it is filled with ink.
  const SHAPES = {
    station: ['M3 3h8v8h-8z'],
    port: ['M7 2a5 5 0 1 0 .01 0z', 'M7 5a2 2 0 1 0 .01 0z'],
    bridge: ['M7 1.6L12.4 7L7 12.4L1.6 7z'],
    crossing: ['M7 1.6L12.4 7L7 12.4L1.6 7z'],
    airport: ['M7 1.8L12.4 11.6H1.6z'],
    depot: ['M2.5 12V6L7 2l4.5 4v6z'],
    junction: ['M7 3a4 4 0 1 0 .01 0z'],
    canal: ['M3.5 2.5h2.2v9H3.5z', 'M8.3 2.5h2.2v9H8.3z'],
    settlement: ['M7 4.2a2.8 2.8 0 1 0 .01 0z'],
    other: ['M7 4.2a2.8 2.8 0 1 0 .01 0z']
  };
  const SOLID = ['settlement', 'other', 'canal'];
  const UNMARKED = ['region', 'waypoint'];

  function symbol(kind) {
    const paths = SHAPES[kind] || SHAPES.other;
    return svg(
      'svg',
      {
        class: 'wb-place-symbol' + (SOLID.includes(kind) || !SHAPES[kind] ? ' is-solid' : ''),
        viewBox: '0 0 14 14',
        width: 14,
        height: 14,
        'aria-hidden': 'true',
        focusable: 'false'
      },
      paths.map((d, i) => svg('path', {d, class: i ? 'is-inner' : null}))
    );
  }

  function eventSymbol() {
    return svg(
      'svg',
      {
        class: 'wb-event-symbol',
        viewBox: '0 0 14 14',
        width: 14,
        height: 14,
        'aria-hidden': 'true',
        focusable: 'false'
      },
      svg('path', {d: 'M7 .6L8.7 5.3L13.4 7L8.7 8.7L7 13.4L5.3 8.7L.6 7L5.3 5.3z'})
    );
  }

  function tooltip(index, place) {
    const title = index.placeName ? index.placeName(place) : place.name;
    const spellings = [place.name].concat(Object.values(place.names || {}));
    const others = [...new Set(spellings)].filter((text) => text && text !== title);
    return el(
      'div',
      {class: 'wb-tip-body'},
      el('strong', {}, title),
      others.length ? el('span', {class: 'wb-tip-line'}, others.join(' · ')) : null,
      el(
        'span',
        {class: 'wb-tip-line'},
        list([name('place', place.kind), place.precision_m ? t('precision', {m: metres(place.precision_m)}) : ''])
      ),
      (place.measures || []).slice(0, 4).map((measure) => el('span', {class: 'wb-tip-line'}, measure.text)),
      place.verified === 'no' ? el('span', {class: 'wb-tip-warn'}, t('place-unverified')) : null
    );
  }

  function create(map, on) {
    const pane = map.createPane('wb-places');
    pane.style.zIndex = 600;
    const markers = new Map();
    let index = null;

    /** Places of the shown routes with how much they matter: ends before stops, shared before single. */
    function wanted(entries) {
      const found = new Map();
      entries.forEach(({route}) => {
        const legs = index.legs(route);
        legs.forEach((leg, i) => {
          [
            [leg.from, i === 0],
            [leg.to, i === legs.length - 1]
          ].forEach(([id, end]) => {
            const place = index.place(id);
            if (!place || !isFinite(place.lon) || !isFinite(place.lat) || place.lon === null) return;
            const item = found.get(id) || {place, weight: 0, end: false};
            item.weight += (end ? 10 : 1) * (route.kind === 'infrastructure' ? 0.5 : 1);
            item.end = item.end || end;
            found.set(id, item);
          });
        });
      });
      return [...found.values()].sort((a, b) => b.weight - a.weight || (a.place.id < b.place.id ? -1 : 1));
    }

    /** Longitude nearest to where the routes are drawn, so that a place beyond 180 stands on its line. */
    function latlng(place) {
      const middle = map.getCenter().lng;
      return root.L.latLng(place.lat, place.lon + 360 * Math.round((middle - place.lon) / 360));
    }

    function marker(place) {
      if (!markers.has(place.id)) {
        const icon = root.L.divIcon({html: symbol(place.kind), className: 'wb-place', iconSize: [14, 14]});
        const made = root.L.marker(latlng(place), {icon, pane: 'wb-places', keyboard: false});
        made.on('mouseover', () => on.tip(made.getLatLng(), tooltip(index, index.place(place.id) || place))).on('mouseout', () => on.tip(null));
        markers.set(place.id, made);
      }
      return markers.get(place.id).setLatLng(latlng(place));
    }

    /** Mark as many places as there is room for; returns them with their pixels, for the labels. */
    function update(newIndex, entries, room) {
      index = newIndex;
      const marked = [];
      const seen = new Set();
      const taken = Waybill.collide.create();
      wanted(entries).forEach((item) => {
        const p = map.latLngToLayerPoint(latlng(item.place));
        const label = {place: item.place, p, end: item.end, weight: item.weight, region: item.place.kind === 'region'};
        if (UNMARKED.includes(item.place.kind)) {
          if (label.region) marked.push(label);
          return;
        }
        const half = (item.end && map.getZoom() >= SMALL_SCALE_ZOOM ? END_ROOM_PX : ROOM_PX) / 2;
        const box = {x: p.x - half, y: p.y - half, w: half * 2, h: half * 2};
        if (taken.taken(box)) return;
        taken.take(box);
        room.take({x: p.x - 7, y: p.y - 7, w: 14, h: 14});
        seen.add(item.place.id);
        marker(item.place).addTo(map);
        marked.push(label);
      });
      markers.forEach((made, id) => {
        if (!seen.has(id)) made.remove();
      });
      return marked;
    }

    return {update, latlng, destroy: () => markers.forEach((made) => made.remove())};
  }

  Waybill.places = {create, symbol, eventSymbol};
})(typeof globalThis === 'object' ? globalThis : this);
