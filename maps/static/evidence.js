/* What claims come to: the rules of routes/evidence.py, held to the same table (tests/vectors/evidence.json). Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const STRENGTH = ['confirmed', 'evidenced', 'asserted', 'alleged', 'unsupported', 'none'];
  const SUPPORTS = new Set(['asserts', 'observes', 'confirms']);
  const RELEASED = new Set(['imagery', 'documents', 'physical', 'data']);
  const OFFICIAL = new Set(['state', 'international', 'agency']);
  const LAST_DAY = '9999-12-31'; // undated claims come after all others

  /** All claims and parties of a case, as the rules see them; claims in the order of their table. */
  function record({claims, parties}) {
    const byId = new Map();
    const position = new Map();
    claims.forEach((claim, i) => {
      byId.set(claim.id, claim);
      position.set(claim.id, i);
    });
    const kinds = new Map((parties || []).map((party) => [party.id, party.kind]));
    const above = new Map((parties || []).map((party) => [party.id, party.part_of || null]));
    const groups = new Map();
    (parties || []).forEach((party) =>
      (party.groups || []).forEach((group) => {
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push(party.id);
      })
    );

    /** The party and all that it is part of, the top last. */
    function lineage(party) {
      const chain = [party];
      for (let up = above.get(party); up && !chain.includes(up); up = above.get(up)) chain.push(up);
      return chain;
    }
    function top(party) {
      const chain = lineage(party);
      return chain[chain.length - 1];
    }
    /** The claim and those it rests on, the root last. */
    function ancestry(claim) {
      const chain = [claim];
      let up = byId.get(claim.derived_from);
      while (up && !chain.includes(up)) {
        chain.push(up);
        up = byId.get(up.derived_from);
      }
      return chain;
    }
    /** The party from whom the claim first came. */
    function origin(claim) {
      const chain = ancestry(claim);
      return top(chain[chain.length - 1].party);
    }
    /** Whether a claim was made before another; claims of one day go by their table. */
    function compare(a, b) {
      const x = a.known_from || LAST_DAY;
      const y = b.known_from || LAST_DAY;
      return x < y ? -1 : x > y ? 1 : position.get(a.id) - position.get(b.id);
    }
    return {claims: byId, kinds, groups, has: (party) => above.has(party), lineage, top, ancestry, origin, compare};
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
    const ordered = claims.slice().sort(rec.compare);
    const standing = new Set();
    ordered.forEach((denial, i) => {
      if (denial.stance !== 'denies') return;
      const party = rec.top(denial.party);
      const ended = ordered
        .slice(i + 1)
        .some((later) => SUPPORTS.has(later.stance) && rec.top(later.party) === party && covers(later, denial, route));
      if (!ended) standing.add(party);
    });
    const denied = ordered.filter((claim) => claim.stance === 'denies').map((claim) => rec.top(claim.party));
    return [...new Set(denied)].filter((party) => standing.has(party));
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
