/* The state of a tree of layers: leaves are on or off, groups are on, off or mixed. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  function create(layers) {
    const byId = new Map(layers.map((layer) => [layer.id, layer]));
    const below = new Map(layers.map((layer) => [layer.id, []]));
    const roots = [];
    layers.forEach((layer) => {
      // A parent that is missing makes a root; so does a parent that would close a circle.
      const circle = ancestors(layer).includes(layer.id);
      if (layer.parent && byId.has(layer.parent) && !circle) below.get(layer.parent).push(layer.id);
      else roots.push(layer.id);
    });
    const on = new Set();

    function ancestors(layer) {
      const seen = [];
      let up = layer.parent;
      while (up && byId.has(up) && !seen.includes(up)) {
        seen.push(up);
        up = byId.get(up).parent;
      }
      return seen;
    }
    function children(id) {
      return below.get(id) || [];
    }
    function leaves(id) {
      const list = children(id);
      return list.length ? list.flatMap(leaves) : [id];
    }
    function state(id) {
      const list = leaves(id);
      const count = list.filter((leaf) => on.has(leaf)).length;
      return count === 0 ? 'off' : count === list.length ? 'on' : 'mixed';
    }
    function set(id, value) {
      if (!byId.has(id)) return;
      leaves(id).forEach((leaf) => {
        if (value) on.add(leaf);
        else on.delete(leaf);
      });
    }
    function setAll(value) {
      roots.forEach((id) => set(id, value));
    }
    /** Ids may be groups; ids that are not in the tree come back. */
    function only(ids) {
      on.clear();
      ids.forEach((id) => set(id, true));
      return ids.filter((id) => !byId.has(id));
    }
    return {
      roots,
      children,
      leaves,
      state,
      set,
      setAll,
      only,
      layer: (id) => byId.get(id),
      isOn: (id) => on.has(id),
      on: () => layers.map((l) => l.id).filter((id) => on.has(id))
    };
  }

  Waybill.tristate = {create};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.tristate;
})(typeof globalThis === 'object' ? globalThis : this);
