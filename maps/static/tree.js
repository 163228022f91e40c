/* The layer tree, which is also the legend of the routes: native checkboxes, groups that fold, routes that open their card. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button, clear} = Waybill.dom;
  const {t, list, kilometres, number} = Waybill.words;
  const {standing} = Waybill;
  const MOST = 200; // routes of a layer that are listed; the search and the map lead to the others
  const STATE = {on: [true, false, 'true'], off: [false, false, 'false'], mixed: [false, true, 'mixed']}; // checked, indeterminate, spoken

  function create(store, on) {
    const {model, style} = store;
    const rows = new Map();
    const lengths = new Map(); // by layer, as long as the record stays the same
    const opened = new Map(); // what the reader unfolded stays so when the record is looked at anew
    let index = null;

    const tree = el('ul', {class: 'wb-tree', role: 'tree', 'aria-label': t('layers'), 'aria-multiselectable': 'true'});
    Waybill.treekeys.attach(tree, {
      toggle: (item) => (item.dataset.layer ? flip(item.dataset.layer) : on.pick(item.dataset.route, item)),
      activate: (item) => (item.dataset.layer ? fold(item.dataset.layer) : on.pick(item.dataset.route, item)),
      fold: (item, open) => fold(item.dataset.layer, open)
    });

    function routesBelow(id) {
      return index.routesIn(id).concat(model.children(id).flatMap(routesBelow));
    }
    function choose(layers) {
      store.set({on: layers});
    }
    function flip(id) {
      const leaves = model.leaves(id);
      const rest = store.state.on.filter((leaf) => !leaves.includes(leaf));
      choose(model.state(id) === 'on' ? rest : rest.concat(leaves));
    }
    function fold(id, open) {
      const row = rows.get(id);
      if (!row || !row.body) return;
      const value = open === undefined ? row.body.hidden : open;
      opened.set(id, value);
      if (value) row.fill();
      row.body.hidden = !value;
      row.item.setAttribute('aria-expanded', String(value));
    }

    function routeItem(route, level) {
      const denied = index.deniers(route.denied_by);
      const status = [standing.words(route), denied.length ? t('denied', {who: list(denied)}) : ''];
      return el(
        'li',
        {
          class: 'wb-route-button',
          role: 'treeitem',
          tabindex: -1,
          'aria-level': level,
          'aria-label': list([route.title].concat(status)),
          'data-route': route.id,
          'data-name': route.title,
          on: {
            click: (event) => on.pick(route.id, event.currentTarget),
            mouseenter: () => on.spotlight([route.id]),
            mouseleave: () => on.spotlight([]),
            focus: () => on.spotlight([route.id]),
            blur: () => on.spotlight([])
          }
        },
        el('span', {class: 'wb-route-line'}, Waybill.sample.ofRoutes(style, index, [route], 1)),
        el(
          'span',
          {class: 'wb-route-name', lang: index.language},
          route.title,
          el('span', {class: 'wb-route-status', lang: store.state.lang}, status.filter(Boolean).join(' · '))
        )
      );
    }

    /** How many routes of each status the row holds, how far they follow a network, and who denies any. */
    function statusLine(routes) {
      if (!routes.length) return null;
      const counts = standing.counts(routes);
      const denied = [...new Set(routes.flatMap((route) => route.denied_by || []))];
      const length = el('span', {class: 'wb-row-length', title: index.judged ? t('length-network-title') : null});
      const node = el(
        'p',
        {class: 'wb-row-status'},
        counts.map((line) => el('span', {class: 'wb-row-counts'}, line)),
        length,
        denied.length
          ? el(
              'span',
              {class: 'wb-row-denied'},
              Waybill.badges.symbol(13),
              t('denied', {who: list(index.deniers(denied))})
            )
          : null
      );
      return {node, length};
    }

    function note(layer, key) {
      if (!layer.note) return {};
      const text = el('p', {class: 'wb-row-note', id: key + '-note', hidden: true, lang: index.language}, layer.note);
      const info = button(
        'wb-info',
        t('note', {title: layer.title}),
        () => {
          text.hidden = !text.hidden;
          info.setAttribute('aria-expanded', String(!text.hidden));
        },
        'i'
      );
      info.setAttribute('aria-expanded', 'false');
      info.setAttribute('aria-controls', text.id);
      info.setAttribute('data-row-button', '');
      return {text, info};
    }

    function row(id, level) {
      const layer = index.layer(id) || model.layer(id);
      const below = model.children(id).filter((child) => index.layer(child));
      const routes = routesBelow(id);
      const key = 'wb-layer-' + id;
      const foldable = below.length > 0 || routes.length > 0;
      const open = opened.has(id) ? opened.get(id) : below.length > 0 && layer.open !== false;
      const body = foldable
        ? el('ul', {class: below.length ? 'wb-group' : 'wb-route-list', role: 'group', id: key + '-body', hidden: !open})
        : null;
      // the routes of a layer are many and mostly folded away, so they are made when first asked for
      const fill = () => {
        if (body.firstChild) return;
        (below.length ? below.map((child) => row(child, level + 1)) : routes.slice(0, MOST).map((route) => routeItem(route, level + 1))).forEach(
          (child) => body.appendChild(child)
        );
        if (!below.length && routes.length > MOST)
          body.appendChild(el('li', {class: 'wb-row-note', role: 'none'}, t('more-lines', {n: number(routes.length - MOST)})));
      };
      if (foldable && (open || below.length)) fill();
      const box = el('input', {type: 'checkbox', id: key, class: 'wb-check', tabindex: -1, 'data-layer': id, on: {change: () => flip(id)}});
      const only = button('wb-only', t('only-name', {title: layer.title}), () => choose(model.leaves(id)), t('only'));
      only.setAttribute('data-row-button', '');
      const count = el('span', {class: 'wb-count'});
      const {text, info} = note(layer, key);
      const status = statusLine(below.length ? [] : routes);
      const caret = foldable
        ? el('span', {class: 'wb-caret', 'aria-hidden': 'true', on: {click: () => fold(id)}}, Waybill.fold.caret())
        : el('span', {class: 'wb-caret is-empty'});
      const item = el(
        'li',
        {
          class: 'wb-row ' + (below.length ? 'is-group' : 'is-leaf'),
          role: 'treeitem',
          tabindex: -1,
          'aria-level': level,
          'aria-expanded': foldable ? String(open) : null,
          'aria-labelledby': key + '-label',
          'data-layer': id,
          'data-name': layer.title
        },
        el(
          'div',
          {class: 'wb-row-head'},
          caret,
          box,
          el('label', {for: key, id: key + '-label', lang: index.language}, layer.title),
          only,
          info,
          below.length ? null : el('span', {class: 'wb-row-samples'}, Waybill.sample.ofRoutes(style, index, routes, 2)),
          count
        ),
        status && status.node,
        text,
        body
      );
      const leaves = [...new Set([id].concat(model.leaves(id)))].map((leaf) => ({id: leaf, count: index.routesIn(leaf).length})).filter((leaf) => leaf.count);
      rows.set(id, {box, count, routes, leaves, item, body, fill, length: status && status.length});
      return item;
    }

    function build() {
      const focused = document.activeElement && tree.contains(document.activeElement) ? document.activeElement.dataset : null;
      index = store.index;
      rows.clear();
      lengths.clear();
      clear(tree);
      model.roots.filter((id) => index.layer(id)).forEach((id) => tree.appendChild(row(id, 1)));
      const items = Waybill.treekeys.visible(tree);
      const again = focused && items.find((item) => item.dataset.layer === focused.layer && item.dataset.route === focused.route);
      if (items.length) Waybill.treekeys.rove(tree, again || items[0]);
      if (again) again.focus({preventScroll: true});
    }

    /** Kilometres of a layer; of lines without a case the lines themselves are the record. */
    function lengthOf(id) {
      const routes = index.routesIn(id);
      const known = lengths.get(id);
      if (known !== undefined) return known;
      const km = index.judged ? standing.networkKm(routes) : routes.reduce((sum, route) => sum + (route.length_km || 0), 0);
      if (!index.pending) lengths.set(id, km);
      return km;
    }

    /** Boxes, counts and lengths in line with what is on. */
    function settle() {
      rows.forEach((entry, id) => {
        const state = model.state(id);
        [entry.box.checked, entry.box.indeterminate] = STATE[state];
        entry.item.setAttribute('aria-checked', STATE[state][2]);
        const all = entry.routes.length;
        const shown = entry.leaves.filter((leaf) => model.isOn(leaf.id));
        const n = shown.reduce((sum, leaf) => sum + leaf.count, 0);
        entry.count.textContent = n === all ? String(all) : n + '/' + all;
        const km = shown.reduce((sum, leaf) => sum + lengthOf(leaf.id), 0);
        const length = !km ? '' : index.judged ? t('length-network', {length: kilometres(km)}) : kilometres(km);
        entry.count.setAttribute('title', list([t('shown-of', {n, all}), length]));
        if (entry.length) entry.length.textContent = length;
        entry.item.classList.toggle('is-off', state === 'off');
      });
    }

    const tools = el(
      'div',
      {class: 'wb-tools'},
      el('h2', {}, t('layers')),
      button('wb-text-button', t('all-name'), () => choose(model.roots), t('all')),
      button('wb-text-button', t('none-name'), () => choose([]), t('none'))
    );
    return {
      node: el('section', {class: 'wb-layers'}, tools, el('p', {class: 'wb-packed-note'}, t('packed-view')), tree),
      update: (changed) => {
        if (!changed || changed.has('index')) build();
        settle();
      }
    };
  }

  Waybill.tree = {create};
})(typeof globalThis === 'object' ? globalThis : this);
