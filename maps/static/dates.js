/* Dates as EDTF: which days they can mean, as routes/dates.py has it and tests/vectors/dates.json holds both to. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const POINT = /^(\d{2}(?:\d{2}|\dX|XX))(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)$/;
  const parsed = new Map();
  const pad = (n, width) => String(n).padStart(width, '0');

  function refuse(text) {
    throw new RangeError(JSON.stringify(text) + ' is not a date that Waybill reads');
  }
  function daysIn(year, month) {
    return month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  }
  function iso(year, month, day) {
    return pad(year, 4) + '-' + pad(month, 2) + '-' + pad(day, 2);
  }

  /** First and last day of a point in time whose unknown digits are X. */
  function point(text, whole) {
    const match = POINT.exec(text);
    if (!match) refuse(whole);
    const [, years, month, day, doubt] = match;
    const first = Number(years.replace(/X/g, '0'));
    const last = Number(years.replace(/X/g, '9'));
    if (last === 0 || first === 0) refuse(whole);
    const knowsMonth = month && month !== 'XX';
    const knowsDay = day && day !== 'XX';
    if (knowsDay && !knowsMonth) refuse(whole);
    if (knowsMonth && (Number(month) < 1 || Number(month) > 12)) refuse(whole);
    if (knowsDay && (Number(day) < 1 || Number(day) > daysIn(first, Number(month)) || Number(day) > daysIn(last, Number(month)))) refuse(whole);
    const [m1, m2] = knowsMonth ? [Number(month), Number(month)] : [1, 12];
    return {
      earliest: iso(first, m1, knowsDay ? Number(day) : 1),
      latest: iso(last, m2, knowsDay ? Number(day) : daysIn(last, m2)),
      approximate: doubt === '~' || doubt === '%',
      uncertain: doubt === '?' || doubt === '%',
      precision: knowsDay ? 'day' : knowsMonth ? 'month' : 'year'
    };
  }

  /** Whether an end of an interval is open or unknown. */
  function open(text) {
    return text === '' || text === '..';
  }
  function interval(text) {
    const cut = text.indexOf('/');
    const [start, end] = [text.slice(0, cut), text.slice(cut + 1)];
    if (open(start) && open(end)) refuse(text);
    const first = open(start) ? null : point(start, text);
    const last = open(end) ? null : point(end, text);
    if (first && last && first.earliest > last.latest) refuse(text);
    const ends = [first, last].filter(Boolean);
    return {
      earliest: first ? first.earliest : null,
      latest: last ? last.latest : null,
      approximate: ends.some((one) => one.approximate),
      uncertain: ends.some((one) => one.uncertain),
      precision: 'interval'
    };
  }

  /** The days that an EDTF text can mean; null where an interval is open. Throws RangeError for what is not such a date. */
  function parse(text) {
    if (typeof text !== 'string') refuse(text);
    if (!parsed.has(text)) parsed.set(text, text.includes('/') ? interval(text) : point(text, text));
    return parsed.get(text);
  }

  /** Whether any day of a span lies in a window; null is open. */
  function overlaps(span, from, to) {
    return (!to || !span.earliest || span.earliest <= to) && (!from || !span.latest || span.latest >= from);
  }

  Waybill.dates = {parse, overlaps, open};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.dates;
})(typeof globalThis === 'object' ? globalThis : this);
