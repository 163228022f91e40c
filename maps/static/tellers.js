/* Sets of parties: who counts when some are chosen, and how to write a set as parties and presets. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  /**
   * The parties and presets of a case. A set is always whole: with a party come all that are part of it, because what they
   * say it says (`known_claims` in Python has the same rule).
   */
  function create(parties, groups) {
    const byId = new Map(parties.map((party) => [party.id, party]));
    const below = new Map();
    parties.forEach((party) => {
      if (!party.part_of || !byId.has(party.part_of)) return;
      if (!below.has(party.part_of)) below.set(party.part_of, []);
      below.get(party.part_of).push(party.id);
    });
    const presets = groups.map((group) => ({id: group.id, members: whole(group.parties)}));

    function lineage(id) {
      const chain = [id];
      for (;;) {
        const party = byId.get(chain[chain.length - 1]);
        if (!party || !party.part_of || chain.includes(party.part_of)) return chain;
        chain.push(party.part_of);
      }
    }
    /** The parties given and all that are part of them. */
    function whole(ids) {
      const set = new Set();
      const add = (id) => {
        if (set.has(id) || !byId.has(id)) return;
        set.add(id);
        (below.get(id) || []).forEach(add);
      };
      ids.forEach(add);
      return set;
    }
    /** The set that a `by` list means; null means everyone. A name that is both is a party, as in Python. */
    function expand(by) {
      if (!by) return null;
      return whole(
        by.flatMap((name) => {
          if (byId.has(name)) return [name];
          const preset = groups.find((group) => group.id === name);
          return preset ? preset.parties : [];
        })
      );
    }
    function tells(by) {
      const chosen = expand(by);
      return (party) => !chosen || lineage(party).some((id) => chosen.has(id));
    }
    const covers = (big, small) => small.size > 0 && [...small].every((id) => big.has(id));
    const same = (a, b) => a.size === b.size && covers(a, b);
    /** The presets that are wholly in a set, and the topmost parties that they leave over. */
    function parts(set) {
      const rest = new Set(set);
      const full = presets.filter((preset) => covers(set, preset.members));
      full.forEach((preset) => preset.members.forEach((id) => rest.delete(id)));
      return {presets: full, parties: tops(rest)};
    }
    function tops(set) {
      return parties.map((party) => party.id).filter((id) => set.has(id) && !lineage(id).slice(1).some((one) => set.has(one)));
    }
    /** The shortest `by` list for a set; nobody and everybody are null. A preset whose name would be read as a smaller party is written out. */
    function encode(set) {
      if (!set || !set.size || set.size === byId.size) return null;
      const found = parts(set);
      return [
        ...new Set(
          found.presets
            .flatMap((preset) => (same(expand([preset.id]), preset.members) ? [preset.id] : tops(preset.members)))
            .concat(found.parties)
        )
      ];
    }
    /** A set with a party added with its parts, or taken out; whoever it is part of then goes too, for they would bring it back. */
    function toggle(set, ids, on) {
      const next = new Set(set || []);
      const moved = whole(ids);
      moved.forEach((id) => (on ? next.add(id) : next.delete(id)));
      if (!on) [...moved].forEach((id) => lineage(id).forEach((one) => next.delete(one)));
      return next;
    }
    return {presets, roots: () => parties.filter((party) => !byId.has(party.part_of)).map((party) => party.id),
            below: (id) => below.get(id) || [], party: (id) => byId.get(id), lineage, whole, expand, tells, parts, encode, toggle, covers};
  }

  Waybill.tellers = {create};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.tellers;
})(typeof globalThis === 'object' ? globalThis : this);
