/*
 * The record through a lens: what was known on a day, told by some parties, of events in a window. The same rules as
 * routes/view.py; tests hold the two together. Pure: no document.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const rules = () => Waybill.evidence;
  const dates = () => Waybill.dates;
  const prepared = new WeakMap();
  const HEADLINE = ['movement', 'cargo', 'destination', 'occurrence', 'quantity', 'path', 'attribute'];
  const PLACED = ['declared_origin', 'asserted_origin', 'declared_destination', 'asserted_destination'];

  /** What does not depend on the lens: parsed dates, the record that the rules see, events by route. */
  function prepare(facts) {
    if (prepared.has(facts)) return prepared.get(facts);
    const span = (text) => (text ? dates().parse(text) : null);
    const claims = (facts.claims || []).map((row) => {
      const said = span(row.asserted_on);
      const lists = {events: row.events || [], routes: row.routes || [], about: row.about || [], evidence: row.evidence || [], sources: row.sources || []};
      return Object.assign({}, row, lists, {known_from: said ? said.latest : null});
    });
    const events = (facts.events || []).map((row) => {
      const lists = {routes: row.routes || [], related: row.related || []};
      PLACED.forEach((key) => (lists[key] = row[key] || []));
      return Object.assign({}, row, lists, {span: span(row.when)});
    });
    const ofRoute = new Map();
    events.forEach((event) => event.routes.forEach((id) => add(ofRoute, id, event)));
    const made = {
      claims,
      events,
      ofRoute,
      claimed: new Set(claims.map((claim) => claim.route).filter(Boolean)),
      record: rules().record({claims, parties: facts.parties || []}),
      exists: new Map((facts.routes || []).map((row) => [row.id, span(row.exists)]))
    };
    prepared.set(facts, made);
    return made;
  }

  function add(map, key, value) {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(value);
  }

  /** A text of facts as the day allows: plain, or pairs of sentence and the day from which it was known. */
  function say(text, known) {
    if (!Array.isArray(text)) return text || null;
    const kept = text.filter(([, since]) => !since || !known || since <= known).map(([sentence]) => sentence);
    return kept.join(' ') || null;
  }
  function sayAll(values, known) {
    const kept = {};
    Object.keys(values || {}).forEach((key) => {
      const text = say(values[key], known);
      if (text) kept[key] = text;
    });
    return kept;
  }

  /** Facts as the page shows them: the document of maps/payload.py with statuses, words and nothing that is not known. */
  function project(facts, lens, language) {
    const base = prepare(facts);
    const known = lens.known || null;
    const told = lens.by ? rules().parties(base.record, lens.by).ids : null;
    const claims = rules().known(base.record, known, told);
    const withdrawals = claims.filter((claim) => claim.stance === 'withdraws');
    const inWindow = (span) => !span || dates().overlaps(span, lens.from || null, lens.to || null);
    const isKnown = (since) => !since || !known || since <= known;

    const events = base.events.filter((event) => inWindow(event.span));
    const outside = new Set(base.events.filter((event) => !inWindow(event.span)).map((event) => event.id));
    const onEvent = new Map();
    const onRoute = new Map();
    claims.forEach((claim) => {
      claim.events.forEach((id) => outside.has(id) || add(onEvent, id, claim));
      if (claim.route) add(onRoute, claim.route, claim);
    });
    const find = (list, route) => rules().findings(base.record, list, {withdrawals, route: route || null});

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
    function exists(row) {
      const span = base.exists.get(row.id);
      const day = known || (facts.cut && facts.cut.known) || (facts.case && facts.case.updated) || null;
      return !span || (dates().overlaps(span, day, day) && inWindow(span));
    }
    function isDrawn(row, groups) {
      if (row.kind === 'infrastructure') return exists(row);
      if (row.kind === 'illustration') return !row.illustrates || onEvent.has(row.illustrates);
      return groups.size > 0 || !(base.ofRoute.has(row.id) || base.claimed.has(row.id));
    }

    function route(row) {
      const groups = saidOf(row.id);
      if (!isDrawn(row, groups)) return null;
      const found = [...groups.values()].map((list) => find(list, row.id));
      const statuses = {};
      const denied = new Set();
      found.forEach((one) =>
        Object.keys(one).forEach((aspect) => {
          statuses[aspect] = rules().strongest([statuses[aspect], one[aspect].status].filter(Boolean));
          one[aspect].denied_by.forEach((party) => denied.add(party));
        })
      );
      const fixed = ['infrastructure', 'illustration'].includes(row.kind);
      return Object.assign({}, row, {
        status: fixed ? row.kind : statuses[row.kind === 'declared' ? 'destination' : 'movement'] || 'none',
        statuses,
        denied_by: [...denied],
        events: [...groups.keys()].filter((id) => id !== null),
        claims: (onRoute.get(row.id) || []).map((claim) => claim.id),
        note: say(row.note, known),
        attributes: sayAll(row.attributes, known),
        measures: measures(row.measures),
        gauge_breaks: row.gauge_breaks || [],
        legs: (row.legs || []).map((leg) =>
          Object.assign({}, leg, {note: say(leg.note, known), published_source: published(leg.published_source)})
        )
      });
    }

    const places = new Map((facts.places || []).map((row) => [row.id, row]));
    const sources = new Map((facts.sources || []).map((row) => [row.id, row]));
    const placeName = (id) => (places.has(id) ? Waybill.names.place(places.get(id), language) : id);
    const readable = (id) => sources.has(id) && isKnown(sources.get(id).since);
    const inWords = (text) => (text ? dates().words(text, language) : null);

    function measures(rows) {
      return (rows || [])
        .filter((row) => isKnown(row.since))
        .map((row) => ({
          text: Waybill.figures.measure(row, placeName, inWords),
          sources: (row.sources || []).filter(readable),
          verified: row.verified,
          note: say(row.note, known)
        }));
    }
    function published(source) {
      if (!source) return null;
      return {text: say(source.text, known), source: source.source && readable(source.source) ? source.source : null};
    }

    const routes = (facts.routes || []).map(route).filter(Boolean);
    const drawn = new Set(routes.map((row) => row.id));

    function event(row) {
      const list = onEvent.get(row.id);
      const found = find(list);
      const aspects = Object.keys(found);
      const statuses = {};
      const denied = {};
      aspects.forEach((aspect) => {
        statuses[aspect] = found[aspect].status;
        if (found[aspect].denied_by.length) denied[aspect] = found[aspect].denied_by;
      });
      return Object.assign({}, row, {
        when_text: inWords(row.when),
        said_first: list[0].known_from,
        status: statuses[HEADLINE.find((aspect) => statuses[aspect])] || 'none',
        statuses,
        denied_by: denied,
        origins: Math.max(0, ...aspects.map((aspect) => found[aspect].origins)),
        claims: list.map((claim) => claim.id),
        routes: row.routes.filter((id) => drawn.has(id)),
        related: row.related.filter((id) => onEvent.has(id)),
        not_found: row.not_found && isKnown(row.not_found[1]) ? row.not_found[0] : null,
        note: say(row.note, known),
        attributes: sayAll(row.attributes, known)
      });
    }
    const seen = events.filter((row) => onEvent.has(row.id)).map(event);

    const spoken = claims.filter((claim) => !claim.events.length || claim.events.some((id) => onEvent.has(id)));
    const told_ids = new Set(spoken.map((claim) => claim.id));
    const said = spoken.map((row) =>
      Object.assign({}, row, {
        asserted_text: inWords(row.asserted_on),
        counted_from_text: inWords(row.counted_from),
        quantity_text: Waybill.figures.quantity(row),
        derived_from: told_ids.has(row.derived_from) ? row.derived_from : null,
        events: row.events.filter((id) => onEvent.has(id)),
        sources: row.sources.filter(readable),
        later_sources: row.sources.filter((id) => !readable(id)).length,
        note: say(row.note, known),
        attributes: sayAll(row.attributes, known)
      })
    );

    const used = new Set();
    routes.forEach((row) => row.legs.forEach((leg) => used.add(leg.from).add(leg.to)));
    seen.forEach((row) => [row.place].concat(...PLACED.map((key) => row[key])).forEach((id) => id && used.add(id)));
    const shownPlaces = (facts.places || [])
      .filter((row) => used.has(row.id))
      .map((row) => Object.assign({}, row, {note: say(row.note, known), measures: measures(row.measures)}));

    const cited = new Set(said.flatMap((row) => row.sources));
    routes.concat(shownPlaces).forEach((row) => row.measures.forEach((one) => one.sources.forEach((id) => cited.add(id))));
    routes.forEach((row) => row.legs.forEach((leg) => leg.published_source && cited.add(leg.published_source.source)));
    const speakers = new Set(spoken.flatMap((claim) => base.record.lineage(claim.party)));
    const about = facts.case || {};
    return Object.assign({}, facts, {
      case: Object.assign({}, about, {summary: say(about.summary, known)}),
      known: known || (facts.cut && facts.cut.known) || null,
      by: lens.by && lens.by.length ? lens.by : (facts.cut && facts.cut.by) || null,
      layers: layers(facts, routes, seen, known),
      routes,
      events: seen,
      claims: said,
      places: shownPlaces,
      parties: (facts.parties || []).filter((row) => speakers.has(row.id)),
      sources: (facts.sources || [])
        .filter((row) => cited.has(row.id))
        .map((row) => Object.assign({}, row, {note: say(row.note, known)}))
    });
  }

  /** Layers that hold something, and those above them; the title of another would tell what is not yet known. */
  function layers(facts, routes, events, known) {
    const parents = new Map((facts.layers || []).map((row) => [row.id, row.parent]));
    const used = new Set();
    routes.concat(events).forEach((row) => {
      let above = row.layer;
      while (above && !used.has(above)) {
        used.add(above);
        above = parents.get(above);
      }
    });
    return (facts.layers || [])
      .filter((row) => used.has(row.id))
      .map((row) => Object.assign({}, row, {note: say(row.note, known)}));
  }

  Waybill.view = {project, prepare, say};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.view;
})(typeof globalThis === 'object' ? globalThis : this);
