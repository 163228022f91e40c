/*
 * The routes of a large record on the map, as lines.js draws those of a small one: on a few canvases, each with some of the
 * layers, so that switching one layer paints few others anew.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {strokes, details} = Waybill;
  const SURFACES = 8; // of more than FEW lines; a canvas as large as the map takes megabytes, and time whenever a picture is put together
  const FEW = 3000;
  // vertices in view, of those that matter two zooms further out, ...
  const CROWDED = 3500; // from which lines are one pixel wide; wide ones would only cover each other
  const PACKED = 90000; // and from which they have no dashes and less detail; the panel says so
  const WIDE_COST = 8; // times that of a line one pixel wide
  const CROWDED_DASH = 0.7; // of the length that wide lines have
  const FORWARD = 1.5; // times the width, for what is chosen or pointed at
  const READ_MS = 30; // of one picture go into reading lines: two pictures late, before there is much to do on the page

  /** Run a generator in slices between pictures. */
  function inSlices(work, done, broken) {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const begun = performance.now();
      let state = null;
      try {
        do state = work.next();
        while (!state.done && performance.now() - begun < READ_MS);
      } catch (error) {
        broken(error);
        return;
      }
      if (state.done) done(state.value);
      else channel.port2.postMessage(null);
    };
    channel.port2.postMessage(null);
  }

  /** `source` is as strands.js gives it; `on` is what the page does, with `read` and `broken` once. */
  function create(map, style, source, on, theme) {
    const surfaces = Waybill.surfaces.create(map, 'wb-routes', 410, {ready: () => !!shapes && !!index, empty, painted});
    const colour = Waybill.tints.create(map.getContainer(), theme);
    const visible = new Uint8Array(source.count);
    let shapes = null;
    let reach = null;
    let kept = null;
    let index = null;
    let strands = null; // by strand: its route, look and band, or null where the record as known does not have it
    let crowded = 0; // 1 and 2 as CROWDED and PACKED say
    let hot = new Set();
    let chosen = new Set();
    const bands = Array.from({length: source.count > FEW ? SURFACES : 1}, () => ({groups: []}));
    bands.forEach((band) => {
      band.surface = surfaces.add((ctx, bounds) => paintBand(band, ctx, bounds));
    });
    const top = surfaces.add(paintTop, 'wb-top');

    source.read().then(({points, parts}) => inSlices(Waybill.shapes.make(points, parts), begin, on.broken), on.broken);

    function begin(made) {
      shapes = made;
      reach = details.reach(made);
      kept = details.create(made);
      source.ready(made);
      settle();
      everything();
      on.read();
    }
    function painted() {
      if (shapes) Waybill.dom.drawn();
    }
    const everything = () => bands.map((band) => band.surface).concat(top).forEach(surfaces.ask);

    const frames = (bounds) => Waybill.mercator.frames(map, bounds, ...reach);
    const zoom = () => Math.round(map.getZoom());
    const factor = () => Waybill.linestyle.widthAt(map.getZoom());

    function empty(surface) {
      return surface === top ? !hot.size && !chosen.size : !bands.some((band) => band.surface === surface && band.groups.length);
    }
    function paintBand({groups}, ctx, bounds) {
      const how = {colour, factor: factor(), ratio: root.devicePixelRatio || 1, crowded: crowded > 0, dash: crowded > 1 ? 0 : CROWDED_DASH};
      const vertices = kept(zoom() - crowded);
      let steps = 0;
      frames(bounds).forEach((frame) =>
        [true, false].forEach((under) =>
          groups.forEach(({rows, look}) => {
            steps += strokes.paint(ctx, shapes, vertices, rows, frame, look, Object.assign({under}, how));
          })
        )
      );
      return steps * (crowded ? 1 : WIDE_COST);
    }
    function paintTop(ctx, bounds) {
      const ids = new Set([...hot, ...chosen]);
      const how = {colour, factor: factor() * FORWARD, crowded: false, dash: 1};
      const forward = strands.flatMap((strand, at) => (strand && visible[at] && ids.has(strand.route.id) ? [at] : []));
      frames(bounds).forEach((frame) =>
        [true, false].forEach((under) =>
          forward.forEach((at) => strokes.paint(ctx, shapes, kept(zoom()), [at], frame, strands[at].look, Object.assign({under}, how)))
        )
      );
      return forward.length;
    }

    /** What each strand is in the record as now known, and on which surface it is painted. */
    function read() {
      const lookOf = details.looks(style);
      const layers = new Map();
      const sizes = [];
      strands = Array.from({length: source.count}, (_, at) => {
        const route = index.route(source.id(at));
        if (!route) return null;
        if (!layers.has(route.layer)) layers.set(route.layer, layers.size);
        const layer = layers.get(route.layer);
        sizes[layer] = (sizes[layer] || 0) + 1;
        const {mode, basis, fallback} = source.leg(at);
        return {route, layer, look: lookOf({kind: route.kind, status: route.status, mode, basis, fallback})};
      });
      const band = details.spread(sizes, bands.length);
      strands.forEach((strand) => {
        if (strand) strand.band = band[strand.layer];
      });
    }

    /** The strands to be painted, by band and look. */
    function share(isShown) {
      const layers = new Map();
      const groups = bands.map(() => new Map());
      strands.forEach((strand, at) => {
        if (strand && !layers.has(strand.layer)) layers.set(strand.layer, isShown(strand.route));
        visible[at] = strand && layers.get(strand.layer) ? 1 : 0;
        if (!visible[at]) return;
        const own = groups[strand.band];
        if (!own.has(strand.look)) own.set(strand.look, []);
        own.get(strand.look).push(at);
      });
      return groups.map((own) => [...own].map(([look, rows]) => ({look, rows})).sort((a, b) => b.look.under - a.look.under));
    }
    const signature = (groups) => groups.map(({rows}) => [rows.length, rows[0], rows[rows.length - 1]].join(':')).join();

    /** Show the routes of an index for which `isShown` holds, and no others. */
    function show(newIndex, isShown) {
      const anew = newIndex !== index;
      index = newIndex;
      if (anew) read();
      share(isShown).forEach((groups, at) => {
        const band = bands[at];
        const same = !anew && signature(band.groups) === signature(groups);
        band.groups = groups;
        if (!same) surfaces.ask(band.surface);
      });
      if (hot.size + chosen.size) surfaces.ask(top);
      on.tip(null);
      settle();
    }

    /** How crowded the view is; if that changes, all is painted anew. */
    function settle() {
      if (!shapes || !index) return;
      const all = frames(Waybill.canvas.seen(map));
      const vertices = kept(zoom() - 2);
      const load = (rows) => all.reduce((sum, frame) => sum + strokes.load(shapes, vertices, rows, frame), 0);
      const inView = bands.reduce((sum, band) => sum + band.groups.reduce((part, {rows}) => part + load(rows), 0), 0);
      const now = (inView > CROWDED) + (inView > PACKED);
      if (now === crowded) return;
      crowded = now;
      map.getContainer().classList.toggle('wb-packed', crowded > 1);
      everything();
    }

    /** Bring some routes forward while the pointer or the focus is on them, and tell the ledger. */
    function highlight(ids) {
      if (!ids.length) on.tip(null);
      if (ids.length === hot.size && ids.every((id) => hot.has(id))) return;
      hot = new Set(ids);
      mark();
      on.hover(ids);
    }
    function mark() {
      surfaces.pane.classList.toggle('has-forward', hot.size + chosen.size > 0);
      surfaces.ask(top);
    }

    const host = {shapes: () => shapes, reach: () => reach, visible, route: (at) => strands[at].route, index: () => index};
    Waybill.manypoint.create(map, host, on, highlight);
    map.on('moveend resize', settle); // a zoom ends with a move
    theme.onChange(everything);
    return {
      many: true,
      show,
      flush: surfaces.flush,
      /** The routes of a case, for its badges and places; the lines of a frame have neither. */
      shown: () => (index && index.judged && shapes ? Waybill.manyparts.entries(map, strands, visible, shapes, kept(zoom()), frames) : []),
      routes: () => [...new Set(strands.filter((strand, at) => strand && visible[at]).map((strand) => strand.route))],
      spotlight: (ids) => highlight(ids || []),
      select: (ids) => {
        chosen = new Set(ids);
        mark();
      }
    };
  }

  Waybill.manylines = {create};
})(typeof globalThis === 'object' ? globalThis : this);
