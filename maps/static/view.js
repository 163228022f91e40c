/* Rows as the page shows them through a lens: statuses, words, and nothing that is not known. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const HEADLINE = ['movement', 'cargo', 'destination', 'occurrence', 'quantity', 'path', 'attribute'];
  const FIXED = ['infrastructure', 'illustration']; // their kind is all there is to say of them

  function byId(rows) {
    return new Map((rows || []).map((row) => [row.id, row]));
  }

  /** How the values of rows are said: in a language, on the day of the lens. */
  function speaker(facts, seen, language) {
    const places = byId(facts.places);
    const sources = byId(facts.sources);
    const date = (text) => (text ? Waybill.dates.words(text, language) : null);
    const placeName = (id) => (places.has(id) ? Waybill.names.place(places.get(id), language) : id);
    const readable = (id) => sources.has(id) && seen.isKnown(sources.get(id).since);

    /** Columns of the author's own may bear any name, `__proto__` too, which an assignment would lose. */
    function sayAll(values) {
      const said = Object.entries(values || {}).map(([key, value]) => [key, seen.say(value)]);
      return Object.fromEntries(said.filter(([, text]) => text));
    }
    /** What was published of a length, as far as it was by the day. */
    function measures(rows, subject) {
      const ofWhat = (row) => (row.from || row.to || row.note ? null : subject); // else its stretch or note says what
      return (rows || [])
        .filter((row) => seen.isKnown(row.since))
        .map((row) => ({
          text: Waybill.figures.measure(row, placeName, date, ofWhat(row)),
          sources: (row.sources || []).filter(readable),
          verified: row.verified,
          note: seen.say(row.note)
        }));
    }
    function published(source) {
      if (!source) return null;
      return {text: seen.say(source.text), source: source.source && readable(source.source) ? source.source : null};
    }
    return {say: seen.say, sayAll, placeName, date, readable, measures, published};
  }

  /** Statuses and denials of a route: the strongest of its findings in each aspect, and whoever denies any. */
  function together(found) {
    const statuses = {};
    const denied = new Set();
    found.forEach((one) =>
      Object.keys(one).forEach((aspect) => {
        statuses[aspect] = Waybill.evidence.strongest([statuses[aspect], one[aspect].status].filter(Boolean));
        one[aspect].denied_by.forEach((party) => denied.add(party));
      })
    );
    return {statuses, denied_by: [...denied]};
  }

  function legRow(leg, words) {
    return Object.assign({}, leg, {note: words.say(leg.note), published_source: words.published(leg.published_source)});
  }
  /** A route as shown; null if it is not drawn. */
  function routeRow(row, seen, words) {
    const groups = seen.saidOf(row.id);
    if (!seen.isDrawn(row, groups)) return null;
    const {statuses, denied_by} = together([...groups.values()].map((list) => seen.findings(list, row.id)));
    return Object.assign({}, row, {
      status: FIXED.includes(row.kind) ? row.kind : statuses[row.kind === 'declared' ? 'destination' : 'movement'] || 'none',
      statuses,
      denied_by,
      events: [...groups.keys()].filter((id) => id !== null),
      claims: seen.ofRoute(row.id).map((claim) => claim.id),
      note: words.say(row.note),
      attributes: words.sayAll(row.attributes),
      measures: words.measures(row.measures, row.title),
      gauge_breaks: row.gauge_breaks || [],
      legs: (row.legs || []).map((leg) => legRow(leg, words))
    });
  }

  /** An event as shown, with those of its routes that are drawn. */
  function eventRow(row, seen, words, drawn) {
    const claims = seen.ofEvent(row.id);
    const found = seen.findings(claims);
    const aspects = Object.keys(found);
    const statuses = {};
    const denied = {};
    aspects.forEach((aspect) => {
      statuses[aspect] = found[aspect].status;
      if (found[aspect].denied_by.length) denied[aspect] = found[aspect].denied_by;
    });
    return Object.assign({}, row, {
      when_text: words.date(row.when),
      said_first: claims[0].known_from,
      status: statuses[HEADLINE.find((aspect) => statuses[aspect])] || 'none',
      statuses,
      denied_by: denied,
      origins: Math.max(0, ...aspects.map((aspect) => found[aspect].origins)),
      claims: claims.map((claim) => claim.id),
      routes: row.routes.filter((id) => drawn.has(id)),
      related: row.related.filter(seen.hasEvent),
      not_found: row.not_found && seen.isKnown(row.not_found[1]) ? row.not_found[0] : null,
      note: words.say(row.note),
      attributes: words.sayAll(row.attributes)
    });
  }

  /** A claim as shown; of a source that came later only the count is told. */
  function claimRow(row, seen, words, told) {
    const sources = row.sources.filter(words.readable);
    return Object.assign({}, row, {
      asserted_text: words.date(row.asserted_on),
      counted_from_text: words.date(row.counted_from),
      quantity_text: Waybill.figures.quantity(row),
      derived_from: told.has(row.derived_from) ? row.derived_from : null,
      events: row.events.filter(seen.hasEvent),
      sources,
      later_sources: row.sources.length - sources.length,
      note: words.say(row.note),
      attributes: words.sayAll(row.attributes)
    });
  }

  /** Places that a route or an event shown leads to. */
  function placeRows(facts, routes, events, words) {
    const used = new Set();
    routes.forEach((row) => row.legs.forEach((leg) => used.add(leg.from).add(leg.to)));
    events.forEach((row) => [row.place].concat(...Waybill.lens.PLACED.map((key) => row[key])).forEach((id) => used.add(id)));
    return (facts.places || [])
      .filter((row) => used.has(row.id))
      .map((row) => Object.assign({}, row, {note: words.say(row.note), measures: words.measures(row.measures, words.placeName(row.id))}));
  }

  /** Sources that something shown cites. */
  function sourceRows(facts, claims, routes, places, words) {
    const cited = new Set(claims.flatMap((row) => row.sources));
    routes.concat(places).forEach((row) => row.measures.forEach((one) => one.sources.forEach((id) => cited.add(id))));
    routes.forEach((row) => row.legs.forEach((leg) => leg.published_source && cited.add(leg.published_source.source)));
    return (facts.sources || [])
      .filter((row) => cited.has(row.id))
      .map((row) => Object.assign({}, row, {note: words.say(row.note)}));
  }

  /** Layers that hold something, and those above them; the title of another would tell what is not yet known. */
  function layerRows(facts, routes, events, words) {
    const parents = new Map((facts.layers || []).map((row) => [row.id, row.parent]));
    const used = new Set();
    routes.concat(events).forEach((row) => {
      for (let above = row.layer; above && !used.has(above); above = parents.get(above)) used.add(above);
    });
    return (facts.layers || [])
      .filter((row) => used.has(row.id))
      .map((row) => Object.assign({}, row, {note: words.say(row.note)}));
  }

  /** Facts as the page shows them: the document of maps/payload.py with statuses, words and nothing that is not known. */
  function project(facts, lens, language) {
    const seen = Waybill.lens.through(facts, lens);
    const words = speaker(facts, seen, language);
    const routes = (facts.routes || []).map((row) => routeRow(row, seen, words)).filter(Boolean);
    const drawn = new Set(routes.map((row) => row.id));
    const events = seen.events.map((row) => eventRow(row, seen, words, drawn));
    const told = new Set(seen.claims.map((claim) => claim.id));
    const claims = seen.claims.map((row) => claimRow(row, seen, words, told));
    const places = placeRows(facts, routes, events, words);
    const speakers = new Set(claims.flatMap((claim) => seen.base.record.lineage(claim.party)));
    const cut = facts.cut || {};
    const about = facts.case || {};
    return Object.assign({}, facts, {
      case: Object.assign({}, about, {summary: words.say(about.summary)}),
      known: seen.known || cut.known || null,
      by: lens.by && lens.by.length ? lens.by : cut.by || null,
      layers: layerRows(facts, routes, events, words),
      routes,
      events,
      claims,
      places,
      parties: (facts.parties || []).filter((row) => speakers.has(row.id)),
      sources: sourceRows(facts, claims, routes, places, words)
    });
  }

  Waybill.view = {project, prepare: (facts) => Waybill.lens.prepare(facts), say: (text, known) => Waybill.lens.say(text, known)};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.view;
})(typeof globalThis === 'object' ? globalThis : this);
