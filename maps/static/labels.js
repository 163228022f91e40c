/* Names of places on the routes, cities, countries and seas: with a halo, none over another, few lines crossed. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
  const SERIF = 'Georgia, "Noto Serif", "Liberation Serif", "Times New Roman", serif';
  const STOP_ZOOM = 5; // below it only the ends of routes are named
  const LOCAL_ZOOM = 6; // from here on the local name stands beside the reader's
  const LINES_CROSSED_AT_MOST = 3;
  const GAPS_PX = [9, 18, 27]; // from a place to its name: by its own mark, by a dot of an event, by a gathering of them

  /** Sizes in pixels, by kind of label; zoom makes them a little larger. */
  function face(kind, zoom, rank) {
    const grow = Math.max(0, Math.min(3, zoom - 4)) * 0.5;
    if (kind === 'end')
      return {
        font: '600 ' + (12 + grow / 2) + 'px ' + SANS,
        size: 12 + grow / 2,
        colour: 'label-place',
        halo: 3.5,
        spacing: 0
      };
    if (kind === 'stop') return {font: '500 11.5px ' + SANS, size: 11.5, colour: 'label-place', halo: 3, spacing: 0};
    if (kind === 'region')
      return {
        font: 'italic 600 ' + (13 + grow) + 'px ' + SERIF,
        size: 13 + grow,
        colour: 'label-place',
        halo: 3.5,
        spacing: 0.4
      };
    if (kind === 'country') {
      const size = (rank <= 2 ? 12.5 : rank === 3 ? 11.5 : 10.5) + grow;
      return {
        font: '600 ' + size + 'px ' + SANS,
        size,
        colour: 'label',
        halo: 3,
        spacing: rank <= 3 ? 2.2 : 1.2,
        upper: true
      };
    }
    if (kind === 'sea') {
      const size = (rank <= 1 ? 15 : rank <= 3 ? 13 : 11.5) + grow;
      return {
        font: 'italic 400 ' + size + 'px ' + SERIF,
        size,
        colour: 'label-sea',
        halo: 0,
        spacing: rank <= 1 ? 2 : 0.6
      };
    }
    return {font: '400 11px ' + SANS, size: 11, colour: 'label-city', halo: 2.5, spacing: 0};
  }

  /** Long sea and region names go on two lines, broken before a bracket or near the middle. */
  function wrap(text, kind) {
    if (!['sea', 'region', 'country'].includes(kind) || text.length < 15 || !text.includes(' ')) return [text];
    const bracket = text.indexOf(' (');
    if (bracket > 0) return [text.slice(0, bracket), text.slice(bracket + 1)];
    const spaces = [...text].map((c, i) => (c === ' ' ? i : -1)).filter((i) => i > 0);
    const cut = spaces.reduce((a, b) => (Math.abs(b - text.length / 2) < Math.abs(a - text.length / 2) ? b : a));
    return [text.slice(0, cut), text.slice(cut + 1)];
  }

  /** A place's name without its second spelling in brackets or after a slash. */
  function shortName(text) {
    return text.split(/ \(|, | \/ | – /)[0];
  }

  /** The short name of a stop in the reader's language, the local one beside it where the map is near enough. */
  function stopName(place, language, zoom) {
    const local = zoom >= LOCAL_ZOOM ? Waybill.names.local(place, language) : '';
    return [shortName(Waybill.names.of(place, language)), local].filter(Boolean).join(' ');
  }

  function named(item, language) {
    return (item.names && (item.names[language] || item.names.en)) || item.name || '';
  }

  const sorted = new WeakMap();

  /** Labels of the base map in order of importance; worked out once for a zoom and a language. */
  function baseLabels(data, zoom, language) {
    const key = zoom + language;
    const last = sorted.get(data);
    if (last && last.key === key) return last.labels;
    const labels = orderedLabels(data, zoom, language);
    sorted.set(data, {key, labels});
    return labels;
  }
  function orderedLabels(data, zoom, language) {
    const list = (items, kind) =>
      (items || [])
        .filter((item) => item.min_zoom <= zoom + 0.25)
        .map((item) => ({
          kind,
          text: named(item, language),
          lat: item.lat,
          lon: item.lon,
          rank: item.min_zoom,
          country: item.country
        }));
    const found = list(data.seas, 'sea')
      .concat(list(data.countries, 'country'))
      .sort((a, b) => a.rank - b.rank);
    return found.concat(list(data.cities, 'city').sort((a, b) => a.rank - b.rank));
  }

  function create(map, data, theme) {
    let language = 'en';
    let stops = [];
    let room = null; // used up by one painting
    let view = {x0: 0, x1: 0}; // where region names must stay, in layer pixels
    const layer = Waybill.canvas.add(map, 'wb-labels', 450, paint);

    function measure(ctx, label, look) {
      ctx.font = look.font;
      ctx.letterSpacing = look.spacing + 'px';
      const lines = wrap(look.upper ? label.text.toLocaleUpperCase() : label.text, label.kind);
      return {
        lines,
        w: Math.max(...lines.map((line) => ctx.measureText(line).width)),
        h: lines.length * look.size * 1.2
      };
    }

    function write(ctx, text, look, box, alignment) {
      ctx.font = look.font;
      ctx.letterSpacing = look.spacing + 'px';
      ctx.textAlign = alignment;
      ctx.textBaseline = 'middle';
      ctx.lineJoin = 'round';
      text.lines.forEach((line, i) => {
        const x = alignment === 'center' ? box.x + box.w / 2 : box.x;
        const y = box.y + (i + 0.5) * look.size * 1.2;
        if (look.halo) {
          ctx.strokeStyle = theme.colour('label-halo');
          ctx.lineWidth = look.halo;
          ctx.strokeText(line, x, y);
        }
        ctx.fillStyle = theme.colour(look.colour);
        ctx.fillText(line, x, y);
      });
    }

    /** A label beside a point, where it covers the fewest lines. */
    function beside(ctx, label, p, gaps, zoom, strict) {
      const look = face(label.kind, zoom, label.rank);
      const text = measure(ctx, label, look);
      const found = Waybill.collide.beside(room, p, text.w + 2, text.h, gaps);
      if (!found || (strict && found.crossings > LINES_CROSSED_AT_MOST)) return false;
      room.take(found.box);
      write(ctx, text, look, found.box, 'left');
      return true;
    }

    function centred(ctx, label, p, zoom) {
      const look = face(label.kind, zoom, label.rank);
      const text = measure(ctx, label, look);
      const pad = 3;
      const box = {x: p.x - text.w / 2 - pad, y: p.y - text.h / 2, w: text.w + 2 * pad, h: text.h};
      if (label.kind === 'region') box.x = Math.max(view.x0, Math.min(view.x1 - box.w, box.x));
      const found = room.best(
        [0, -1.2, 1.2, -2.4, 2.4].map((lines) => Object.assign({}, box, {y: box.y + lines * look.size}))
      );
      if (!found || (label.kind !== 'region' && found.crossings > LINES_CROSSED_AT_MOST)) return;
      room.take(found.box);
      write(ctx, text, look, found.box, 'center');
    }

    function paint(ctx, bounds, onMap) {
      const zoom = onMap.getZoom();
      const seen = (p) => p.x > bounds.min.x && p.x < bounds.max.x && p.y > bounds.min.y && p.y < bounds.max.y;
      if (!room) return;
      const names = new Set();
      stops
        .filter((stop) => stop.region || stop.end || zoom >= STOP_ZOOM)
        .forEach((stop) => {
          const text = stopName(stop.place, language, zoom);
          if (!seen(stop.p) || (names.has(text) && !stop.region)) return;
          const drawn = stop.region
            ? centred(ctx, {kind: 'region', text: Waybill.names.of(stop.place, language)}, stop.p, zoom)
            : beside(ctx, {kind: stop.end ? 'end' : 'stop', text}, stop.p, stop.end ? GAPS_PX : GAPS_PX.slice(0, 2), zoom, !stop.end);
          if (drawn !== false) names.add(text);
        });
      const middle = onMap.getCenter().lng;
      baseLabels(data, zoom, language).forEach((label) => {
        const lon = label.lon + 360 * Math.round((middle - label.lon) / 360);
        const p = onMap.latLngToLayerPoint([label.lat, lon]);
        if (!seen(p) || names.has(label.text)) return;
        if (label.kind !== 'city') {
          centred(ctx, label, p, zoom);
          return;
        }
        const dot = {x: p.x - 3, y: p.y - 3, w: 6, h: 6};
        if (room.taken(dot) || !beside(ctx, label, p, [5], zoom, true)) return;
        room.take(dot);
        names.add(label.text);
        ctx.beginPath();
        ctx.arc(p.x, p.y, 2, 0, 2 * Math.PI);
        ctx.fillStyle = theme.colour('label-city');
        ctx.fill();
      });
      room = null;
    }

    /** New stops and a new account of the room left; repaints. `left` is what the panel covers, in pixels. */
    function update(marked, taken, left, spoken) {
      language = spoken;
      const corner = map.containerPointToLayerPoint([0, 0]);
      view = {x0: corner.x + left + 8, x1: corner.x + map.getSize().x - 8};
      stops = marked;
      room = taken;
      layer.repaint();
    }
    return {update};
  }

  Waybill.labels = {create, wrap, shortName, stopName, baseLabels};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.labels;
})(typeof globalThis === 'object' ? globalThis : this);
