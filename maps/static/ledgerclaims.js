/* The ledger's claims: every one in the order in which it was made, denials as large as assertions. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t} = Waybill.words;
  const FILTERS = ['all', 'for', 'against', 'searched', 'note'];
  let serial = 0;

  function create(store, on) {
    const id = 'wb-claims-' + ++serial;
    const rows = new Map();
    let filter = 'all';
    let owners = new Map();
    const inputs = FILTERS.map((key) =>
      el('input', {type: 'radio', name: id, value: key, checked: key === filter, on: {change: () => choose(key)}})
    );
    const counts = FILTERS.map(() => el('span', {class: 'wb-tab-count'}));
    const words = [t('ledger-all'), t('ledger-asserted'), t('ledger-denied'), t('ledger-searched'), t('notes')];
    const body = el('div', {class: 'wb-ledger-list', on: {keydown: onKey}});
    const node = el(
      'div',
      {class: 'wb-ledger-claims'},
      el(
        'fieldset',
        {class: 'wb-filter'},
        el('legend', {class: 'wb-unseen'}, t('ledger-filter')),
        inputs.map((input, i) => el('label', {}, input, el('span', {}, words[i], ' ', counts[i])))
      ),
      body
    );

    /** The events a claim is about, else the route or place that it is about. */
    function about(claim) {
      const index = store.index;
      if (claim.events && claim.events.length) return index.pick('events', claim.events);
      return owners.get(claim.id) || [index.place(claim.place)].filter(Boolean);
    }
    function findOwners() {
      owners = new Map();
      [store.index.payload.events, store.index.routes].forEach((items) =>
        (items || []).forEach((item) =>
          (item.claims || []).forEach((claim) => owners.set(claim, (owners.get(claim) || []).concat(item)))
        )
      );
    }

    /** What a claim is about, as buttons that select it, and its sources. */
    function foot(subjects, cited) {
      const go = (item) =>
        el(
          'button',
          {type: 'button', class: 'wb-choice', on: {click: () => on.select(item.id)}},
          item.title || item.name
        );
      return el(
        'div',
        {class: 'wb-row-foot'},
        subjects.length
          ? el(
              'ul',
              {class: 'wb-choices', 'aria-label': t('ledger-about')},
              subjects.map((item) => el('li', {}, go(item)))
            )
          : null,
        cited
      );
    }

    /** The sources of a claim, behind one button: their list is built when it is first asked for. */
    function sources(claim) {
      const found = store.index.pick('sources', claim.sources);
      if (!found.length) return null;
      const own = id + '-sources-' + claim.id;
      const shown = el('ul', {class: 'wb-row-sources', id: own, hidden: true});
      const button = el(
        'button',
        {
          type: 'button',
          class: 'wb-text-button',
          'aria-expanded': 'false',
          'aria-controls': own,
          on: {
            click: () => {
              if (!shown.firstChild)
                shown.append(...found.map((source) => el('li', {}, Waybill.citations.entry(source))));
              shown.hidden = !shown.hidden;
              button.setAttribute('aria-expanded', String(!shown.hidden));
            }
          }
        },
        t('ledger-sources', {n: found.length})
      );
      return [button, shown];
    }

    function row(claim, subjects) {
      const index = store.index;
      return el(
        'li',
        {class: 'wb-claim-row is-' + Waybill.claims.side(claim), 'data-claim': claim.id},
        Waybill.claims.head(index, claim),
        Waybill.claims.scope(index, claim),
        Waybill.claims.content(index, claim, null),
        foot(subjects, sources(claim))
      );
    }

    /** A search by the case itself stands with an event, not as a claim: it is said here as well. */
    function search(event) {
      return el(
        'li',
        {class: 'wb-claim-row is-searched'},
        el('p', {class: 'wb-claim-head'}, el('strong', {}, t('ledger-searched-by-case'))),
        el('p', {class: 'wb-claim-text'}, event.not_found),
        foot([event], null)
      );
    }

    function rowOf(claim) {
      const subjects = about(claim);
      const face = JSON.stringify([claim, subjects.map((item) => item.id)]);
      const old = rows.get(claim.id);
      if (!old || old.face !== face) rows.set(claim.id, {face, node: row(claim, subjects)});
      return rows.get(claim.id).node;
    }

    function choose(key) {
      filter = key;
      body.scrollTop = 0;
      show();
    }

    function searches() {
      return (store.index.payload.events || []).filter((event) => event.not_found);
    }
    function chosen() {
      const claims = store.index.payload.claims || [];
      return filter === 'all' ? claims : claims.filter((claim) => Waybill.claims.side(claim) === filter);
    }

    function show() {
      const years = Waybill.ledgerorder.claims(chosen()).map(({year, items}) => ({
        key: id + '-' + (year || 'undated'),
        year,
        rows: items.map(rowOf)
      }));
      const found = filter === 'searched' ? searches() : [];
      if (!years.length && !found.length) {
        const nothing = (store.index.payload.claims || []).length ? t('ledger-none-of-stance') : null;
        body.replaceChildren(Waybill.ledgerlist.empty(store, nothing));
        return;
      }
      Waybill.ledgerlist.sections(body, years);
      if (found.length) body.append(el('ol', {}, found.map(search)));
      mark();
    }

    function render() {
      const claims = store.index.payload.claims || [];
      findOwners();
      FILTERS.forEach((key, i) => {
        const n = claims.filter((claim) => key === 'all' || Waybill.claims.side(claim) === key).length;
        counts[i].textContent = key === 'searched' ? n + searches().length : n;
      });
      show();
    }

    /** The claims on what is selected. */
    function marked() {
      const {index, state} = store;
      const owner = index.event(state.sel) || index.route(state.sel);
      return owner
        ? index
            .claims(owner)
            .concat(owner.events ? index.allClaims(owner) : [])
            .map((claim) => claim.id)
        : [];
    }
    function mark() {
      const ids = new Set(marked());
      rows.forEach((entry, key) => entry.node.classList.toggle('is-marked', ids.has(key)));
    }
    function reveal() {
      const first = body.querySelector('.is-marked');
      if (first && !body.contains(document.activeElement)) Waybill.ledgerlist.reveal(body, first);
    }

    function onKey(event) {
      Waybill.ledgerlist.step(event, [...body.querySelectorAll('.wb-choice')]);
    }
    function update(changed) {
      if (changed.has('index') || changed.has('lang')) render();
      else if (changed.has('sel')) mark();
      if (changed.has('sel')) reveal();
    }
    return {node, update, reveal, count: () => (store.index.payload.claims || []).length};
  }

  Waybill.ledgerclaims = {create};
})(typeof globalThis === 'object' ? globalThis : this);
