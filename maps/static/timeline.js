/* The timeline: two clocks, when it happened and when it was said, over a chart of the events. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, date} = Waybill.words;

  /** A record without a single day has no timeline. */
  function nothing() {
    return {node: el('div', {hidden: true}), update: () => {}, destroy: () => {}};
  }

  /** `on.stepping(value)` tells the page that the choice is made by stepping, so that it keeps still and opens nothing. */
  function create(store, on) {
    if (!store.facts.extent.first) return nothing();
    const {timelinecontrols: controls, timelinechart, timelineplay} = Waybill;
    const status = el('p', {class: 'wb-time-status', role: 'status'});
    let spoken = null; // the state that the status line speaks of
    const play = timelineplay.create(store, {say, changed: () => transport.update(), stepping: (on && on.stepping) || (() => {})});
    const transport = controls.transport(play);
    const clocks = controls.readouts(store);
    const chart = timelinechart.create(store, {help: clocks.ids});
    const dates = controls.dates(store);
    const key = controls.key(store, chart.cut);
    const body = el('div', {class: 'wb-time-body', id: clocks.ids.known + '-body'}, clocks.node, chart.node);
    const short = el('span', {class: 'wb-time-short'});
    const fold = el(
      'button',
      {type: 'button', class: 'wb-time-button wb-time-fold', 'aria-controls': body.id, on: {click: () => unfold(!node.classList.contains('is-unfolded'))}},
      controls.icon('fold')
    );
    const head = el('div', {class: 'wb-time-head'}, transport.node, short, status, el('div', {class: 'wb-time-tools'}, key.node, dates.node));
    const node = el('div', {class: 'wb-time', vars: chart.vars}, head, body, fold);

    function unfold(open) {
      node.classList.toggle('is-unfolded', open);
      fold.setAttribute('aria-expanded', String(open));
      fold.setAttribute('aria-label', t(open ? 'timeline-fold' : 'timeline-unfold'));
    }
    /** What a step came to. Titles come from the lens, so that none is read before it is known. */
    function say(step) {
      if (!step) status.textContent = t('timeline-end');
      else {
        const event = store.index.event(step.events[0]);
        const values = {date: date(step.day), title: event ? event.title : '', n: step.events.length - 1};
        status.textContent = t(values.n ? 'timeline-said-more' : 'timeline-said', values);
      }
      spoken = store.state.known;
    }
    function update(_store, changed) {
      if (changed && spoken !== undefined && store.state.known !== spoken && changed.has('known')) hint();
      clocks.update();
      dates.update();
      transport.update();
      short.textContent = controls.knownText(store.state.known);
      short.title = t('timeline-known');
      if (!changed || ['index', 'known', 'from', 'to', 'by', 'sel'].some((one) => changed.has(one))) chart.update();
    }
    /** A line that no longer fits the clocks gives way to what the clocks are. */
    function hint() {
      spoken = undefined;
      status.textContent = '';
      status.append(el('span', {class: 'wb-time-hint'}, t('timeline-hint')));
    }

    hint();
    unfold(false);
    update(store, null);
    return {
      node,
      update,
      destroy: () => {
        play.destroy();
        dates.destroy();
        key.destroy();
        chart.destroy();
      }
    };
  }

  Waybill.timeline = {create};
})(typeof globalThis === 'object' ? globalThis : this);
