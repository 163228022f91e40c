/* What a key or a drag makes of the two clocks: the window of what happened, in whole months, and the day by which it was said. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const scale = Waybill.timescale || (typeof require === 'function' ? require('./timescale.js') : null);
  const {addDays, addMonths, monthStart, monthEnd, monthsBetween} = scale;
  const STEP_MONTHS = {ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12};
  const STEP_DAYS = {ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1};
  const STEP_KNOWN_MONTHS = {PageDown: -1, PageUp: 1};

  const has = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
  const min = (a, b) => (a < b ? a : b);
  const max = (a, b) => (a > b ? a : b);

  /** The first and the last day that a window reaches; an open end reaches the end of the record. */
  function reach(extent, window) {
    return {
      from: window.from || monthStart(extent.first),
      to: window.to || monthEnd(extent.last)
    };
  }
  /** An end that reaches the end of the record is open. */
  function settle(extent, from, to) {
    return {
      from: from <= monthStart(extent.first) ? null : from,
      to: to >= monthEnd(extent.last) ? null : to
    };
  }
  /** The months from one day to another, in whichever order. */
  function between(extent, a, b) {
    return settle(extent, monthStart(min(a, b)), monthEnd(max(a, b)));
  }
  function withFrom(extent, window, day) {
    const {to} = reach(extent, window);
    return settle(extent, monthStart(min(day, to)), to);
  }
  function withTo(extent, window, day) {
    const {from} = reach(extent, window);
    return settle(extent, from, monthEnd(max(day, from)));
  }
  /** The window some months on, as wide as before, stopped at the ends of the record. */
  function shift(extent, window, count) {
    const {from, to} = reach(extent, window);
    const before = monthsBetween(extent.first, from);
    const after = monthsBetween(to, extent.last);
    const held = Math.max(-before, Math.min(after, count));
    return settle(extent, addMonths(monthStart(from), held), monthEnd(addMonths(monthStart(to), held)));
  }
  /** The window after a key on one of its handles ('from' or 'to'), or null for a key that does nothing there. */
  function key(extent, window, end, name) {
    const ends = reach(extent, window);
    const set = end === 'from' ? withFrom : withTo;
    if (name === 'Home') return end === 'from' ? set(extent, window, extent.first) : set(extent, window, ends.from);
    if (name === 'End') return end === 'to' ? set(extent, window, extent.last) : set(extent, window, ends.to);
    if (!has(STEP_MONTHS, name)) return null;
    const day = addMonths(monthStart(ends[end]), STEP_MONTHS[name]);
    return set(extent, window, max(monthStart(extent.first), min(day, monthEnd(extent.last))));
  }
  /** A day as the "known by" clock takes it: null (everything on record) from the last day of the record on. */
  function known(extent, day) {
    return day >= extent.last ? null : max(day, extent.first);
  }
  /** The "known by" day after a key: {known}, or null for a key that does nothing there. */
  function knownKey(extent, day, name) {
    const now = day || extent.last;
    if (name === 'Home') return {known: extent.first};
    if (name === 'End') return {known: null};
    if (has(STEP_DAYS, name)) return {known: known(extent, addDays(now, STEP_DAYS[name]))};
    if (has(STEP_KNOWN_MONTHS, name)) return {known: known(extent, addMonths(now, STEP_KNOWN_MONTHS[name]))};
    return null;
  }

  Waybill.timewindow = {reach, between, withFrom, withTo, shift, key, known, knownKey};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.timewindow;
})(typeof globalThis === 'object' ? globalThis : this);
