/* Events by the month in which they happened, and apart from them those of several months or with an open end. Pure. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const ORDER = ['confirmed', 'evidenced', 'asserted', 'alleged', 'unsupported', 'none'];
  const GAP_DAYS = 20; // between two bars in one row
  const TAIL_DAYS = 120; // room for the fading end of an event of which only the last day is known

  function rank(status) {
    const place = ORDER.indexOf(status);
    return place < 0 ? ORDER.length : place;
  }
  function dated(event) {
    return !!event.span && !!(event.span.earliest || event.span.latest);
  }
  function doubtful(event) {
    return !!(event.span && (event.span.approximate || event.span.uncertain));
  }
  /** The one month of an event, or null if it has several, an open end or no date. */
  function monthOf(event) {
    const {earliest, latest} = event.span || {};
    return earliest && latest && earliest.slice(0, 7) === latest.slice(0, 7) ? earliest.slice(0, 7) : null;
  }
  function inside(event, extent) {
    if (!dated(event)) return false;
    const {earliest, latest} = event.span;
    return !(earliest && earliest > extent.last) && !(latest && latest < extent.first);
  }

  /**
   * The months in which something happened, in order. `counts` and `uncertain` hold numbers by status, each event in one
   * of them; `events` are ids, the strongest status first and in the order of their days, as the blocks of a bar are stacked.
   */
  function bins(events, extent) {
    const found = new Map();
    events.forEach((event) => {
      const month = monthOf(event);
      if (!month || !inside(event, extent)) return;
      if (!found.has(month)) found.set(month, []);
      found.get(month).push(event);
    });
    return [...found.keys()].sort().map((month) => {
      const list = found
        .get(month)
        .sort((a, b) => rank(a.status) - rank(b.status) || (a.span.earliest < b.span.earliest ? -1 : a.span.earliest > b.span.earliest ? 1 : 0));
      const bin = {month, counts: {}, uncertain: {}, events: list.map((event) => event.id)};
      list.forEach((event) => {
        const side = doubtful(event) ? bin.uncertain : bin.counts;
        side[event.status] = (side[event.status] || 0) + 1;
      });
      return bin;
    });
  }

  /**
   * Events of several months or with an open end, packed into as few rows as they need. `from` or `to` is null where the end
   * is open; `start` and `stop` are the days that the bar takes up in its row.
   */
  function spans(events, extent) {
    const day = (text, count) => new Date(Date.parse(text + 'T00:00:00Z') + count * 86400000).toISOString().slice(0, 10);
    const list = events
      .filter((event) => dated(event) && !monthOf(event) && inside(event, extent))
      .map((event) => {
        const {earliest, latest} = event.span;
        return {
          id: event.id,
          from: earliest || null,
          to: latest || null,
          openStart: !earliest,
          openEnd: !latest,
          approximate: doubtful(event),
          status: event.status,
          start: earliest || day(latest, -TAIL_DAYS),
          stop: latest || (earliest > extent.last ? earliest : extent.last)
        };
      })
      .sort((a, b) => (a.start !== b.start ? (a.start < b.start ? -1 : 1) : a.stop > b.stop ? -1 : a.stop < b.stop ? 1 : 0));
    const free = [];
    list.forEach((span) => {
      let row = free.findIndex((until) => until < span.start);
      if (row < 0) row = free.length;
      free[row] = day(span.stop, GAP_DAYS);
      span.row = row;
    });
    return list;
  }

  /** The most events of one month, for the height of the chart. */
  function highest(list) {
    return list.reduce((most, bin) => Math.max(most, bin.events.length), 0);
  }
  function undated(events) {
    return events.filter((event) => !dated(event));
  }

  Waybill.histogram = {bins, spans, highest, undated, doubtful, monthOf};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.histogram;
})(typeof globalThis === 'object' ? globalThis : this);
