/* What the timeline's chart draws of the events: a block for each in its month, thin bars for those of several months. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg} = Waybill.dom;
  const {t, date} = Waybill.words;
  const STATUSES = ['confirmed', 'evidenced', 'asserted', 'alleged', 'unsupported', 'none'];
  const BLOCK_PX = 7; // a block is never taller, so that one event does not look like many
  const BLOCKS_MOST = 30; // months with more events are drawn as one piece for each status
  const MIN_BAR_PX = 3;
  const MAX_BAR_PX = 14;
  const TIP_MOST = 8;
  const TAIL_PX = 16;
  const SPAN_PX = 2.3;
  let serial = 0;

  function classOf(status) {
    return 'is-' + (STATUSES.includes(status) ? status : 'none');
  }

  /** Patterns of the statuses and of doubt; ids are of one chart, because a page may hold several. */
  function patterns() {
    const id = 'wb-time-' + ++serial;
    const pattern = (name, size, ...marks) =>
      svg('pattern', {id: id + name, width: size, height: size, patternUnits: 'userSpaceOnUse'}, marks);
    const defs = svg(
      'defs',
      {},
      pattern(
        '-asserted',
        4,
        svg('rect', {class: 'wb-time-tint', width: 4, height: 4}),
        svg('path', {class: 'wb-time-stroke', d: 'M-1 1L1 -1M0 4L4 0M3 5L5 3', 'stroke-width': 1.2})
      ),
      pattern(
        '-alleged',
        3,
        svg('rect', {class: 'wb-time-tint', width: 3, height: 3}),
        svg('circle', {class: 'wb-time-dot', cx: 1.5, cy: 1.5, r: 0.75})
      ),
      pattern('-doubt', 5, svg('path', {class: 'wb-time-gap', d: 'M-1 4L1 6M0 0L5 5M4 -1L6 1', 'stroke-width': 1.5}))
    );
    const vars = {
      '--wb-time-asserted': 'url(#' + id + '-asserted)',
      '--wb-time-alleged': 'url(#' + id + '-alleged)',
      '--wb-time-doubt': 'url(#' + id + '-doubt)'
    };
    return {defs, vars};
  }

  /** A small block as in the chart, for the key and the tip. */
  function swatch(status, doubt) {
    return svg(
      'svg',
      {class: 'wb-time-swatch', width: 12, height: 10, viewBox: '0 0 12 10', 'aria-hidden': 'true', focusable: 'false'},
      svg('rect', {class: 'wb-time-block ' + classOf(status), x: 1, y: 1, width: 10, height: 8}),
      doubt ? svg('rect', {class: 'wb-time-doubt', x: 1, y: 1, width: 10, height: 8}) : null
    );
  }

  /** Blocks of one month from the baseline up, pieces where there are too many to count. */
  function column(bin, place, view) {
    const {x, width, base, height} = place;
    const unit = Math.min(BLOCK_PX, height / view.most);
    const one = (events, from, count) => {
      const event = events[0];
      const box = {x, y: base - (from + count) * unit, width, height: Math.max(0.8, count * unit - (unit > 2.5 ? 1 : 0))};
      const lit = events.some((each) => each.id === view.selected);
      const faint = !events.some((each) => view.inside(each.id));
      const names = 'wb-time-block ' + classOf(event.status) + (lit ? ' is-selected' : '') + (faint ? ' is-faint' : '');
      return [
        svg('rect', Object.assign({class: names}, box)),
        Waybill.histogram.doubtful(event) ? svg('rect', Object.assign({class: 'wb-time-doubt'}, box)) : null
      ];
    };
    const events = bin.events.map(view.event);
    if (view.most <= BLOCKS_MOST) return events.map((event, i) => one([event], i, 1));
    const pieces = [];
    events.forEach((event, i) => {
      const last = pieces[pieces.length - 1];
      const alike = last && last.events[0].status === event.status && view.inside(last.events[0].id) === view.inside(event.id);
      if (alike) last.events.push(event);
      else pieces.push({from: i, events: [event]});
    });
    return pieces.map((piece) => one(piece.events, piece.from, piece.events.length));
  }

  function titlesOf(events) {
    return events.map((event) => event.title).join('; ');
  }

  function bar(bin, axis, box, view) {
    const day = bin.month + '-01';
    const start = axis.x(day);
    const room = axis.end(Waybill.timescale.monthEnd(day)) - start;
    const width = Math.min(MAX_BAR_PX, Math.max(MIN_BAR_PX, room - 1.2));
    const x = start + (room - width) / 2;
    const events = bin.events.map(view.event);
    const label = t('timeline-bar', {month: date(bin.month), n: events.length, titles: titlesOf(events)});
    const node = svg(
      'g',
      {class: 'wb-time-bar', role: 'option', tabindex: -1, 'aria-selected': String(events.some((event) => event.id === view.selected)), 'data-month': bin.month, 'aria-label': label},
      svg('rect', {
        class: 'wb-time-hit',
        x: start - Math.max(0, (6 - room) / 2),
        y: box.top,
        width: Math.max(6, room),
        height: box.base - box.top
      }),
      column(bin, {x, width, base: box.base, height: box.base - box.top}, view)
    );
    return {node, key: bin.month, events, heading: date(bin.month), x: x + width / 2, y: box.base - Math.min(BLOCK_PX, (box.base - box.top) / view.most) * events.length};
  }

  function spanBar(span, axis, box, view) {
    const event = view.event(span.id);
    const y = box.spans + span.row * box.pitch + box.pitch / 2;
    const stop = span.openEnd && view.known && view.known < axis.last ? view.known : span.stop;
    const right = axis.end(stop);
    const left = Math.min(span.openStart ? right - 4 : axis.x(span.start), right - 3);
    const names = ['wb-time-span', classOf(span.status)]
      .concat(span.id === view.selected ? 'is-selected' : [], view.inside(span.id) ? [] : 'is-faint')
      .join(' ');
    const line = (x1, x2, extra) => svg('path', {class: 'wb-time-line ' + extra, d: 'M' + x1 + ' ' + y + 'H' + x2, 'stroke-width': SPAN_PX});
    const fade = (x1, x2) => {
      const part = (x2 - x1) / 4;
      return [0, 1, 2, 3].map((i) =>
        svg('path', {class: 'wb-time-fade', d: 'M' + (x1 + i * part) + ' ' + y + 'h' + part * 0.55, 'stroke-width': SPAN_PX, 'stroke-opacity': 0.85 - i * 0.22})
      );
    };
    const marks = [line(left, right, '')];
    if (span.openStart) marks.push(fade(left, left - TAIL_PX));
    else if (span.approximate) marks.push(fade(left, left - TAIL_PX / 2));
    if (span.openEnd)
      marks.push(svg('path', {class: 'wb-time-arrow', d: 'M' + right + ' ' + (y - 3) + 'l4 3l-4 3z'}));
    else if (span.approximate) marks.push(fade(right, right + TAIL_PX / 2));
    const label = (event.when_text ? event.when_text + ': ' : '') + event.title;
    const node = svg(
      'g',
      {class: names, role: 'option', tabindex: -1, 'aria-selected': String(span.id === view.selected), 'data-span': span.id, 'aria-label': label},
      svg('rect', {class: 'wb-time-hit', x: left - TAIL_PX, y: y - box.pitch / 2, width: right - left + TAIL_PX + 4, height: box.pitch}),
      marks
    );
    return {node, key: span.id, events: [event], heading: event.when_text || '', x: (Math.max(left, axis.left) + right) / 2, y: y - 3};
  }

  /** Year lines, labels, quarter ticks, and the sign of a break. */
  function axisMarks(axis, box) {
    const marks = Waybill.timescale.ticks(axis).map((tick) => [
      svg('path', {
        class: tick.year ? 'wb-time-year' : 'wb-time-quarter',
        d: 'M' + tick.x + ' ' + (tick.label ? box.top : box.base) + 'V' + (box.base + (tick.label ? 13 : 4))
      }),
      tick.label ? svg('text', {class: 'wb-time-label', x: tick.x + 3, y: box.base + 11.5}, tick.label) : null
    ]);
    marks.push(svg('path', {class: 'wb-time-base', d: 'M' + axis.left + ' ' + box.base + 'H' + axis.right}));
    if (axis.bend)
      marks.push(
        svg('path', {class: 'wb-time-break', d: 'M' + (axis.bend - 5) + ' ' + (box.base + 4) + 'l4 -8M' + (axis.bend - 1.5) + ' ' + (box.base + 4) + 'l4 -8'})
      );
    return marks;
  }

  /** What the tip says of a month or of one event of several months, with at most so many events. */
  function tip(mark, index, inside, most) {
    const shown = mark.events.slice(0, Math.min(most, TIP_MOST));
    return el(
      'div',
      {},
      el('strong', {class: 'wb-time-tip-head'}, mark.heading),
      el(
        'ul',
        {},
        shown.map((event) => {
          const doubt = Waybill.histogram.doubtful(event);
          const notes = [index.statusLabel(event.status)]
            .concat(doubt ? t('timeline-doubt') : [], inside(event.id) ? [] : t('timeline-outside'))
            .join(' · ');
          return el('li', {}, swatch(event.status, doubt), el('span', {}, el('span', {lang: Waybill.words.caseLang(index.payload)}, event.title), ' ', el('small', {}, notes)));
        })
      ),
      mark.events.length > shown.length ? el('p', {}, t('timeline-more', {n: mark.events.length - shown.length})) : null
    );
  }

  Waybill.timelinebars = {patterns, swatch, bar, spanBar, axisMarks, tip, STATUSES};
})(typeof globalThis === 'object' ? globalThis : this);
