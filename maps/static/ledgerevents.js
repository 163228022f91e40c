/* The ledger's events: in time order under their years, one of them open to its full account. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, list, date} = Waybill.words;
  const order = Waybill.ledgerorder;
  const SAMPLE_PX = 30;
  let serial = 0;

  /** What an entry shows while it is closed; two events that look alike here need no new entry. */
  function face(event) {
    return JSON.stringify([
      event.title,
      event.when,
      event.when_text,
      event.statuses,
      event.denied_by,
      event.origins,
      event.verified,
      event.routes
    ]);
  }

  function create(store, style, on) {
    const id = 'wb-events-' + ++serial;
    const entries = new Map();
    const node = el('div', {class: 'wb-ledger-list', on: {keydown: onKey}});
    let hot = new Set();

    function facts(event) {
      const index = store.index;
      const denied = index.deniers(order.deniers(event));
      return [
        order
          .headline(event)
          .map((aspect) =>
            el(
              'span',
              {class: 'wb-entry-status'},
              el('span', {class: 'wb-key'}, Waybill.words.name('aspect', aspect)),
              Waybill.account.status(index, style, event, aspect, SAMPLE_PX)
            )
          ),
        denied.length
          ? el(
              'span',
              {class: 'wb-denial'},
              Waybill.badges.symbol(14),
              el('span', {}, t('denied', {who: list(denied)}))
            )
          : null,
        event.verified === 'no' ? el('span', {class: 'wb-tag is-warn'}, t('unverified')) : null,
        event.origins
          ? el(
              'span',
              {class: 'wb-entry-origins'},
              event.origins === 1 ? t('ledger-origin') : t('ledger-origins', {n: event.origins})
            )
          : null
      ];
    }

    function build(event) {
      const own = id + '-' + event.id;
      const button = el(
        'button',
        {
          type: 'button',
          class: 'wb-entry-button',
          'aria-expanded': 'false',
          'aria-controls': own,
          'aria-describedby': own + '-facts',
          on: {click: () => choose(event.id)}
        },
        el('span', {class: 'wb-entry-date'}, event.when_text || date(event.when) || t('ledger-undated')),
        el('span', {class: 'wb-entry-title'}, event.title)
      );
      const account = el('div', {class: 'wb-account', id: own, hidden: true});
      const spotlight = (yes) => () => on.spotlight && on.spotlight(yes && event.routes.length ? event.routes : null);
      const item = el(
        'li',
        {
          class: 'wb-entry has-' + order.dateKind(event),
          'data-event': event.id,
          on: {
            pointerenter: spotlight(true),
            pointerleave: spotlight(false),
            focusin: spotlight(true),
            focusout: spotlight(false)
          }
        },
        el(
          'div',
          {class: 'wb-entry-head'},
          el('h4', {}, button),
          el('p', {class: 'wb-entry-facts', id: own + '-facts'}, facts(event))
        ),
        account
      );
      return {item, button, account, face: face(event), event};
    }

    function choose(event) {
      if (store.state.sel === event) store.set({sel: null});
      else on.select(event);
    }

    /** Entries of the events now shown; those built before are used again, also when they come back, unless they changed. */
    function render() {
      const index = store.index;
      const years = order.events(index.payload.events || []).map(({year, items}) => {
        const heading = id + '-' + (year || 'undated');
        const rows = items.map((event) => {
          const old = entries.get(event.id);
          const entry = old && old.face === face(event) ? old : build(event);
          entry.event = event;
          if (old !== entry) entries.set(event.id, entry);
          return entry.item;
        });
        return {key: heading, year, rows};
      });
      if (years.length) Waybill.ledgerlist.sections(node, years);
      else node.replaceChildren(Waybill.ledgerlist.empty(store));
      sync();
    }

    /** Events that the selection stands for: itself, those of a route, those at a place. */
    function marked() {
      const sel = store.state.sel;
      if (!sel) return [];
      const route = store.index.route(sel);
      const events = store.index.payload.events || [];
      if (route) return events.filter((event) => (route.events || []).includes(event.id));
      return events.filter((event) => event.id === sel || event.place === sel);
    }

    function expand(entry, yes) {
      entry.button.setAttribute('aria-expanded', String(yes));
      entry.item.classList.toggle('is-open', yes);
      if (yes) entry.item.classList.add('was-open');
      entry.account.hidden = !yes;
      const inside = entry.account.contains(document.activeElement);
      entry.account.replaceChildren();
      if (yes)
        entry.account.append(
          el(
            'div',
            {class: 'wb-account-body'},
            Waybill.account.ofEvent(store.index, style, entry.event, {select, isOn})
          )
        );
      if (inside && yes) entry.button.focus({preventScroll: true});
    }
    function isOn(layer) {
      return !store.index.layer(layer) || store.isOn(layer);
    }
    /** From an account to another event or a route: the account closes, so the focus goes to the first entry meant. */
    function select(sel) {
      on.select(sel);
      const entry = entries.get(sel) || first();
      if (entry && !node.contains(document.activeElement)) entry.button.focus({preventScroll: true});
    }

    /** Open and mark what is selected; what the reader's hand is on stays where it is on the screen. */
    function sync() {
      const held = store.index.event(store.state.sel) && entries.get(store.state.sel);
      const hand = held && held.item.contains(document.activeElement);
      const before = hand ? held.button.getBoundingClientRect().top : 0;
      entries.forEach((entry) => {
        if (entry !== held && !entry.account.hidden) expand(entry, false);
      });
      if (held) expand(held, true);
      const ids = new Set(marked().map((event) => event.id));
      entries.forEach((entry, key) => {
        entry.item.classList.toggle('is-marked', ids.has(key));
        if (ids.has(key)) entry.button.setAttribute('aria-current', 'true');
        else entry.button.removeAttribute('aria-current');
      });
      paint();
      if (hand) node.scrollTop += held.button.getBoundingClientRect().top - before;
    }

    function first() {
      const event = order.events(marked()).flatMap((year) => year.items)[0];
      return event && entries.get(event.id);
    }

    /** Bring the first entry of the selection into view, unless the reader is in it. */
    function reveal() {
      const entry = first();
      if (!entry || entry.item.contains(document.activeElement)) return;
      Waybill.ledgerlist.reveal(node, entry.item);
    }

    function paint() {
      entries.forEach((entry, key) => entry.item.classList.toggle('is-hot', hot.has(key)));
    }
    function highlight(events) {
      hot = new Set(events || []);
      paint();
    }

    function onKey(event) {
      const buttons = [...node.querySelectorAll('.wb-entry-button')];
      Waybill.ledgerlist.step(event, buttons);
    }

    function update(changed) {
      if (changed.has('index') || changed.has('lang')) render();
      else if (changed.has('sel') || changed.has('on')) sync();
      if (changed.has('sel')) reveal();
    }

    return {node, update, reveal, highlight, count: () => (store.index.payload.events || []).length};
  }

  Waybill.ledgerevents = {create};
})(typeof globalThis === 'object' ? globalThis : this);
