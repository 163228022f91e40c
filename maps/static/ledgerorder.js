/* The order of the ledger: events by when they happened, claims by when they were made. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const LAST = '9999';
  const STATUSES = ['movement', 'cargo'];

  /** The day an event is filed under: its first, or its last where only the end is known. */
  function dayOf(event) {
    if (event.span) return event.span.earliest || event.span.latest || LAST;
    const found = /\d{4}(-\d{2}){0,2}/.exec(event.when || '');
    return found ? found[0] : LAST;
  }

  function saidOn(claim) {
    return claim.known_from || claim.asserted_on || LAST;
  }

  function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** Items by a key, those of one key in the order given. */
  function sorted(items, key) {
    return items.slice().sort((a, b) => compare(key(a), key(b)));
  }

  /** [{year, items}] in time order; the year of what has no date is null and comes last. */
  function byYear(items, key) {
    const found = new Map();
    sorted(items, key).forEach((item) => {
      const day = key(item);
      const year = day === LAST ? null : day.slice(0, 4);
      if (!found.has(year)) found.set(year, {year, items: []});
      found.get(year).items.push(item);
    });
    return [...found.values()];
  }

  const events = (list) => byYear(list, dayOf);
  const claims = (list) => byYear(list, saidOn);

  /** How a date is drawn: a day, a stretch of days, one end open, or not sure. */
  function dateKind(event) {
    const span = event.span;
    if (!span) return 'day';
    if (span.approximate || span.uncertain) return 'vague';
    if (!span.earliest) return span.latest ? 'until' : 'vague';
    if (!span.latest) return 'open';
    return span.earliest === span.latest ? 'day' : 'stretch';
  }

  /** Aspects whose status a closed entry shows: movement and cargo apart, or what else there is. */
  function headline(event) {
    const known = Object.keys(event.statuses || {}).filter((aspect) => event.statuses[aspect] !== 'none');
    const first = STATUSES.filter((aspect) => known.includes(aspect));
    return first.length ? first : known.slice(0, 1);
  }

  /** Everyone who denies any aspect of an event. */
  function deniers(event) {
    return [...new Set(Object.values(event.denied_by || {}).flat())];
  }

  Waybill.ledgerorder = {dayOf, events, claims, dateKind, headline, deniers};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.ledgerorder;
})(typeof globalThis === 'object' ? globalThis : this);
