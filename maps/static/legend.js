/* What the rows of the tree cannot say: dashes, colours and the other marks. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t} = Waybill.words;

  function entry(mark, label, meaning) {
    return el(
      'li',
      {},
      el('span', {class: 'wb-legend-mark'}, mark),
      el('span', {}, label, meaning ? el('span', {class: 'wb-legend-meaning'}, meaning) : null)
    );
  }

  const has = (table, key) => Object.prototype.hasOwnProperty.call(table, key);

  /** Values this page has no style for, as they stand in the data. */
  function strangers(index, style) {
    const found = new Set();
    index.examples.forEach((route) => {
      if (!has(style.statuses, route.status) && !has(style.kinds, route.kind)) found.add(route.status);
      index.legs(route).forEach((leg) => {
        if (!has(style.modes, leg.mode)) found.add(leg.mode);
      });
    });
    return [...found].filter(Boolean).map(String);
  }

  function create(index, style) {
    const used = new Set(index.examples.flatMap((route) => (route.kind === 'infrastructure' ? [] : index.modes(route))));
    const kinds = new Set(index.examples.map((route) => route.kind));
    const bases = new Set(index.examples.flatMap((route) => index.legs(route).map((leg) => leg.basis)));
    const line = (what) =>
      Waybill.sample.of(
        style,
        Object.assign({kind: 'movement', status: 'confirmed', mode: 'unknown', basis: 'network'}, what),
        46
      );
    const said = new Set(index.examples.map((route) => route.status));
    const statuses = Object.keys(style.statuses)
      .filter((status) => index.judged || said.has(status))
      .map((status) => entry(line({status}), index.statusLabel(status), index.judged ? index.statusMeaning(status) : null));
    const modes = Object.keys(style.modes)
      .filter((mode) => used.has(mode))
      .map((mode) => entry(line({mode}), index.modeLabel(mode)));
    const others = index.judged ? [entry(Waybill.badges.symbol(18), t('denied-legend'))] : [];
    if (bases.has('inferred')) others.push(entry(line({basis: 'inferred'}), t('inferred')));
    if (bases.has('notional')) others.push(entry(line({basis: 'notional', status: 'asserted'}), t('notional')));
    if (kinds.has('illustration'))
      others.push(entry(line({kind: 'illustration', basis: 'notional'}), t('illustration')));
    if (kinds.has('infrastructure'))
      others.push(entry(line({kind: 'infrastructure', mode: 'rail'}), t('infrastructure-legend')));
    if (index.examples.some((route) => route.fallback)) others.push(entry(line({fallback: true}), t('fallback-legend')));
    if (index.pointEvents().length) others.push(entry(Waybill.places.eventSymbol(), t('event-legend')));
    const unknown = strangers(index, style);
    if (unknown.length)
      others.push(entry(line({status: '', mode: ''}), t('unknown-style', {list: unknown.join(', ')})));
    const part = (key, items) =>
      items.length ? [el('h3', {}, t(key)), el('ul', {class: 'wb-legend-list'}, items)] : null;
    const body = el(
      'div',
      {class: 'wb-legend-body', id: 'wb-legend-body'},
      part('legend-mode', modes),
      part('legend-status', statuses),
      part('legend-other', others)
    );
    const fold = Waybill.fold.button(body, true, t('open', {title: t('legend')}), t('shut', {title: t('legend')}));
    return el('section', {class: 'wb-legend'}, el('div', {class: 'wb-tools'}, fold, el('h2', {}, t('legend'))), body);
  }

  Waybill.legend = {create};
})(typeof globalThis === 'object' ? globalThis : this);
