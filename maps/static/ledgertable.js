/* The routes that the map draws, as a table: the map for those who do not see it. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button} = Waybill.dom;
  const {t, list, date, number} = Waybill.words;
  const COLUMNS = 5;
  const STEP = 300; // rows at a time: a table of all lines of a large frame would take seconds to lay out

  function create(store, style, on) {
    const node = el('div', {class: 'wb-ledger-list wb-ledger-table', on: {keydown: onKey}});

    let most = STEP;

    function drawn() {
      return store.index.routes.filter((route) => store.isOn(route.layer) || !store.index.layer(route.layer));
    }

    /** The lens in words, so that the table says by itself as of when and by whom. */
    function lens() {
      if (!store.index.judged) return '';
      const {known, by} = store.state;
      const when = known ? t('as-known', {date: date(known)}) : t('on-record-undated');
      const who = by && by.length ? list(by.map((id) => store.index.nameOf('parties', id))) : '';
      return when + (who ? '; ' + t('as-told', {who}) : '') + '.';
    }

    function row(route) {
      const index = store.index;
      const denied = index.deniers(route.denied_by);
      const spotlight = (ids) => () => on.spotlight && on.spotlight(ids);
      const selected = store.state.sel === route.id;
      return el(
        'tr',
        {
          class: selected ? 'is-marked' : null,
          on: {
            pointerenter: spotlight([route.id]),
            pointerleave: spotlight(null),
            focusin: spotlight([route.id]),
            focusout: spotlight(null)
          }
        },
        el(
          'th',
          {scope: 'row'},
          el(
            'button',
            {
              type: 'button',
              class: 'wb-table-button',
              'data-route': route.id,
              'aria-pressed': String(selected),
              on: {click: () => selected ? store.set({sel: null}) : on.select(route.id)}
            },
            route.title
          ),
          el(
            'span',
            {class: 'wb-table-mode'},
            Waybill.sample.ofRoutes(style, index, [route], 1),
            list(index.modes(route).map(index.modeLabel))
          )
        ),
        el('td', {}, Waybill.standing.words(route)),
        index.judged
          ? el(
              'td',
              {},
              denied.length
                ? el('span', {class: 'wb-denial'}, Waybill.badges.symbol(13), el('span', {}, list(denied)))
                : el('span', {class: 'wb-quiet'}, t('ledger-nobody'))
            )
          : null,
        index.judged ? el('td', {class: 'is-number'}, (route.events || []).length) : null,
        el(
          'td',
          {class: 'is-number'},
          !isFinite(route.length_km) || route.length_km === null
            ? '–'
            : number(route.length_km, route.length_km < 10 ? 1 : 0)
        )
      );
    }

    function render() {
      const index = store.index;
      const routes = drawn();
      const focused =
        document.activeElement && node.contains(document.activeElement) && document.activeElement.dataset.route;
      if (!routes.length) {
        node.replaceChildren(Waybill.ledgerlist.empty(store, t('ledger-none-drawn')));
        return;
      }
      const first = routes.slice(0, most);
      const byLayer = new Map();
      first.forEach((route) => byLayer.set(route.layer, (byLayer.get(route.layer) || []).concat(route)));
      const layers = [...new Set(index.layers.map((layer) => layer.id).concat(first.map((route) => route.layer)))];
      const head = [
        t('ledger-route'),
        t('ledger-status'),
        // nobody denies a line without a case
        index.judged ? t('ledger-denied-by') : null,
        index.judged ? t('ledger-number-of-events') : null,
        t('ledger-length')
      ];
      node.replaceChildren(
        el(
          'table',
          {class: 'wb-table wb-routes-table'},
          el(
            'caption',
            {},
            routes.length === 1 ? t('ledger-caption-one') : t('ledger-caption', {n: routes.length}),
            ' ',
            lens()
          ),
          el(
            'thead',
            {},
            el(
              'tr',
              {},
              head.map((text, i) => (text === null ? null : el('th', {scope: 'col', class: i > 2 ? 'is-number' : null}, text)))
            )
          ),
          layers.map((layer) =>
            group(layer, byLayer.get(layer) || [])
          )
        ),
        more(routes.length)
      );
      const again =
        focused && [...node.querySelectorAll('[data-route]')].find((button) => button.dataset.route === focused);
      if (again) again.focus({preventScroll: true});
    }

    function more(all) {
      const next = Math.min(STEP, all - most);
      if (next <= 0) return '';
      return button('wb-text-button', t('ledger-more', {n: next}), () => {
        const shown = most;
        most += STEP;
        render();
        node.querySelectorAll('[data-route]')[shown].focus();
      }, t('ledger-more', {n: next}));
    }

    /** A layer's routes under the titles that lead to it in the tree. */
    function group(id, routes) {
      if (!routes.length) return null;
      const titles = [];
      for (let layer = store.index.layer(id); layer; layer = store.index.layer(layer.parent))
        titles.unshift(layer.title);
      return el(
        'tbody',
        {},
        titles.length
          ? el('tr', {}, el('th', {scope: 'rowgroup', colspan: store.index.judged ? COLUMNS : COLUMNS - 2, class: 'wb-table-group'}, titles.join(' › ')))
          : null,
        routes.map(row)
      );
    }

    function onKey(event) {
      Waybill.ledgerlist.step(event, [...node.querySelectorAll('[data-route]')]);
    }
    function reveal() {
      const first = node.querySelector('.is-marked');
      if (first && !node.contains(document.activeElement)) first.scrollIntoView({block: 'nearest'});
    }
    function update(changed) {
      if (['index', 'lang', 'on', 'sel'].some((key) => changed.has(key))) render();
      if (changed.has('sel')) reveal();
    }
    return {node, update, reveal, count: () => drawn().length};
  }

  Waybill.ledgertable = {create};
})(typeof globalThis === 'object' ? globalThis : this);
