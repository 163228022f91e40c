/* The column beside the map on paper: title, what it shows and as told by whom, legend of what is shown, date, credits. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, list, date} = Waybill.words;
  const SAMPLE_PX = 34;
  const SMALLEST = 0.55; // of the size in print.css; below it nobody reads it

  function row(mark, text, more) {
    return el(
      'li',
      {},
      el('span', {class: 'wb-print-mark'}, mark),
      el('span', {}, text, more ? el('span', {class: 'wb-print-more'}, ' ' + more) : null)
    );
  }
  function part(title, rows) {
    return rows.length ? [el('h2', {}, title), el('ul', {}, rows)] : null;
  }
  /** Values in the order of a table, then those that the table does not have. */
  function inOrder(values, table) {
    const known = Object.keys(table);
    return known.filter((value) => values.has(value)).concat([...values].filter((value) => !known.includes(value)));
  }

  /** Layers, colours, dashes and marks of the routes shown, and of nothing else. */
  function legend({index, style, routes, events}) {
    const look = (what) =>
      Waybill.sample.of(
        style,
        Object.assign({kind: 'movement', status: 'confirmed', mode: 'unknown', basis: 'network'}, what),
        SAMPLE_PX
      );
    const moved = routes.filter((route) => !style.kinds[route.kind]);
    const legs = (found) => found.flatMap((route) => index.legs(route));
    const modes = new Set(legs(moved).map((leg) => leg.mode || 'unknown'));
    const statuses = new Set(moved.map((route) => route.status).filter(Boolean));
    const bases = new Set(legs(moved).map((leg) => leg.basis));
    const layers = index.layers
      .map((layer) => ({layer, own: routes.filter((route) => route.layer === layer.id)}))
      .filter(({own}) => own.length);
    const kinds = new Set(routes.map((route) => route.kind));
    const marks = [
      routes.some((route) => (route.denied_by || []).length) && row(Waybill.badges.symbol(15), t('denied-legend')),
      ['inferred', 'notional'].filter((basis) => bases.has(basis)).map((basis) => row(look({basis, status: 'asserted'}), t(basis))),
      kinds.has('illustration') && row(look({kind: 'illustration', basis: 'notional'}), t('illustration')),
      kinds.has('infrastructure') && row(look({kind: 'infrastructure', mode: 'rail'}), t('infrastructure-legend')),
      routes.some((route) => legs([route]).some((leg) => leg.fallback)) && row(look({fallback: true}), t('fallback-legend')),
      events && events.length ? row(Waybill.places.eventSymbol(), t('event-legend')) : null
    ]
      .flat()
      .filter(Boolean);
    return [
      part(
        t('print-layers'),
        layers.map(({layer, own}) => row(Waybill.sample.ofRoutes(style, index, own, 1), layer.title, '(' + own.length + ')'))
      ),
      part(t('legend-mode'), inOrder(modes, style.modes).map((mode) => row(look({mode}), index.modeLabel(mode)))),
      part(t('legend-status'), inOrder(statuses, style.statuses).map((status) => row(look({status}), index.statusLabel(status)))),
      part(t('legend-other'), marks)
    ];
  }

  /**
   * The column as an element. `sheet` is {index, style, routes, events, dateline, disclaimers, credits}: the routes and
   * point events shown, how the lens is put in words, and texts that go with every copy.
   */
  function node(sheet) {
    const about = sheet.index.payload.case || {};
    const dated = about.updated ? t('print-date', {date: date(about.updated)}) : '';
    const digest = about.digest ? t('case-digest', {digest: about.digest}) : '';
    const small = (text) => el('p', {}, text);
    return el(
      'section',
      {class: 'wb-print', 'aria-label': t('print-sheet')},
      el('h1', {}, about.title || ''),
      el('p', {class: 'wb-print-dateline'}, sheet.dateline || ''),
      el('div', {class: 'wb-print-legend'}, el('div', {}, legend(sheet))),
      el(
        'footer',
        {},
        dated ? small(dated) : null,
        digest ? small(digest) : null,
        (about.authors || []).length ? small(t('authors', {who: list(about.authors)})) : null,
        (sheet.disclaimers || []).filter(Boolean).map(small),
        small([...new Set(sheet.credits || [])].filter(Boolean).join(' · '))
      )
    );
  }

  /** Make the legend small enough for its room; call it when the column stands in the page. */
  function fit(column) {
    const body = column.querySelector('.wb-print-legend');
    for (let size = 1; size >= SMALLEST && body.scrollHeight > body.clientHeight; size -= 0.05)
      body.firstChild.style.setProperty('zoom', size.toFixed(2));
  }

  Waybill.printsheet = {node, fit, inOrder};
})(typeof globalThis === 'object' ? globalThis : this);
