/* The state of the page in its address: read at the start and on back and forward, written once the reader did something.
   `create` changes nothing; `start` opens the page where the address, or else the file, says. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const ACTS = ['pointerdown', 'wheel', 'keydown'];
  const FULL_TURN = 360;
  const LENS = ['known', 'from', 'to', 'by', 'lang'];

  /** Sentences for what a state holds and the page does not take. */
  function sentences(notes, unknown) {
    const {t, list} = Waybill.words;
    const said = notes.map((note) => t('state-' + note.why, {key: note.key, value: note.value}));
    return unknown.length ? said.concat(t('state-unknown', {list: list(unknown)})) : said;
  }

  /** Layers as they are written: a group whose leaves are all on stands for them. */
  function grouped(tree, on) {
    tree.only(on);
    const short = (id) => {
      const state = tree.state(id);
      return state === 'on' ? [id] : state === 'off' ? [] : tree.children(id).flatMap(short);
    };
    return tree.roots.flatMap(short);
  }

  /** A first or last day of a month as that month, which says the same in a window. */
  function asMonth(day, end) {
    const span = Waybill.state.span(day.slice(0, 7));
    return span && span[end] === day ? day.slice(0, 7) : day;
  }

  /** The state that stands for what the store has chosen; what is as the page opens by itself is left out. */
  function described(state, opening, tree, view) {
    const found = {on: grouped(tree, state.on)};
    if (view) Object.assign(found, view);
    LENS.forEach((key) => {
      const [now, first] = [state[key] || null, opening[key] || null];
      if (JSON.stringify(now) === JSON.stringify(first)) return;
      found[key] = key === 'by' ? now || [] : now || 'all';
    });
    if (state.from && found.from) found.from = asMonth(found.from, 0);
    if (state.to && found.to) found.to = asMonth(found.to, 1);
    if (state.sel) found.sel = state.sel;
    return found;
  }

  /** What the store is set to for a state; a missing key takes the opening. Names that nobody knows come back. */
  function chosen(state, opening, facts, groups, tree) {
    const ids = (rows) => (rows || []).map((row) => row.id);
    const layers = new Set(ids(facts.layers));
    const tellers = new Set(ids(facts.parties).concat(ids(groups)));
    const things = new Set([].concat(ids(facts.events), ids(facts.routes), ids(facts.places)));
    const unknown = [];
    const known = (names, list) => {
      if (!list) return undefined;
      const kept = list.filter((name) => names.has(name) || !unknown.push(name));
      // a list of which nothing is left says nothing
      return kept.length || !list.length ? kept : undefined;
    };
    const on = known(layers, state.on);
    const by = known(tellers, state.by);
    const [sel] = known(things, state.sel ? [state.sel] : []) || [];
    const day = (key, end) => {
      if (state[key] === undefined) return opening[key] || null;
      const span = Waybill.state.span(state[key]);
      return span ? span[end] : null;
    };
    tree.only(on || opening.on || []);
    const changes = {
      on: tree.on().filter((id) => !tree.children(id).length),
      known: day('known', 1),
      from: day('from', 0),
      to: day('to', 1),
      by: by ? (by.length ? by : null) : opening.by || null,
      sel: sel || null,
      lang: state.lang || opening.lang
    };
    // one end may come from the case and be on the wrong side of the other; what was asked for goes first
    if (changes.from && changes.to && changes.from > changes.to) changes[state.from === undefined ? 'from' : 'to'] = null;
    return {changes, unknown};
  }

  /**
   * `initial`: the state of the file. `opening`: what the case opens with, as store.state; by default what the store
   * holds now. `onNotes(texts)`: what of a state was ignored. `goHome()`: shows the whole map.
   */
  function create(store, map, {initial, opening, onNotes, goHome, host}) {
    const page = host || root;
    const container = map.getContainer();
    const tree = Waybill.tristate.create(store.facts.layers || []);
    const first = Object.assign({}, opening || store.state);
    // the steps of a map in a frame are no steps of the page around it, whose history they would fill
    const framed = page.parent !== page;
    let acted = false;
    let applying = false;
    let started = false;
    let current = '';
    let entry = '';
    let hash = ''; // of the address as this page last knew it

    function view() {
      try {
        const {lat, lng} = map.getCenter();
        return {zoom: map.getZoom(), centre: {lat, lon: lng - FULL_TURN * Math.trunc(lng / FULL_TURN)}};
      } catch (error) {
        return null; // a map that was never given a view
      }
    }
    const text = () => Waybill.state.encode(described(store.state, first, tree, view()));
    const fragment = () => page.location.hash || initial || '';

    /** Go to a state. The address stays as it is. */
    function apply(wanted) {
      const {state, notes} = Waybill.state.decode(wanted);
      const {changes, unknown} = chosen(state, first, store.facts, store.groups || [], tree);
      applying = true;
      try {
        store.set(changes);
        look(state, changes.sel);
      } finally {
        applying = false;
      }
      current = text();
      if (onNotes) onNotes(sentences(notes, unknown));
    }
    function look(state, selected) {
      const {centre, zoom} = state;
      if (!centre && zoom === undefined) {
        // what is selected brings its own view
        if (!selected && started && goHome) goHome();
        return;
      }
      const now = view() || {centre: {lat: 0, lon: 0}, zoom: 2};
      const to = centre || now.centre;
      map.setView([to.lat, to.lon], zoom === undefined ? now.zoom : zoom, {animate: false});
    }

    /** Writing an address takes a browser tens of milliseconds, so it waits until the picture stands. */
    const queue = [];
    function later(wanted, deliberate) {
      queue.push([wanted, current, deliberate]);
      if (queue.length > 1) return;
      if (page.requestIdleCallback) page.requestIdleCallback(flush, {timeout: 300});
      else flush();
    }
    function flush() {
      // someone else has changed the address since, which goes first: its event is on the way
      if (page.location.hash !== hash) queue.length = 0;
      queue.splice(0).forEach(([wanted, before, deliberate]) => write(wanted, before, deliberate));
    }

    /** Write the address. Not every page may: one without an address of its own, or in a closed frame, does without. */
    function write(wanted, before, deliberate) {
      const address = page.location.href.split('#')[0] + '#' + wanted;
      try {
        if (deliberate && !framed) {
          // the entry that is left remembers its state and keeps its address, so that "back" finds both
          page.history.replaceState({waybill: before}, '');
          page.history.pushState({waybill: wanted}, '', address);
        } else page.history.replaceState({waybill: wanted}, '', address);
        entry = wanted;
        hash = page.location.hash;
      } catch (error) {
        // everything else goes on
      }
    }
    const lensOf = (wanted) => wanted.replace(/&[zc]=[^&]*/g, '');
    /** `options.replace`: a step that goes on by itself, which is no state of its own to come back to. */
    function settle(options) {
      if (!started || applying) return;
      const wanted = text();
      if (wanted === current) return;
      const deliberate = lensOf(wanted) !== lensOf(current);
      if (deliberate) acted = true;
      if (acted) later(wanted, deliberate && !(options && options.replace));
      current = wanted;
    }

    /** Back, forward, or another fragment by hand. */
    function travel() {
      queue.length = 0;
      hash = page.location.hash;
      const held = page.history.state;
      const wanted = held && typeof held.waybill === 'string' ? held.waybill : fragment();
      if (wanted === entry) return;
      entry = wanted;
      apply(wanted);
    }
    const act = () => {
      acted = true;
    };

    function start() {
      const wanted = fragment();
      entry = wanted;
      hash = page.location.hash;
      if (wanted.replace(/^#/, '')) apply(wanted);
      current = text();
      started = true;
    }

    ACTS.forEach((type) => container.addEventListener(type, act, {capture: true, passive: true}));
    const moved = () => settle();
    map.on('moveend', moved);
    page.addEventListener('popstate', travel);
    page.addEventListener('hashchange', travel);
    page.addEventListener('pagehide', flush);
    return {
      start,
      apply,
      text,
      /** `options.quiet`: in the middle of a drag, which is no state to come back to. */
      update: (same, changed, options) => {
        if (!options || !options.quiet) settle(options);
      },
      /** The address at this state; null where the page has none that could be passed on. */
      link: () => (/^(https?|file):$/.test(page.location.protocol) ? page.location.href.split('#')[0] + '#' + text() : null),
      destroy: () => {
        ACTS.forEach((type) => container.removeEventListener(type, act, {capture: true}));
        map.off('moveend', moved);
        page.removeEventListener('popstate', travel);
        page.removeEventListener('hashchange', travel);
        page.removeEventListener('pagehide', flush);
      }
    };
  }

  Waybill.permalink = {create, described, chosen, grouped};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.permalink;
})(typeof globalThis === 'object' ? globalThis : this);
