/* What the lists of the ledger share: sections under headings that are kept where they can be, and the keys to walk them. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, calm} = Waybill.dom;
  const NEAR_SCREENS = 1.5;
  const SETTLE_FRAMES = 5;
  const MOVES = {ArrowDown: 1, ArrowUp: -1};

  /** Make `nodes` the children of `parent` in this order; what is in place stays there, and keeps the focus. */
  function arrange(parent, nodes) {
    const wanted = new Set(nodes);
    [...parent.children].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
    nodes.forEach((node, place) => {
      if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] || null);
    });
  }

  function build(key, year) {
    return el(
      'section',
      {'data-key': key, 'aria-labelledby': key},
      el('h3', {class: 'wb-year', id: key}, year || Waybill.words.t('ledger-undated')),
      el('ol', {})
    );
  }

  /** Sections {key, year, rows}: each a heading and an ordered list that it names. */
  function sections(parent, wanted) {
    const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
    arrange(
      parent,
      wanted.map(({key, year, rows}) => {
        const section = old.get(key) || build(key, year);
        arrange(section.lastChild, rows);
        return section;
      })
    );
  }

  /** Up, Down, Home and End among buttons, from one of them; other keys and other places are left alone. */
  function step(event, buttons) {
    const at = buttons.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : at + (MOVES[event.key] || NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    event.stopPropagation();
    if (buttons[to]) buttons[to].focus();
  }

  /**
   * Scroll a row to the top of its list, below the heading that sticks there. Rows out of sight have only a guessed
   * height, so a far row is set again while those around it are laid out.
   */
  function reveal(list, row) {
    const distance = () => {
      const heading = row.parentNode.previousElementSibling;
      return row.getBoundingClientRect().top - list.getBoundingClientRect().top - (heading ? heading.offsetHeight : 0);
    };
    const near = Math.abs(distance()) < NEAR_SCREENS * list.clientHeight;
    if (near && !calm()) {
      list.scrollBy({top: distance(), behavior: 'smooth'});
      return;
    }
    settle(SETTLE_FRAMES);
    function settle(frames) {
      if (!row.isConnected) return;
      list.scrollTop += distance();
      if (frames) root.requestAnimationFrame(() => settle(frames - 1));
    }
  }

  /** In words, why there is nothing. */
  function empty(store, message) {
    return el('p', {class: 'wb-ledger-empty', role: 'status'}, message || reason(store));
  }
  function reason(store) {
    const {t, list, date} = Waybill.words;
    const {known, by} = store.state;
    const who = (by || []).map((id) => nameOf(store, id));
    if (who.length && who.every(Boolean)) return t('ledger-empty-by', {who: list(who)});
    return known && !who.length ? t('ledger-empty-known', {date: date(known)}) : t('ledger-empty');
  }
  /** The parties that tell may have said nothing, so they are looked for among all. */
  function nameOf(store, id) {
    const all = (store.facts && store.facts.parties) || [];
    const found = store.index.party(id) || all.find((party) => party.id === id);
    return found && found.name;
  }

  Waybill.ledgerlist = {arrange, sections, step, reveal, empty};
})(typeof globalThis === 'object' ? globalThis : this);
