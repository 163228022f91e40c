/* "As told by": whose claims count. Everyone, a preset, or any set of parties; nobody chosen means everyone. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, clear} = Waybill.dom;
  const {t, list} = Waybill.words;
  const NAMES_MOST = 2;
  let serial = 0;

  /** The name of a preset: the title that the case gives it, else the page's word for it, else its id. */
  function presetName(store, id) {
    const titles = (store.facts.case || {}).groups || {};
    const key = 'told-group-' + id;
    const text = t(key);
    return titles[id] || (text === key ? id : text);
  }

  function create(store) {
    const model = Waybill.tellers.create(store.facts.parties, store.groups);
    const value = el('span', {class: 'wb-told-value'});
    const none = el('p', {class: 'wb-told-none', role: 'status'});
    const presets = el('div', {class: 'wb-told-presets', role: 'group', 'aria-label': t('told-presets')});
    const parties = el('div', {class: 'wb-told-parties', role: 'group', 'aria-label': t('told-parties')});
    const note = store.groups.some((group) => group.id === 'us-allies') ? el('p', {class: 'wb-told-note'}, t('told-group-us-allies-note')) : null;
    const popover = Waybill.popover.create({
      className: 'wb-told-box',
      label: t('told-label'),
      head: [el('span', {class: 'wb-told-name'}, t('told-label') + ':'), ' ', value],
      body: [
        el('p', {class: 'wb-told-help'}, t('told-help')),
        presets,
        note,
        el('h3', {class: 'wb-told-heading'}, t('told-parties')),
        el('p', {class: 'wb-told-note'}, t('told-part-note')),
        parties
      ],
      opened: () => update(store, null)
    });
    const node = el('div', {class: 'wb-told', hidden: !store.facts.claims.length}, none, popover.node);
    const chips = [null].concat(model.presets).map(chip);
    let boxes = new Map();
    let listed = null; // which parties the boxes are of
    presets.append(...chips.map((one) => one.node));

    const chosen = () => model.expand(store.state.by) || new Set();
    const choose = (set) => store.set({by: model.encode(set)});

    const nameOf = (id) => (model.party(id) ? Waybill.names.of(model.party(id)) : id);

    function chip(preset) {
      const id = preset ? preset.id : null;
      const press = () => {
        if (!preset) store.set({by: null});
        else choose(model.toggle(chosen(), [...preset.members], !model.covers(chosen(), preset.members)));
      };
      const button = el('button', {type: 'button', class: 'wb-told-chip', 'aria-pressed': 'false', on: {click: press}}, preset ? presetName(store, id) : t('told-everyone-button'));
      return {node: button, preset};
    }

    /** How many claims of each party, with those of its parts, are known by now; who has said nothing yet is not named. */
    function counts() {
      const found = new Map();
      const {known} = store.state;
      store.facts.claims.forEach((claim) => {
        if (known && !(claim.known_from && claim.known_from <= known)) return;
        model.lineage(claim.party).forEach((id) => found.set(id, (found.get(id) || 0) + 1));
      });
      return found;
    }

    function rows(ids, number, depth) {
      return ids
        .filter((id) => number.has(id))
        .flatMap((id) => {
          const key = 'wb-told-' + ++serial;
          const box = el('input', {type: 'checkbox', class: 'wb-check', id: key, on: {change: () => choose(model.toggle(chosen(), [id], box.checked))}});
          boxes.set(id, box);
          const count = el('span', {class: 'wb-told-count', title: t('told-claims', {n: number.get(id)})}, String(number.get(id)));
          const row = el('li', {class: 'wb-told-row' + (depth ? ' is-part' : '')}, box, el('label', {for: key}, nameOf(id)), count);
          return [row].concat(rows(model.below(id), number, depth + 1));
        });
    }

    /** The boxes, under the preset to which each party belongs. */
    function fill() {
      const number = counts();
      const key = [...number].join(';');
      if (key === listed) return;
      listed = key;
      const held = [...boxes].find(([, box]) => box === document.activeElement);
      boxes = new Map();
      const roots = model.roots();
      const groupOf = (id) => model.presets.find((preset) => preset.members.has(id)) || null;
      clear(parties).append(
        ...model.presets.concat(null).flatMap((preset) => {
          const own = rows(roots.filter((id) => groupOf(id) === preset), number, 0);
          if (!own.length) return [];
          const title = preset ? presetName(store, preset.id) : t('told-other');
          return [el('section', {class: 'wb-told-group'}, el('h4', {}, title), el('ul', {}, own))];
        })
      );
      if (held && boxes.has(held[0])) boxes.get(held[0]).focus();
    }

    /** Who is chosen, in few words. Nobody is named who has said nothing by the chosen day. */
    function summary() {
      if (!store.state.by) return t('told-everyone');
      const number = counts();
      const parts = model.parts(chosen());
      const seen = parts.parties.filter((id) => number.has(id));
      const names = parts.presets.map((preset) => presetName(store, preset.id)).concat(seen.map(nameOf));
      if (!names.length) return t('told-later');
      if (names.length <= NAMES_MOST) return list(names);
      return t('told-more', {names: list(names.slice(0, NAMES_MOST)), n: names.length - NAMES_MOST});
    }

    function update(_store, changed) {
      if (changed && !changed.has('index') && !changed.has('by') && !changed.has('known')) return;
      value.textContent = summary();
      popover.button.classList.toggle('is-limited', !!store.state.by);
      const empty = store.state.by && !store.index.payload.events.length && !store.index.payload.claims.length;
      none.textContent = empty ? t('told-nothing') : '';
      if (!popover.isOpen() && changed) return; // the boxes are filled when someone looks
      fill();
      const set = chosen();
      chips.forEach(({node: button, preset}) =>
        button.setAttribute('aria-pressed', String(preset ? model.covers(set, preset.members) : !store.state.by))
      );
      boxes.forEach((box, id) => {
        box.checked = set.has(id);
        box.indeterminate = !box.checked && model.below(id).some((part) => set.has(part));
      });
    }

    update(store, new Set(['index']));
    return {node, update, destroy: popover.destroy};
  }

  Waybill.told = {create, presetName};
})(typeof globalThis === 'object' ? globalThis : this);
