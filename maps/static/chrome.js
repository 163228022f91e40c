/* Everything around the map in one language: panel, ledger, lens bar, tools, captions. Built anew when the language changes. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t} = Waybill.words;

  /** The bar at the bottom, which holds both clocks and who is listened to; its place is kept until they are there. */
  function lens(map, layout) {
    const node = el('div', {class: 'wb-lens'});
    layout.add('bottom', node, () => (node.offsetHeight ? map.getContainer().clientHeight - node.offsetTop : 0));
    return node;
  }

  function captions(map, store, base) {
    const own = (store.facts.case && store.facts.case.disclaimer) || '';
    return [
      Waybill.controls.caption(
        map,
        [/not for navigation/i.test(own) ? '' : t('disclaimer'), own, base.disclaimer].filter(Boolean)
      ),
      Waybill.controls.scale(map)
    ];
  }

  /**
   * `on` is what the parts ask of the page: pick, choose, spotlight, goHome, measuring, stepping, toggled. What is not
   * needed to see the map (`ready`) is made when the map stands, or when somebody asks for it.
   */
  function create(map, store, base, permalink, on) {
    const layout = Waybill.layout.create(map);
    const parts = [];
    const made = (part) => {
      parts.push(part);
      return part;
    };
    const everything = new Set(['index', 'sel', 'on']);

    const search = made(Waybill.searchbox.create(store, {choose: on.choose}));
    const languages = made(Waybill.languages.create(store));
    const tree = Waybill.tree.create(store, {pick: on.pick, spotlight: on.spotlight});
    const slot = el('div');
    const panel = Waybill.panel.create(layout, store, {head: [search.node], body: [tree.node, slot]});
    panel.node.appendChild(el('div', {class: 'wb-panel-foot'}, languages.node));
    const bar = store.derived || store.extent.first ? lens(map, layout) : null;
    const drawer = Waybill.drawer.create(map, layout, {toggled: on.toggled, opening: () => ready()});
    const skip = el('button', {type: 'button', class: 'wb-skip', on: {click: () => toTable()}}, t('skip-to-table'));
    layout.add('left', skip);
    const measure = Waybill.measure.create(map, {measuring: on.measuring});
    const screen = Waybill.fullscreen.create(map);
    const share = made(Waybill.share.create(store, permalink));
    const controls = [
      Waybill.toolbar.create(
        map,
        [drawer.toggle, Waybill.controls.home(on.goHome)],
        [measure.button, screen.button, share.node, Waybill.print.button(map).button]
      ),
      ...captions(map, store, base)
    ];
    const rest = {ledger: null};

    /** Ledger, lens bar and legend, once. */
    function ready() {
      if (rest.ledger) return;
      const before = parts.length;
      rest.ledger = made(Waybill.ledger.create(store, store.style, {close: () => drawer.close(), spotlight: on.spotlight, select: on.select}));
      drawer.node.appendChild(rest.ledger.node);
      if (bar && !store.derived) {
        bar.append(made(Waybill.clock.create(store)).node);
        bar.classList.add('is-ready');
      } else if (bar) {
        const timeline = made(Waybill.timeline.create(store, {stepping: on.stepping}));
        bar.append(timeline.node, made(Waybill.told.create(store)).node);
        bar.classList.add('is-ready');
      }
      parts.slice(before).forEach((part) => part.update(store, everything));
      fold();
      layout.changed();
    }
    function toTable() {
      drawer.open();
      rest.ledger.choose('routes');
    }

    /** What follows the tree in the panel. */
    function fold() {
      const sections = [
        Waybill.others.create(store.index, {openOther: on.openOther}),
        Waybill.legend.create(store.index, store.style)
      ].filter(Boolean);
      slot.replaceChildren(...sections);
    }
    function update(changed) {
      tree.update(changed);
      if (!changed || changed.has('index')) {
        panel.update();
        if (rest.ledger) fold();
      }
      parts.forEach((part) => part.update(store, changed || everything));
    }

    return {
      layout,
      panel,
      drawer,
      update,
      ready,
      /** Where a reader was in the ledger, and back to it in another language. */
      memory: () => (rest.ledger && drawer.isOpen() ? rest.ledger.memory() : null),
      recall: (memory) => rest.ledger && memory && rest.ledger.recall(memory),
      highlight: (events) => rest.ledger && rest.ledger.highlight(events),
      destroy: () => {
        parts.forEach((part) => part.destroy && part.destroy());
        [measure, screen].forEach((part) => part.destroy && part.destroy());
        controls.forEach((control) => control.remove());
        layout.destroy();
      }
    };
  }

  Waybill.chrome = {create};
})(typeof globalThis === 'object' ? globalThis : this);
