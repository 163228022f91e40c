/* What is said of a route in short: aloud, and beside the pointer. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, name, list} = Waybill.words;

  /** What a screen reader says of a route. */
  function spoken(index, route) {
    const denied = index.deniers(route.denied_by);
    return [route.title, Waybill.standing.words(route), denied.length ? t('denied', {who: list(denied)}) : '']
      .filter(Boolean)
      .join(', ');
  }

  /** The short account of a route shown beside the pointer. */
  function tooltip(index, route, others) {
    const denied = index.deniers(route.denied_by);
    const notional = (route.legs || []).some((leg) => leg.basis === 'notional');
    const inferred = (route.legs || []).some((leg) => leg.basis === 'inferred');
    return el(
      'div',
      {class: 'wb-tip-body'},
      el('strong', {}, route.title),
      el(
        'span',
        {class: 'wb-tip-line'},
        list([Waybill.standing.words(route), list(index.modes(route).map((mode) => index.modeLabel(mode)))])
      ),
      denied.length ? el('span', {class: 'wb-tip-denied'}, t('denied', {who: list(denied)})) : null,
      route.kind === 'illustration' ? el('span', {class: 'wb-tip-warn'}, t('illustration')) : null,
      route.kind === 'precedent' ? el('span', {class: 'wb-tip-warn'}, name('kind', 'precedent')) : null,
      notional && route.kind !== 'illustration' ? el('span', {class: 'wb-tip-warn'}, t('notional')) : null,
      inferred ? el('span', {class: 'wb-tip-warn'}, t('inferred')) : null,
      route.fallback ? el('span', {class: 'wb-tip-warn'}, t('fallback')) : null,
      others > 0 ? el('span', {class: 'wb-tip-line'}, t('more-here', {n: others})) : null
    );
  }

  Waybill.linetip = {spoken, tooltip};
})(typeof globalThis === 'object' ? globalThis : this);
