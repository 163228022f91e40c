/* Figures in words: what a claim counts, what was published of a length. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const words = () => Waybill.words;

  /** "15,809" or "50.69", grouped as the language does. */
  function figure(value) {
    const [whole, part] = String(value).split('.');
    const russian = words().language() === 'ru';
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, russian ? '\u202f' : ',');
    return part ? grouped + (russian ? ',' : '.') + part : grouped;
  }
  function given(value) {
    return value !== null && value !== undefined;
  }
  /** A figure or a range with its unit. */
  function range(low, high, unit) {
    const figures = given(high) ? words().t('range', {low: figure(low), high: figure(high)}) : figure(low);
    return [figures, unit].filter(Boolean).join(' ');
  }

  /** The figure of a claim as words, such as "at least 10,000 containers"; null if it gives none. */
  function quantity(claim) {
    if (!given(claim.quantity)) return null;
    const text = range(claim.quantity, claim.quantity_max, claim.unit);
    return words().name('quantity_signs', claim.quantity_is || 'exact', {figure: text});
  }

  /** A published length as words: figure, what, stretch or `subject`, and date. `nameOf` gives the name of a place. */
  function measure(row, nameOf, dateOf, subject) {
    const figures = range(row.value, row.value_max, row.unit);
    const stretch = [row.from, row.to].filter(Boolean).map(nameOf).join('–');
    return words().list([
      words().t(row.what === 'distance' ? 'published-distance' : 'published-length', {figure: figures}),
      stretch || subject,
      row.as_of ? words().t('published-as-of', {date: dateOf(row.as_of)}) : ''
    ]);
  }

  Waybill.figures = {figure, quantity, measure};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.figures;
})(typeof globalThis === 'object' ? globalThis : this);
