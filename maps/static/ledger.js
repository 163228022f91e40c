/* The ledger: what is on record as a list, in step with the map. Events, claims, and the routes as a table. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button} = Waybill.dom;
  const {t} = Waybill.words;
  const EVERYTHING = ['index', 'sel', 'on', 'lang'];
  const ROWS = '[data-event], [data-claim], [data-route]';
  const idOf = ({dataset}) => dataset.event || dataset.claim || dataset.route;
  const SETTLE_FRAMES = 7; // more than those of ledgerlist.reveal
  let serial = 0;

  /** `on` is {close(), spotlight(routeIds or null), select(id)}, the last of which also brings its layers on. Parts are filled only while they can be seen. */
  function create(store, style, on) {
    const id = 'wb-ledger-' + ++serial;
    const parts = [
      {key: 'events', title: t('ledger-events'), part: Waybill.ledgerevents.create(store, style, on)},
      {key: 'claims', title: t('ledger-claims'), part: Waybill.ledgerclaims.create(store, on)},
      {key: 'routes', title: t('ledger-routes'), part: Waybill.ledgertable.create(store, style, on)}
    ]
      // of lines without a case there is nothing but the table
      .filter(({key}) => store.index.judged || key === 'routes')
      .map(dress);
    let current = parts[0];

    const list = el(
      'div',
      {class: 'wb-tabs', role: 'tablist', 'aria-label': t('ledger-tabs'), on: {keydown: onKey}},
      parts.map((one) => one.tab)
    );
    const node = el(
      'div',
      {class: 'wb-ledger-body'},
      el(
        'header',
        {class: 'wb-ledger-head'},
        el('h2', {}, t('ledger-title')),
        on.close ? button('wb-close', t('ledger-close'), () => on.close(), '×') : null
      ),
      list,
      parts.map((one) => one.panel)
    );
    const sight = root.ResizeObserver ? new root.ResizeObserver(fill) : null;
    if (sight) sight.observe(node);

    function dress({key, title, part}) {
      const count = el('span', {class: 'wb-tab-count'});
      const tab = el(
        'button',
        {
          type: 'button',
          class: 'wb-tab',
          role: 'tab',
          id: id + '-tab-' + key,
          'aria-controls': id + '-' + key,
          on: {click: () => choose(key)}
        },
        title,
        ' ',
        count
      );
      const panel = el(
        'div',
        {class: 'wb-tabpanel', role: 'tabpanel', id: id + '-' + key, 'aria-labelledby': id + '-tab-' + key},
        part.node
      );
      return {key, part, tab, count, panel, missed: new Set(EVERYTHING)};
    }

    function paint() {
      parts.forEach((one) => {
        const chosen = one === current;
        one.tab.setAttribute('aria-selected', String(chosen));
        one.tab.setAttribute('tabindex', chosen ? '0' : '-1');
        one.panel.hidden = !chosen;
        one.count.textContent = one.part.count();
      });
    }

    function choose(key) {
      current = parts.find((one) => one.key === key) || current;
      paint();
      fill();
    }

    function seen() {
      // asking for boxes would lay the page out
      return node.isConnected && !node.closest('[hidden]');
    }

    /** Bring the part that is seen up to date with what it missed. */
    function fill() {
      if (!current.missed.size || !seen()) return;
      const missed = current.missed;
      current.missed = new Set();
      current.part.update(missed);
    }

    function update(_, changed) {
      parts.forEach((one) => changed.forEach((key) => one.missed.add(key)));
      if (changed.has('index') || changed.has('on') || changed.has('lang')) paint();
      fill();
    }

    /** Bring an event, or the first event of a route, into view. */
    function show(sel) {
      if (current !== parts[0]) choose('events');
      if (store.state.sel !== sel) store.set({sel});
      fill();
      if (current.part.reveal) current.part.reveal();
    }

    /** Where the reader is in the ledger: the tab, the first row in view and how far it is cut, and what has the focus. */
    function memory() {
      const list = current.panel.querySelector('.wb-ledger-list');
      const top = list ? list.getBoundingClientRect().top : 0;
      const row = list && [...list.querySelectorAll(ROWS)].find((one) => one.getBoundingClientRect().bottom > top + 1);
      const held = node.contains(document.activeElement) ? document.activeElement : null;
      const own = held && held.closest(ROWS);
      return {
        tab: current.key,
        row: row && idOf(row),
        offset: row ? row.getBoundingClientRect().top - top : 0,
        focus: held && (own ? idOf(own) : 'tab')
      };
    }
    /** Go back to where a reader was, as `memory` told it. */
    function recall({tab, row, offset, focus}) {
      choose(tab);
      const list = current.panel.querySelector('.wb-ledger-list');
      const find = (wanted) => list && [...list.querySelectorAll(ROWS)].find((one) => idOf(one) === wanted);
      const put = () => {
        const again = row && find(row);
        if (again) list.scrollTop += again.getBoundingClientRect().top - list.getBoundingClientRect().top - offset;
      };
      // rows out of sight have only a guessed height until they are laid out, and a choice brings itself into view meanwhile
      const settle = (frames) => {
        put();
        if (frames) root.requestAnimationFrame(() => settle(frames - 1));
      };
      settle(SETTLE_FRAMES);
      const own = focus && find(focus);
      const target = own ? (own.matches('button') ? own : own.querySelector('button')) : focus && current.tab;
      if (target) target.focus({preventScroll: true});
    }

    function onKey(event) {
      const at = parts.findIndex((one) => one.tab === event.target);
      const last = parts.length - 1;
      const to = {ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last}[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      choose(parts[to].key);
      parts[to].tab.focus();
    }

    function destroy() {
      if (sight) sight.disconnect();
      if (on.spotlight) on.spotlight(null);
      node.remove();
    }

    paint();
    return {
      node,
      update,
      memory,
      recall,
      show,
      choose: (key) => {
        choose(key);
        current.tab.focus();
      },
      highlight: parts[0].part.highlight || (() => {}),
      destroy
    };
  }

  Waybill.ledger = {create};
})(typeof globalThis === 'object' ? globalThis : this);
