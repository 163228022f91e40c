/* Days, months and where they stand on an axis. Pure: no document. Days are ISO texts, counted from 1970 where numbers are needed. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const DAY_MS = 86400000;
  const LABEL_PX = 36;
  const QUARTER_PX = 20;
  const SQUEEZED = 0.17; // share of the axis left to the thin years before a break
  const LONG_MONTHS = 96; // shorter records need no break
  const UNEVEN = 0.4; // how far events must be ahead of time for a break

  /** Days since 1970 of an ISO day, or null if no calendar has it. */
  function number(iso) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(iso || '')) return null;
    const ms = Date.parse(iso + 'T00:00:00Z');
    return isFinite(ms) && new Date(ms).toISOString().slice(0, 10) === iso ? Math.round(ms / DAY_MS) : null;
  }
  function iso(days) {
    return new Date(Math.round(days) * DAY_MS).toISOString().slice(0, 10);
  }
  function addDays(day, count) {
    return iso(number(day) + count);
  }
  /** Months since the year 0, which makes months a plain count. */
  function monthNumber(day) {
    return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  }
  function monthText(count) {
    return String(Math.floor(count / 12)).padStart(4, '0') + '-' + String((count % 12) + 1).padStart(2, '0');
  }
  function monthStart(day) {
    return day.slice(0, 7) + '-01';
  }
  function monthEnd(day) {
    return addDays(monthText(monthNumber(day) + 1) + '-01', -1);
  }
  /** The same day some months on, or the last day of a month that is too short for it. */
  function addMonths(day, count) {
    const first = monthText(monthNumber(day) + count) + '-01';
    const last = monthEnd(first);
    const same = first.slice(0, 8) + day.slice(8, 10);
    return same < last ? same : last;
  }
  function monthsBetween(a, b) {
    return monthNumber(b) - monthNumber(a);
  }
  /** The months from one day to another, both ends included: ['2022-11', ...]. */
  function months(first, last) {
    const from = monthNumber(first);
    return Array.from({length: Math.max(0, monthNumber(last) - from + 1)}, (_, i) => monthText(from + i));
  }

  /**
   * The first day of the year from which the record is dense, or null if an even axis serves: where twenty thin years stand
   * before four full ones, an even axis leaves no room for what matters. It is where events run furthest ahead of time.
   */
  function breakAt(days, extent) {
    const all = months(extent.first, extent.last).length;
    if (all < LONG_MONTHS || days.length < 8) return null;
    let best = {gain: UNEVEN, day: null};
    for (let year = Number(extent.first.slice(0, 4)) + 1; year <= Number(extent.last.slice(0, 4)); year += 1) {
      const day = String(year).padStart(4, '0') + '-01-01';
      const share = days.filter((one) => one >= day).length / days.length;
      const gain = share - months(day, extent.last).length / all;
      if (gain > best.gain) best = {gain, day};
    }
    return best.day;
  }

  /**
   * An axis of whole months from `left` to `right` pixels. With `cut` (an ISO day) what lies before it is squeezed.
   * `x(day)` is the start of a day, `end(day)` its end, `day(x)` the day at a position, held inside the axis.
   */
  function scale(extent, left, right, cut) {
    const first = number(monthStart(extent.first));
    const last = number(monthEnd(extent.last)) + 1;
    const middle = cut && number(cut) > first && number(cut) < last ? number(cut) : first;
    const room = right - left;
    const share = middle > first ? Math.min(SQUEEZED, (middle - first) / (last - first)) : 0;
    const bend = left + room * share;
    function place(days) {
      const held = Math.max(first, Math.min(last, days));
      if (held < middle) return left + ((held - first) / (middle - first)) * (bend - left);
      return bend + ((held - middle) / (last - middle)) * (right - bend);
    }
    function day(x) {
      const held = Math.max(left, Math.min(right, x));
      const days =
        held < bend
          ? first + ((held - left) / (bend - left)) * (middle - first)
          : middle + ((held - bend) / (right - bend)) * (last - middle);
      return iso(Math.min(last - 1, Math.floor(days + 1e-6)));
    }
    return {
      left,
      right,
      bend: middle > first ? bend : null,
      first: iso(first),
      last: iso(last - 1),
      x: (one) => place(number(one)),
      end: (one) => place(number(one) + 1),
      day
    };
  }

  /** Marks of an axis: years with a label where there is room, quarters where months are wide. */
  function ticks(axis) {
    const list = [];
    let free = axis.left - 1;
    months(axis.first, axis.last).forEach((month) => {
      const day = month + '-01';
      const x = axis.x(day);
      const start = month.slice(5) === '01';
      if (start) {
        const end = axis.bend && x < axis.bend - 1 ? axis.bend : axis.right; // no early year takes the room of the first full one
        const label = x >= free && x + LABEL_PX - 6 <= end;
        if (label) free = x + LABEL_PX;
        list.push({x, day, year: true, label: label ? month.slice(0, 4) : ''});
      } else if ((Number(month.slice(5)) - 1) % 3 === 0 && x - axis.x(addMonths(day, -3)) >= QUARTER_PX) {
        list.push({x, day, year: false, label: ''});
      }
    });
    return list;
  }

  /**
   * The days on which an event first becomes known, with those events: [{day, events: [ids]}] in order of time.
   * `tells(party)` says whose claims count, `keep(eventId)` which events; a claim without a day makes no step.
   */
  function steps(claims, tells, keep) {
    const first = new Map();
    claims.forEach((claim) => {
      if (!claim.known_from || !tells(claim.party)) return;
      (claim.events || []).forEach((event) => {
        if (keep(event) && (!first.has(event) || claim.known_from < first.get(event)))
          first.set(event, claim.known_from);
      });
    });
    const days = new Map();
    first.forEach((day, event) => days.set(day, (days.get(day) || []).concat(event)));
    return [...days].map(([day, events]) => ({day, events})).sort((a, b) => (a.day < b.day ? -1 : 1));
  }
  /** The step after a day; null, which is everything on record, has none after it. */
  function next(list, known) {
    return (known && list.find((step) => step.day > known)) || null;
  }
  /** The step before a day; before everything on record comes the last step. */
  function previous(list, known) {
    const before = known ? list.filter((step) => step.day < known) : list;
    return before.length ? before[before.length - 1] : null;
  }

  Waybill.timescale = {
    number,
    iso,
    addDays,
    addMonths,
    months,
    monthsBetween,
    monthStart,
    monthEnd,
    breakAt,
    scale,
    ticks,
    steps,
    next,
    previous
  };
  if (typeof module === 'object' && module.exports) module.exports = Waybill.timescale;
})(typeof globalThis === 'object' ? globalThis : this);
