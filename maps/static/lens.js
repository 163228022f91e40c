/*
 * What a lens lets through: what was known on a day, told by some parties, of events in a window, and what that comes to.
 * The same rules as routes/view.py; tests hold the two together. Pure: no document.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const rules = () => Waybill.evidence;
  const dates = () => Waybill.dates;
  const prepared = new WeakMap();
  const PLACED = ['declared_origin', 'asserted_origin', 'declared_destination', 'asserted_destination'];
  const CLAIM_LISTS = ['events', 'routes', 'about', 'evidence', 'sources'];
  const EVENT_LISTS = ['routes', 'related'].concat(PLACED);

  function add(map, key, value) {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(value);
  }
  /** A row with the lists that the document leaves out where they are empty. */
  function filled(row, keys, more) {
    const lists = {};
    keys.forEach((key) => (lists[key] = row[key] || []));
    return Object.assign({}, row, lists, more);
  }
  function spanOf(text) {
    return text ? dates().parse(text) : null;
  }

  /** What does not depend on the lens: parsed dates, the record that the rules see, events by route. */
  function prepare(facts) {
    if (prepared.has(facts)) return prepared.get(facts);
    const claims = (facts.claims || []).map((row) => {
      const said = spanOf(row.asserted_on);
      return filled(row, CLAIM_LISTS, {known_from: said ? said.latest : null});
    });
    const events = (facts.events || []).map((row) => filled(row, EVENT_LISTS, {span: spanOf(row.when)}));
    const ofRoute = new Map();
    events.forEach((event) => event.routes.forEach((id) => add(ofRoute, id, event)));
    const made = {
      claims,
      events,
      ofRoute,
      claimed: new Set(claims.map((claim) => claim.route).filter(Boolean)),
      record: rules().record({claims, parties: facts.parties || []}),
      exists: new Map((facts.routes || []).map((row) => [row.id, spanOf(row.exists)]))
    };
    prepared.set(facts, made);
    return made;
  }

  /** A text of facts as the day allows: plain, or pairs of sentence and the day from which it was known. */
  function say(text, known) {
    if (!Array.isArray(text)) return text || null;
    const kept = text.filter(([, since]) => !since || !known || since <= known).map(([sentence]) => sentence);
    return kept.join(' ') || null;
  }

  /** Claims by event, but for events outside the window, and by the route that they speak of themselves. */
  function sort(base, claims, inWindow) {
    const outside = new Set(base.events.filter((event) => !inWindow(event.span)).map((event) => event.id));
    const onEvent = new Map();
    const onRoute = new Map();
    claims.forEach((claim) => {
      claim.events.forEach((id) => outside.has(id) || add(onEvent, id, claim));
      if (claim.route) add(onRoute, claim.route, claim);
    });
    return {onEvent, onRoute};
  }

  /** Whether infrastructure exists on a day and in the window. */
  function isThere(span, day, inWindow) {
    return !span || (dates().overlaps(span, day, day) && inWindow(span));
  }
  /** The day as of which infrastructure is shown. */
  function dayOf(facts, known) {
    return known || (facts.cut && facts.cut.known) || (facts.case && facts.case.updated) || null;
  }
  /** Whether a route is drawn, given what is said of it; one of which nothing is on record is. */
  function isDrawn(row, groups, {base, onEvent, exists}) {
    if (row.kind === 'infrastructure') return exists(base.exists.get(row.id));
    if (row.kind === 'illustration') return !row.illustrates || onEvent.has(row.illustrates);
    return groups.size > 0 || !(base.ofRoute.has(row.id) || base.claimed.has(row.id));
  }

  /** The record through a lens: `known` (a day), `by` (parties and groups), `from` and `to` (the window of events). */
  function through(facts, lens) {
    const base = prepare(facts);
    const known = lens.known || null;
    const told = lens.by ? rules().parties(base.record, lens.by).ids : null;
    const claims = rules().known(base.record, known, told);
    const withdrawals = claims.filter((claim) => claim.stance === 'withdraws');
    const inWindow = (span) => !span || dates().overlaps(span, lens.from || null, lens.to || null);
    const {onEvent, onRoute} = sort(base, claims, inWindow);

    /** What some claims on one subject come to, by aspect; with a route, for that route. */
    function findings(list, route) {
      return rules().findings(base.record, list, {withdrawals, route});
    }
    /** What is said of a route: by event, and under null what is said of the route itself. */
    function saidOf(id) {
      const groups = new Map();
      (base.ofRoute.get(id) || []).forEach((event) => {
        const list = (onEvent.get(event.id) || []).filter((claim) => !claim.routes.length || claim.routes.includes(id));
        if (list.length) groups.set(event.id, list);
      });
      if (onRoute.has(id)) groups.set(null, onRoute.get(id));
      return groups;
    }

    return {
      base,
      known,
      claims: claims.filter((claim) => !claim.events.length || claim.events.some((id) => onEvent.has(id))),
      events: base.events.filter((event) => onEvent.has(event.id)),
      ofEvent: (id) => onEvent.get(id) || [],
      ofRoute: (id) => onRoute.get(id) || [],
      hasEvent: (id) => onEvent.has(id),
      isKnown: (since) => !since || !known || since <= known,
      say: (text) => say(text, known),
      saidOf,
      isDrawn: (row, groups) => isDrawn(row, groups, {base, onEvent, exists: (span) => isThere(span, dayOf(facts, known), inWindow)}),
      findings
    };
  }

  Waybill.lens = {prepare, through, say, PLACED};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.lens;
})(typeof globalThis === 'object' ? globalThis : this);
