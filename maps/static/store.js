/* What the reader has chosen, and the record through that lens. Components read it and are told of changes. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const LENS = ['known', 'from', 'to', 'by', 'lang'];
  const KEYS = LENS.concat(['on', 'sel', 'view']);

  function same(a, b) {
    return a === b || JSON.stringify(a) === JSON.stringify(b);
  }

  /** What the case's [view] opens with. */
  function opening(data) {
    const view = data.view || {};
    const leaves = new Set((data.layers || []).map((layer) => layer.parent).filter(Boolean));
    const on = view.on || (data.layers || []).filter((layer) => layer.on !== false && !leaves.has(layer.id)).map((layer) => layer.id);
    const lang = (data.case && data.case.language) || 'en';
    const spoken = Waybill.words.LANGUAGES.some((one) => one.code === lang) ? lang : 'en';
    return {on, known: view.known || null, from: view.from || null, to: view.to || null, by: null, sel: null, lang: spoken};
  }

  /** Presets of "as told by", in order of first appearance. */
  function groupsOf(parties) {
    const groups = new Map();
    parties.forEach((party) =>
      (party.groups || []).forEach((id) => {
        if (!groups.has(id)) groups.set(id, []);
        groups.get(id).push(party.id);
      })
    );
    return [...groups].map(([id, list]) => ({id, parties: list}));
  }

  /** First and last day that the record speaks of. */
  function extentOf(facts) {
    if (facts.version < 2) {
      const known = (facts.routes || []).map((row) => row.known_from).filter(Boolean);
      return {first: known.reduce((a, b) => (a && a < b ? a : b), null), last: known.reduce((a, b) => (a && a > b ? a : b), null)};
    }
    const made = Waybill.view.prepare(facts);
    const days = made.events.flatMap((event) => (event.span ? [event.span.earliest, event.span.latest] : []));
    const said = made.claims.map((claim) => claim.known_from);
    const all = days.concat(said).filter(Boolean).sort();
    const last = (facts.cut && facts.cut.known) || (facts.case && facts.case.updated) || all[all.length - 1];
    return {first: all[0] || last || null, last: last || null};
  }

  /**
   * `initial` as `store.state`; what it lacks is open. A document of version 1 carries its statuses and is shown as it
   * stands, but that a chosen day hides the lines that were not known by then, or of which nobody says since when.
   */
  function create(facts, style, initial) {
    const model = Waybill.tristate.create(facts.layers || []);
    const listeners = new Set();
    const derived = facts.version >= 2;
    const state = {known: null, from: null, to: null, by: null, on: [], sel: null, lang: 'en', view: null};
    const made = derived ? Waybill.view.prepare(facts) : facts;
    const extent = extentOf(facts);
    let index = null;
    let unwindowed = null;
    let unsettled = false;

    function project(lens) {
      const payload = derived ? Waybill.view.project(facts, lens, state.lang) : asKnown(lens.known);
      return Waybill.index.create(payload, style);
    }
    function asKnown(day) {
      if (!day || !extent.first) return facts;
      return Object.assign({}, facts, {known: day, routes: facts.routes.filter((row) => row.known_from && row.known_from <= day)});
    }
    function derive() {
      Waybill.words.use(state.lang);
      index = project(state);
      unwindowed = null;
    }

    function tidy(changes) {
      const kept = {};
      KEYS.forEach((key) => {
        if (!Object.prototype.hasOwnProperty.call(changes, key) || changes[key] === undefined) return;
        kept[key] = changes[key] === '' ? null : changes[key];
      });
      if (kept.by && !kept.by.length) kept.by = null;
      if (kept.from && kept.to && kept.from > kept.to) [kept.from, kept.to] = [kept.to, kept.from];
      return kept;
    }

    function apply(changes) {
      const kept = tidy(changes);
      const changed = new Set();
      if (kept.on) {
        model.only(kept.on);
        kept.on = model.on().filter((id) => !model.children(id).length);
      }
      Object.keys(kept).forEach((key) => {
        if (same(state[key], kept[key])) return;
        state[key] = kept[key];
        changed.add(key);
      });
      if (!index || LENS.some((key) => changed.has(key))) {
        derive();
        changed.add('index');
      }
      return changed;
    }

    /** Merge changes, derive the record anew if the lens changed, and tell everyone. */
    function set(changes, options) {
      const changed = apply(changes);
      const quiet = !!(options && options.quiet);
      // the end of a drag changes nothing more, but is what a link or a host should hear of
      const settles = unsettled && !quiet;
      unsettled = quiet && (unsettled || changed.size > 0);
      if (!changed.size && !settles) return;
      listeners.forEach((listener) => listener({changed, store, options: options || {}}));
    }

    const store = {
      state,
      facts: Object.assign({}, facts, {events: made.events || [], claims: made.claims || [], extent}),
      model,
      style,
      derived,
      groups: groupsOf(facts.parties || []),
      extent,
      get index() {
        return index;
      },
      /** The record for the same day and parties, without the window of events. */
      get unwindowed() {
        if (!state.from && !state.to) return index;
        if (!unwindowed) unwindowed = project(Object.assign({}, state, {from: null, to: null}));
        return unwindowed;
      },
      isOn: (id) => model.isOn(id),
      set,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      }
    };
    apply(initial || {});
    return store;
  }

  Waybill.store = {create, opening, groupsOf};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.store;
})(typeof globalThis === 'object' ? globalThis : this);
