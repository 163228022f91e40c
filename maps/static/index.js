/* The payload by id, and the questions the page asks of it. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  function byId(list) {
    return new Map((list || []).map((item) => [item.id, item]));
  }

  /** First date named in an EDTF text, for sorting; undated things go last. */
  function sortKey(edtf) {
    const found = /\d{4}(-\d{2}){0,2}/.exec(edtf || '');
    return found ? found[0] : '9999';
  }

  function byDate(a, b) {
    const x = sortKey(a.when || a.asserted_on);
    const y = sortKey(b.when || b.asserted_on);
    return x < y ? -1 : x > y ? 1 : 0;
  }

  function create(payload) {
    const layers = payload.layers || [];
    const routes = payload.routes || [];
    const maps = {
      layers: byId(layers),
      routes: byId(routes),
      places: byId(payload.places),
      events: byId(payload.events),
      claims: byId(payload.claims),
      parties: byId(payload.parties),
      sources: byId(payload.sources)
    };
    const inLayer = new Map();
    let examples = null;
    routes.forEach((route) => {
      if (!inLayer.has(route.layer)) inLayer.set(route.layer, []);
      inLayer.get(route.layer).push(route);
    });

    function pick(name, ids) {
      return (ids || []).map((id) => maps[name].get(id)).filter(Boolean);
    }
    function nameOf(table, id) {
      const item = maps[table].get(id);
      return item ? Waybill.names.of(item) : id;
    }
    function names(table, ids) {
      return (ids || []).map((id) => nameOf(table, id));
    }
    /** Names of who denies, each once, in the order of the case's parties: the same wherever they are listed. */
    function deniers(...lists) {
      const ids = new Set(lists.flat().filter(Boolean));
      const known = [...maps.parties.keys()].filter((id) => ids.has(id));
      return names('parties', known.concat([...ids].filter((id) => !maps.parties.has(id))));
    }
    function legs(route) {
      return (route.legs || []).slice().sort((a, b) => a.seq - b.seq);
    }
    function modes(route) {
      return [...new Set(legs(route).map((leg) => leg.mode || 'unknown'))];
    }
    function modeLabel(mode) {
      return Waybill.words.name('mode', mode);
    }
    function events(route) {
      return pick('events', route.events).sort(byDate);
    }
    /** Claims of an event; with a route, only those that speak of it or of no route in particular. */
    function claims(owner, route) {
      return pick('claims', owner.claims)
        .filter((claim) => !route || !(claim.routes || []).length || claim.routes.includes(route.id))
        .sort(byDate);
    }
    function allClaims(route) {
      const seen = new Set();
      return [route]
        .concat(events(route))
        .flatMap((owner) => claims(owner, route))
        .filter((claim) => !seen.has(claim.id) && seen.add(claim.id))
        .sort(byDate);
    }
    /** Source ids in order of first use. */
    function cited(list) {
      return [...new Set(list.flatMap((claim) => claim.sources || []))];
    }
    function statusLabel(status) {
      return Waybill.words.name('status', status);
    }
    function statusMeaning(status) {
      return Waybill.words.name('meaning', status);
    }
    function grade(kind, code) {
      return Waybill.words.name(kind, code);
    }
    /** Events to be shown as points: those with a place that is a point and no route among the shown ones. */
    function pointEvents() {
      return (payload.events || []).filter((event) => {
        const place = maps.places.get(event.place);
        const routed = (event.routes || []).some((id) => maps.routes.has(id));
        return place && place.kind !== 'region' && isFinite(place.lon) && !routed;
      });
    }
    /** Events that neither a shown route nor a point leads to, in time order. */
    function otherEvents() {
      const points = new Set(pointEvents().map((event) => event.id));
      const routed = (event) => (event.routes || []).some((id) => maps.routes.has(id));
      return (payload.events || []).filter((event) => !points.has(event.id) && !routed(event)).sort(byDate);
    }
    return {
      payload,
      /** Whether anything is said of the routes that could bear out a status; false for lines without a case. */
      judged: payload.version !== 1 || (payload.events || []).length + (payload.claims || []).length > 0,
      /** Language of the case's own texts, for their `lang`; null where it is that of the page. */
      language: Waybill.words && Waybill.words.caseLang ? Waybill.words.caseLang(payload) : null,
      layers,
      routes,
      /** Whether coordinates, and so lengths, are still being read. */
      get pending() {
        return !!payload.frame && !payload.frame.shapes;
      },
      /** Enough of the routes to know what a legend must explain: all, or one of each kind of many. */
      get examples() {
        examples = examples || (payload.frame ? Waybill.rows.examples(routes) : routes);
        return examples;
      },
      pick,
      nameOf,
      names,
      deniers,
      legs,
      modes,
      modeLabel,
      events,
      claims,
      allClaims,
      cited,
      statusLabel,
      statusMeaning,
      grade,
      pointEvents,
      otherEvents,
      route: (id) => maps.routes.get(id),
      place: (id) => maps.places.get(id),
      party: (id) => maps.parties.get(id),
      event: (id) => maps.events.get(id),
      claim: (id) => maps.claims.get(id),
      source: (id) => maps.sources.get(id),
      layer: (id) => maps.layers.get(id),
      routesIn: (id) => inLayer.get(id) || []
    };
  }

  Waybill.index = {create, sortKey, byDate};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.index;
})(typeof globalThis === 'object' ? globalThis : this);
