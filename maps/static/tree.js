/* The layer tree, which is also the legend of the routes: native checkboxes, groups that fold, routes that open their card. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, button} = Waybill.dom;
  const {t, list} = Waybill.words;
  const STATE = {on: [true, false], off: [false, false], mixed: [false, true]}; // checked, indeterminate

  function caret() {
    return svg(
      'svg',
      {
        class: 'wb-caret-symbol',
        width: 10,
        height: 10,
        viewBox: '0 0 10 10',
        'aria-hidden': 'true',
        focusable: 'false'
      },
      svg('path', {
        d: 'M3 1.5L7 5L3 8.5',
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.6,
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round'
      })
    );
  }

  /** A button that folds and unfolds `body`. */
  function folder(body, open, openName, shutName) {
    const node = el(
      'button',
      {type: 'button', class: 'wb-caret', 'aria-controls': body.id, on: {click: () => set(body.hidden)}},
      caret()
    );
    function set(value) {
      body.hidden = !value;
      node.setAttribute('aria-expanded', String(value));
      node.setAttribute('aria-label', value ? shutName : openName);
    }
    set(open);
    return node;
  }

  function create(index, style, model, on) {
    const rows = new Map();
    let serial = 0;

    function routesBelow(id) {
      const own = index.routesIn(id);
      return own.concat(model.children(id).flatMap(routesBelow));
    }

    function routeItem(route) {
      const denied = index.names('parties', route.denied_by);
      return el(
        'li',
        {},
        el(
          'button',
          {
            type: 'button',
            class: 'wb-route-button',
            'data-route': route.id,
            on: {
              click: (event) => on.pick(route, event.currentTarget),
              mouseenter: () => on.spotlight(route.id),
              mouseleave: () => on.spotlight(null),
              focus: () => on.spotlight(route.id),
              blur: () => on.spotlight(null)
            }
          },
          el('span', {class: 'wb-route-line'}, Waybill.sample.ofRoutes(style, index, [route], 1)),
          el(
            'span',
            {class: 'wb-route-name'},
            route.title,
            el(
              'span',
              {class: 'wb-route-status'},
              index.statusLabel(route.status),
              denied.length ? ' · ' + t('denied', {who: list(denied)}) : null
            )
          )
        )
      );
    }

    function statusLine(routes) {
      if (!routes.length) return null;
      const status = Waybill.linestyle.strongest(routes.map((route) => route.status));
      const denied = [...new Set(routes.flatMap((route) => route.denied_by || []))];
      return el(
        'p',
        {class: 'wb-row-status'},
        el('span', {}, index.statusLabel(status)),
        denied.length
          ? el(
              'span',
              {class: 'wb-row-denied'},
              Waybill.badges.symbol(13),
              t('denied', {who: list(index.names('parties', denied))})
            )
          : null
      );
    }

    function row(id, depth) {
      const layer = model.layer(id);
      const below = model.children(id);
      const routes = routesBelow(id);
      const key = 'wb-layer-' + ++serial;
      const body = el(
        'ul',
        {class: below.length ? 'wb-group' : 'wb-route-list', id: key + '-body'},
        below.length ? below.map((child) => row(child, depth + 1)) : routes.map(routeItem)
      );
      const box = el('input', {
        type: 'checkbox',
        id: key,
        class: 'wb-check',
        'data-layer': id,
        on: {
          change: () => {
            model.set(id, box.checked);
            on.change();
          }
        }
      });
      const count = el('span', {class: 'wb-count'});
      const note = layer.note ? el('p', {class: 'wb-row-note', id: key + '-note', hidden: true}, layer.note) : null;
      const info = note
        ? el(
            'button',
            {
              type: 'button',
              class: 'wb-info',
              'aria-label': t('note', {title: layer.title}),
              'aria-expanded': 'false',
              'aria-controls': note.id,
              on: {
                click: () => {
                  note.hidden = !note.hidden;
                  info.setAttribute('aria-expanded', String(!note.hidden));
                }
              }
            },
            'i'
          )
        : null;
      const head = el(
        'div',
        {class: 'wb-row-head'},
        below.length || routes.length
          ? folder(
              body,
              below.length ? layer.open !== false : false,
              below.length ? t('open', {title: layer.title}) : t('routes-of', {title: layer.title}),
              t('shut', {title: layer.title})
            )
          : el('span', {class: 'wb-caret is-empty'}),
        box,
        el('label', {for: key}, layer.title),
        info,
        below.length ? null : el('span', {class: 'wb-row-samples'}, Waybill.sample.ofRoutes(style, index, routes, 2)),
        count
      );
      const item = el(
        'li',
        {class: 'wb-row ' + (below.length ? 'is-group' : 'is-leaf')},
        head,
        below.length ? null : statusLine(routes),
        note,
        below.length || routes.length ? body : null
      );
      rows.set(id, {box, count, routes, item});
      return item;
    }

    /** Bring boxes and counts in line with the model. */
    function update() {
      rows.forEach((entry, id) => {
        const state = model.state(id);
        [entry.box.checked, entry.box.indeterminate] = STATE[state];
        const all = entry.routes.length;
        const shown = entry.routes.filter((route) => model.isOn(route.layer)).length;
        entry.count.textContent = shown === all ? String(all) : shown + '/' + all;
        entry.count.setAttribute('title', t('shown-of', {n: shown, all}));
        entry.item.classList.toggle('is-off', state === 'off');
      });
    }

    const tree = el(
      'ul',
      {class: 'wb-tree', 'aria-label': t('layers')},
      model.roots.map((id) => row(id, 0))
    );
    const tools = el(
      'div',
      {class: 'wb-tools'},
      el('h2', {}, t('layers')),
      button(
        'wb-text-button',
        t('all-name'),
        () => {
          model.setAll(true);
          on.change();
        },
        t('all')
      ),
      button(
        'wb-text-button',
        t('none-name'),
        () => {
          model.setAll(false);
          on.change();
        },
        t('none')
      )
    );
    update();
    return {node: el('section', {class: 'wb-layers'}, tools, tree), update};
  }

  Waybill.tree = {create, folder};
})(typeof globalThis === 'object' ? globalThis : this);
