/* From whom an account first came: the party at the root of a claim's `derived_from` chain, and the one that answers for it. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const FOR = ['asserts', 'observes', 'confirms'];

  /** The party that answers for this one. */
  function top(index, id) {
    const seen = new Set();
    let current = id;
    for (let party = index.party(id); party && party.part_of && !seen.has(current); party = index.party(current)) {
      seen.add(current);
      current = party.part_of;
    }
    return current;
  }

  /** The claim that this one goes back to, itself if it repeats nobody. */
  function ground(index, claim) {
    const seen = new Set();
    let current = claim;
    while (current.derived_from && !seen.has(current.id)) {
      seen.add(current.id);
      const above = index.claim(current.derived_from);
      if (!above) break;
      current = above;
    }
    return current;
  }

  function of(index, claim) {
    return top(index, ground(index, claim).party);
  }

  /** Claims that speak for an event and count, in the order given. */
  function counted(claims) {
    return claims.filter((claim) => FOR.includes(claim.stance) && claim.verified !== 'no');
  }

  /** Parties from whom the accounts of the aspect with the most origins came: as many as `event.origins` says, or none. */
  function parties(index, event) {
    const byAspect = new Map();
    counted(index.claims(event)).forEach((claim) =>
      (claim.about || []).forEach((aspect) => {
        if (!byAspect.has(aspect)) byAspect.set(aspect, new Set());
        byAspect.get(aspect).add(of(index, claim));
      })
    );
    const most = [...byAspect.values()].reduce((a, b) => (b.size > a.size ? b : a), new Set());
    return most.size === event.origins ? [...most] : []; // a claim taken back counts no more: then the number stands alone
  }

  /** Who speaks for an event, by origin: [{party, claims, repeaters}], in the order in which they first spoke. */
  function groups(index, claims) {
    const found = new Map();
    counted(claims).forEach((claim) => {
      const party = of(index, claim);
      if (!found.has(party)) found.set(party, {party, claims: [], repeaters: []});
      const group = found.get(party);
      const own = top(index, claim.party) === party;
      if (own) group.claims.push(claim);
      else if (!group.repeaters.includes(claim.party)) group.repeaters.push(claim.party);
    });
    return [...found.values()];
  }

  Waybill.origins = {FOR, top, ground, of, counted, parties, groups};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.origins;
})(typeof globalThis === 'object' ? globalThis : this);
