/* Everything around the map in one language: panel, ledger, lens bar, tools, captions. Built anew when the language changes. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t} = Waybill.words;

  /** The bar at the bottom: both clocks, and who is listened to. */
  function lens(map, layout, timeline, told) {
    const node = el('div', {class: 'wb-lens'}, timeline.node, told.node);
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

  /** `on` is what the parts ask of the page: pick, choose, spotlight, goHome, measuring, toggled. */
  function create(map, store, base, permalink, on) {
    const layout = Waybill.layout.create(map);
    const parts = [];
    const controls = [];
    const made = (part) => {
      parts.push(part);
      return part;
    };

    const search = made(Waybill.searchbox.create(store, {choose: on.choose}));
    const languages = made(Waybill.languages.create(store));
    const tree = Waybill.tree.create(store, {pick: on.pick, spotlight: on.spotlight});
    const slot = el('div');
    const panel = Waybill.panel.create(layout, store, {head: [search.node], body: [tree.node, slot]});
    const foot = el('div', {class: 'wb-panel-foot'}, languages.node);
    panel.node.appendChild(foot);

    const ledger = made(Waybill.ledger.create(store, store.style, {close: () => drawer.close(), spotlight: on.spotlight}));
    const drawer = Waybill.drawer.create(map, layout, ledger.node, {toggled: on.toggled});

    const skip = el(
      'button',
      {
        type: 'button',
        class: 'wb-skip',
        on: {
          click: () => {
            drawer.open();
            ledger.choose('routes');
          }
        }
      },
      t('skip-to-table')
    );
    layout.add('left', skip);

    const measure = Waybill.measure.create(map, {measuring: on.measuring});
    const screen = Waybill.fullscreen.create(map);
    const share = made(Waybill.share.create(store, permalink));
    controls.push(
      Waybill.toolbar.create(
        map,
        [drawer.toggle, Waybill.controls.home(on.goHome)],
        [measure.button, screen.button, share.node, Waybill.print.button().button]
      )
    );

    if (store.derived) {
      const timeline = made(Waybill.timeline.create(store, {stepping: on.stepping}));
      const told = made(Waybill.told.create(store));
      lens(map, layout, timeline, told);
    }
    controls.push(...captions(map, store, base));

    function update(changed) {
      const anew = !changed || changed.has('index');
      tree.update(changed);
      if (anew) {
        panel.update();
        const sections = [
          Waybill.others.create(store.index, {openOther: on.openOther}),
          Waybill.legend.create(store.index, store.style)
        ].filter(Boolean);
        slot.replaceChildren(...sections);
      }
      parts.forEach((part) => part.update(store, changed || new Set(['index', 'sel', 'on'])));
    }

    return {
      layout,
      panel,
      drawer,
      ledger,
      update,
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
