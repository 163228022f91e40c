/* The chart of the timeline: events over time, the window of when it happened and the flag of when it was said. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, clear} = Waybill.dom;
  const {t} = Waybill.words;
  const SIDE_PX = 18;
  const BOX = {lane: 8, top: 20, base: 62, spans: 79};
  const PITCH_PX = 3.5;
  const ROWS_PX = 56; // more rows stand closer together
  const NOT_YET_PX = 84;
  const TIP_LINE_PX = 36;
  const TIP_HEAD_PX = 50;

  /** The months of everything on record: events that lie before or after the extent would otherwise vanish without a word. */
  function extentOf(facts) {
    const days = facts.events.flatMap((event) => (event.span ? [event.span.earliest, event.span.latest] : [])).filter(Boolean);
    const first = [facts.extent.first].concat(days).sort()[0];
    return {first, last: [facts.extent.last].concat(days).sort().pop()};
  }
  /** A fully drawn record, for what must not jump while the clocks move: rows, the height of a block, the break. */
  function whole(facts, extent) {
    const days = facts.events.map((event) => event.span && (event.span.earliest || event.span.latest)).filter(Boolean);
    const dated = facts.events.map((event) => ({id: event.id, span: event.span, status: 'none'}));
    const rows = new Map(Waybill.histogram.spans(dated, extent).map((span) => [span.id, span.row]));
    return {
      rows,
      most: Math.max(4, Waybill.histogram.highest(Waybill.histogram.bins(dated, extent))),
      cut: Waybill.timescale.breakAt(days, extent)
    };
  }

  function create(store, on) {
    const {timescale, timewindow, timelinebars, timelinehandles, timelinedrag, histogram} = Waybill;
    const extent = extentOf(store.facts);
    const {most, rows, cut} = whole(store.facts, extent);
    const paint = timelinebars.patterns();
    const back = svg('g', {class: 'wb-time-back'});
    const plot = svg('g', {class: 'wb-time-plot', 'aria-orientation': 'horizontal', 'aria-label': t('timeline-chart')});
    const cover = svg('g', {class: 'wb-time-cover'});
    const frame = svg('svg', {class: 'wb-time-chart'}, paint.defs, back, plot, cover);
    const tip = el('div', {class: 'wb-time-tip', hidden: true, 'aria-hidden': 'true'});
    const node = el('div', {class: 'wb-time-plotbox'}, frame, tip);
    const lines = Math.max(0, ...rows.values()) + (rows.size ? 1 : 0);
    const box = Object.assign({pitch: Math.min(PITCH_PX, ROWS_PX / Math.max(1, lines))}, BOX);
    const height = BOX.spans + lines * box.pitch + 4;
    let width = 0;
    let axis = timescale.scale(extent, SIDE_PX, 600, cut);
    let marks = [];
    let current = null; // key of the mark that Tab leads to

    const handles = timelinehandles.create(store, {
      axis: () => axis,
      box: () => BOX,
      extent,
      said: store.facts.extent,
      frame,
      help: on.help
    });
    frame.append(handles.ends[0], handles.ends[1], handles.known);
    node.style.setProperty('--wb-time-height', height + 'px');

    const known = () => store.unwindowed || store.index;
    const inside = (id) => !!store.index.event(id);

    function drawBack() {
      clear(back);
      const {from, to} = handles.windowOf();
      const x = store.state.known ? axis.end(store.state.known) : axis.right;
      if (from || to) {
        const left = handles.edge('from');
        back.append(svg('rect', {class: 'wb-time-window', x: left, y: BOX.top, width: Math.max(0, handles.edge('to') - left), height: BOX.base - BOX.top}));
      }
      if (x < axis.right - 1) {
        back.append(svg('rect', {class: 'wb-time-unsaid', x, y: BOX.top, width: axis.right - x, height: height - BOX.top}));
        if (axis.right - x > NOT_YET_PX)
          back.append(svg('text', {class: 'wb-time-note', x: (x + axis.right) / 2, y: BOX.lane + 4, 'text-anchor': 'middle'}, t('timeline-not-yet')));
      }
      const rail = axis.right - x > NOT_YET_PX ? x : axis.right;
      back.append(svg('path', {class: 'wb-time-rail', d: 'M' + axis.left + ' ' + BOX.lane + 'H' + rail}));
      back.append(svg('path', {class: 'wb-time-rail is-said', d: 'M' + axis.left + ' ' + BOX.lane + 'H' + x}));
      const said = new Set(known().payload.events.map((event) => event.said_first).filter(Boolean));
      const ticks = [...said].map((day) => 'M' + (axis.x(day) + axis.end(day)) / 2 + ' ' + (BOX.lane - 3) + 'v6').join('');
      if (ticks) back.append(svg('path', {class: 'wb-time-said', d: ticks}));
      back.append(...timelinebars.axisMarks(axis, BOX).flat().filter(Boolean));
    }

    function drawPlot() {
      const focused = plot.contains(document.activeElement);
      const index = known();
      const events = index.payload.events;
      const view = {most, selected: store.state.sel, known: store.state.known, inside, event: (id) => index.event(id)};
      marks = histogram
        .bins(events, extent)
        .map((bin) => timelinebars.bar(bin, axis, BOX, view))
        .concat(histogram.spans(events, extent).map((span) => timelinebars.spanBar(Object.assign(span, {row: rows.get(span.id) || 0}), axis, box, view)));
      clear(plot);
      plot.setAttribute('role', marks.length ? 'listbox' : 'img'); // a list box without options is none
      marks.forEach((mark) => {
        mark.node.addEventListener('pointerenter', () => show(mark));
        mark.node.addEventListener('pointerleave', hide);
        mark.node.addEventListener('focus', () => show(mark));
        mark.node.addEventListener('blur', hide);
        mark.node.addEventListener('keydown', (event) => onKey(event, mark));
        mark.node.addEventListener('click', (event) => !event.detail && press(mark)); // a click without a pointer
        plot.append(mark.node);
      });
      const chosen = marks.find((mark) => mark.events.some((event) => event.id === store.state.sel));
      if (!marks.some((mark) => mark.key === current)) current = chosen ? chosen.key : marks.length ? marks[0].key : null;
      rove(focused);
    }
    function rove(focus) {
      marks.forEach((mark) => mark.node.setAttribute('tabindex', mark.key === current ? 0 : -1));
      const mark = marks.find((one) => one.key === current);
      if (focus && mark) mark.node.focus({preventScroll: true});
    }
    function onKey(event, mark) {
      const at = marks.indexOf(mark);
      const to = {ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: marks.length - 1}[event.key];
      if (event.key === 'Enter' || event.key === ' ') press(mark);
      else if (to === undefined) return;
      else if (marks[to]) {
        current = marks[to].key;
        rove(true);
      }
      event.preventDefault();
      event.stopPropagation();
    }
    /** Select the event, or of several the one after the selected. An event outside the window opens the window first. */
    function press(mark) {
      const at = mark.events.findIndex((event) => event.id === store.state.sel);
      const event = mark.events[(at + 1) % mark.events.length];
      current = mark.key;
      store.set(inside(event.id) ? {sel: event.id} : {sel: event.id, from: null, to: null});
    }
    function show(mark) {
      if (handles.active() || brush.active()) return;
      const room = node.getBoundingClientRect().top - Math.max(0, (node.closest('.waybill') || node).getBoundingClientRect().top);
      clear(tip).append(timelinebars.tip(mark, known(), inside, Math.max(2, Math.floor((room - TIP_HEAD_PX) / TIP_LINE_PX))));
      tip.hidden = false;
      const half = tip.offsetWidth / 2;
      tip.style.left = Math.max(half, Math.min(width - half, mark.x)) + 'px';
      tip.style.bottom = node.clientHeight - mark.y + 6 + 'px';
    }
    function hide() {
      tip.hidden = true;
    }

    /** A drag on the chart makes a window, one inside the window moves it; a press selects what is there. */
    const brush = timelinedrag.attach(frame, frame, (x, event) => {
      const {from, to} = handles.windowOf();
      const start = axis.day(x);
      const y = event.clientY - frame.getBoundingClientRect().top;
      const hit = event.target.closest ? event.target.closest('.wb-time-bar, .wb-time-span') : null;
      const mark = marks.find((one) => one.node === hit);
      if (y < BOX.top) return null;
      hide();
      const before = {from, to};
      const grasped = (from || to) && y <= BOX.base && x > handles.edge('from') && x < handles.edge('to');
      const work = handles.session((now) =>
        grasped ? timewindow.shift(extent, before, timescale.monthsBetween(start, axis.day(now))) : timewindow.between(extent, start, axis.day(now))
      );
      return Object.assign(work, {press: () => mark && press(mark)});
    });
    frame.addEventListener('dblclick', (event) => {
      event.preventDefault();
      if (store.state.from || store.state.to) store.set({from: null, to: null});
    });

    function resize() {
      const now = node.clientWidth;
      if (!now || now === width) return;
      width = now;
      frame.setAttribute('width', width);
      frame.setAttribute('height', height);
      axis = timescale.scale(extent, SIDE_PX, width - SIDE_PX, cut);
      draw();
    }
    function draw() {
      if (!width) return;
      hide();
      drawBack();
      drawPlot();
      handles.update();
    }
    const observer = new root.ResizeObserver(resize);
    observer.observe(node);
    return {node, extent, cut, vars: paint.vars, update: draw, destroy: () => observer.disconnect()};
  }

  Waybill.timelinechart = {create, extentOf};
})(typeof globalThis === 'object' ? globalThis : this);
