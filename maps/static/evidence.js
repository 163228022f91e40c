/* What claims come to: the rules of routes/evidence.py, held to the same table (tests/vectors/evidence.json). Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const STRENGTH = ['confirmed', 'evidenced', 'asserted', 'alleged', 'unsupported', 'none'];
  const SUPPORTS = new Set(['asserts', 'observes', 'confirms']);
  const RELEASED = new Set(['imagery', 'documents', 'physical', 'data']);
  const OFFICIAL = new Set(['state', 'international', 'agency']);
  const LAST_DAY = '9999-12-31'; // undated claims come after all others

  /** What `make` gives for a key, worked out once. */
  function once(make) {
    const made = new Map();
    return (key) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    };
  }
  /** Something and what stands above it, the top last; a circle ends where it would close. */
  function chainOf(start, above) {
    const chain = [start];
    for (let up = above(start); up && !chain.includes(up); up = above(up)) chain.push(up);
    return chain;
  }
  function last(list) {
    return list[list.length - 1];
  }
  function groupsOf(parties) {
    const groups = new Map();
    parties.forEach((party) =>
      (party.groups || []).forEach((group) => {
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push(party.id);
      })
    );
    return groups;
  }
  /** Place of each claim in the order in which they were made; claims of one day go by their table. */
  function ranks(claims) {
    const day = (claim) => claim.known_from || LAST_DAY;
    const ordered = claims.slice().sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
    return new Map(ordered.map((claim, i) => [claim.id, i]));
  }

  /** All claims and parties of a case, as the rules see them; claims in the order of their table. */
  function record({claims, parties}) {
    const all = parties || [];
    const byId = new Map(claims.map((claim) => [claim.id, claim]));
    const rank = ranks(claims);
    const partOf = new Map(all.map((party) => [party.id, party.part_of || null]));
    const lineage = once((party) => chainOf(party, (one) => partOf.get(one)));
    const ancestry = once((claim) => chainOf(claim, (one) => byId.get(one.derived_from)));
    const top = (party) => last(lineage(party));
    return {
      claims: byId,
      kinds: new Map(all.map((party) => [party.id, party.kind])),
      groups: groupsOf(all),
      has: (party) => partOf.has(party),
      /** The party and all that it is part of, the top last. */
      lineage,
      top,
      /** The claim and those it rests on, the root last. */
      ancestry,
      /** The party from whom the claim first came. */
      origin: (claim) => top(last(ancestry(claim)).party),
      /** Below zero if a claim was made before another. */
      compare: (a, b) => rank.get(a.id) - rank.get(b.id)
    };
  }

  /** Party ids of parties and groups; an id that is both is the party. */
  function parties(rec, by) {
    const ids = new Set();
    const unknown = [];
    by.forEach((name) => {
      if (rec.has(name)) ids.add(name);
      else if (rec.groups.has(name)) rec.groups.get(name).forEach((party) => ids.add(party));
      else unknown.push(name);
    });
    return {ids: [...ids], unknown};
  }

  /** Claims on record on a day, as told by some parties and those that are part of them, in the order in which they were made. */
  function known(rec, day, by) {
    const chosen = by ? new Set(by) : null;
    return [...rec.claims.values()]
      .filter(
        (claim) =>
          (!day || (claim.known_from && claim.known_from <= day)) &&
          (!chosen || rec.lineage(claim.party).some((party) => chosen.has(party)))
      )
      .sort(rec.compare);
  }

  function sameSubject(one, other) {
    if (one.events.length || other.events.length) return one.events.some((id) => other.events.includes(id));
    return (one.route || null) === (other.route || null) && (one.place || null) === (other.place || null);
  }
  /** Whether a later claim speaks of all the routes that an earlier one spoke of, or of the one asked about. */
  function covers(later, earlier, route) {
    if (!later.routes.length) return true;
    if (route) return later.routes.includes(route);
    return earlier.routes.length > 0 && earlier.routes.every((id) => later.routes.includes(id));
  }
  /** Whether a withdrawal ends a claim, or a claim that it rests on, for one aspect. */
  function takesBack(rec, claim, withdrawal, aspect, route) {
    if (!withdrawal.about.includes(aspect)) return false;
    return rec
      .ancestry(claim)
      .some(
        (ground) =>
          rec.lineage(ground.party).includes(withdrawal.party) &&
          (withdrawal.derived_from ? withdrawal.derived_from === ground.id : rec.compare(ground, withdrawal) < 0) &&
          sameSubject(ground, withdrawal) &&
          covers(withdrawal, ground, route)
      );
  }

  function statusOf(rec, supports, shown, denied) {
    if (shown.size > 1 || supports.some((claim) => claim.evidence.includes('admission'))) return 'confirmed';
    if (shown.size) return 'evidenced';
    if (supports.some((claim) => rec.lineage(claim.party).some((party) => OFFICIAL.has(rec.kinds.get(party)))))
      return 'asserted';
    if (supports.length) return 'alleged';
    return denied ? 'unsupported' : 'none';
  }

  /** Parties with a denial that no later claim of theirs has ended, in the order in which they denied. */
  function deniers(rec, claims, route) {
    if (!claims.some((claim) => claim.stance === 'denies')) return [];
    const said = new Map(); // by party, in the order in which they first denied
    const ordered = claims.slice().sort(rec.compare);
    ordered.forEach((claim) => claim.stance === 'denies' && said.set(rec.top(claim.party), []));
    ordered.forEach((claim) => said.has(rec.top(claim.party)) && said.get(rec.top(claim.party)).push(claim));
    return [...said.keys()].filter((party) =>
      said.get(party).some((denial, i, own) => denial.stance === 'denies' && !isEnded(denial, own.slice(i + 1), route))
    );
  }
  function isEnded(denial, later, route) {
    return later.some((claim) => SUPPORTS.has(claim.stance) && covers(claim, denial, route));
  }

  function finding(rec, claims, route) {
    const supports = claims.filter((claim) => SUPPORTS.has(claim.stance));
    const shown = new Set(
      supports.filter((claim) => claim.evidence.some((kind) => RELEASED.has(kind))).map((claim) => rec.origin(claim))
    );
    const origins = [...new Set(supports.map((claim) => rec.origin(claim)))];
    return {
      status: statusOf(rec, supports, shown, claims.length > supports.length),
      denied_by: deniers(rec, claims, route),
      origins: origins.length,
      from: origins
    };
  }

  /**
   * The finding on each aspect that known claims on one subject speak of: {status, denied_by, origins, from}.
   * `withdrawals` are those on any subject, `route` is the one route that is asked about.
   */
  function findings(rec, claims, {withdrawals, route} = {}) {
    const standing = claims.filter((claim) => claim.verified !== 'no');
    const gone = (withdrawals || standing).filter((one) => one.stance === 'withdraws' && one.verified !== 'no');
    const found = {};
    new Set(standing.flatMap((claim) => claim.about)).forEach((aspect) => {
      const counted = standing.filter(
        (claim) =>
          claim.about.includes(aspect) &&
          (SUPPORTS.has(claim.stance) || claim.stance === 'denies') &&
          !gone.some((one) => takesBack(rec, claim, one, aspect, route))
      );
      if (counted.length) found[aspect] = finding(rec, counted, route);
    });
    return found;
  }

  /** The strongest of some statuses; where only words of another kind are there, the first of those. */
  function strongest(statuses) {
    return STRENGTH.find((status) => statuses.includes(status)) || statuses[0] || 'none';
  }

  Waybill.evidence = {STRENGTH, record, parties, known, findings, strongest};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.evidence;
})(typeof globalThis === 'object' ? globalThis : this);
