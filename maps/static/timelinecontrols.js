/* Around the timeline's chart: step and play, what the two clocks say, the dates to type and the key. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, button} = Waybill.dom;
  const {t, date} = Waybill.words;
  const SHAPES = {
    previous: 'M4 3v10M13 3L6 8l7 5z',
    next: 'M12 3v10M3 3l7 5-7 5z',
    play: 'M4 2.5l9 5.5-9 5.5z',
    pause: 'M4 3h3v10H4zM9 3h3v10H9z',
    fold: 'M3 10l5-5 5 5'
  };
  let serial = 0;

  function icon(name) {
    return svg(
      'svg',
      {class: 'wb-time-icon is-' + name, width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false'},
      svg('path', {d: SHAPES[name]})
    );
  }

  /** A window in words: whole months without their days. */
  function windowText({from, to}) {
    const {timescale} = Waybill;
    const start = from && (from.endsWith('-01') ? from.slice(0, 7) : from);
    const stop = to && (to === timescale.monthEnd(to) ? to.slice(0, 7) : to);
    const whole = start && stop && (start.length === 7) === (stop.length === 7);
    const first = from && date(whole || !to ? start : from);
    const last = to && date(whole || !from ? stop : to);
    if (from && to) return first === last ? first : t('timeline-window', {from: first, to: last});
    if (from) return t('timeline-since', {from: first});
    return to ? t('timeline-until', {to: last}) : t('timeline-all-dates');
  }
  function knownText(known) {
    return known ? date(known) : t('timeline-everything');
  }

  /** Step and play. */
  function transport(play) {
    const help = {title: t('timeline-step-help')};
    const step = (name, action) => {
      const node = button('wb-time-button', t('timeline-' + name), action, icon(name));
      node.title = t('timeline-' + name) + '. ' + help.title;
      return node;
    };
    const previous = step('previous', () => play.previous());
    const next = step('next', () => play.next());
    const toggle = button('wb-time-button is-play', t('timeline-play'), () => play.toggle(), icon('play'), icon('pause'));
    function update() {
      const ends = play.ends();
      const name = t(play.playing() ? 'timeline-pause' : 'timeline-play');
      toggle.setAttribute('aria-label', name);
      toggle.title = name;
      toggle.classList.toggle('is-playing', play.playing());
      // Not `disabled`, which would throw the focus away under the finger of whoever steps to the end.
      previous.setAttribute('aria-disabled', String(ends.first));
      next.setAttribute('aria-disabled', String(ends.last));
      toggle.setAttribute('aria-disabled', String(ends.empty));
    }
    return {node: el('div', {class: 'wb-time-transport'}, previous, toggle, next), update};
  }

  /** What each clock says, with a short account of which clock it is. */
  function readouts(store) {
    const id = 'wb-time-help-' + ++serial;
    const ids = {known: id + '-known', happened: id + '-happened'};
    const known = el('span', {class: 'wb-time-value'});
    const happened = el('span', {class: 'wb-time-value'});
    const clear = button('wb-text-button wb-time-clear', t('timeline-clear-name'), () => store.set({from: null, to: null}), t('timeline-clear'));
    const row = (kind, value, extra) =>
      el(
        'div',
        {class: 'wb-time-clock is-' + kind, title: t('timeline-' + kind + '-help')},
        el('span', {class: 'wb-time-name'}, t('timeline-' + kind)),
        value,
        extra,
        el('span', {class: 'wb-time-hidden', id: ids[kind]}, t('timeline-' + kind + '-help'))
      );
    const node = el('div', {class: 'wb-time-clocks'}, row('known', known), row('happened', happened, clear));
    function update() {
      known.textContent = knownText(store.state.known);
      happened.textContent = windowText(store.state);
      clear.hidden = !store.state.from && !store.state.to;
    }
    return {node, ids, update};
  }

  /** The exact days, typed: what is empty or no day is open. */
  function dates(store) {
    const field = (key) => {
      const id = 'wb-time-date-' + ++serial;
      const input = el('input', {type: 'date', id, class: 'wb-time-date', max: '9999-12-31', on: {change: () => take(key, input)}});
      return {key, input, node: el('div', {class: 'wb-time-field'}, el('label', {for: id}, t('timeline-' + key)), input)};
    };
    const fields = ['from', 'to', 'known'].map(field);
    function take(key, input) {
      if (input.value && input.value < '1000') return; // the year is still being typed
      const day = Waybill.timescale.number(input.value) === null ? null : input.value;
      const next = {[key]: day};
      // A beginning after the end takes the end along, and the other way round: a window holds at least its one day.
      if (day && key === 'from' && store.state.to && store.state.to < day) next.to = day;
      if (day && key === 'to' && store.state.from && store.state.from > day) next.from = day;
      store.set(next);
    }
    const popover = Waybill.popover.create({
      className: 'wb-time-dates',
      label: t('timeline-dates'),
      body: [fields.map((one) => one.node), el('p', {class: 'wb-time-hint'}, t('timeline-dates-hint'))]
    });
    function update() {
      fields.forEach(({key, input}) => {
        const value = store.state[key] || '';
        // A field that someone is typing into is theirs; an empty one there may be half a date.
        if (input.value !== value && (document.activeElement !== input || input.value)) input.value = value;
      });
    }
    return {node: popover.node, update, destroy: popover.destroy};
  }

  /** How to read the chart. */
  function key(store, cut) {
    const {swatch, STATUSES} = Waybill.timelinebars;
    const lines = ['block', 'span', 'open', 'doubt', 'faint'].concat(cut ? 'thin' : []);
    const body = el('div', {});
    const fill = () => {
      const samples = STATUSES.map((status) => el('li', {}, swatch(status), store.index.statusLabel(status)));
      const clocks = ['known', 'happened'].map((one) => el('li', {}, el('b', {}, t('timeline-' + one)), ' ', t('timeline-' + one + '-help')));
      const notes = lines.map((one) => el('li', {}, t('timeline-key-' + one)));
      const undated = Waybill.histogram.undated(store.index.payload.events).length;
      if (undated) notes.push(el('li', {}, t('timeline-undated', {n: undated})));
      Waybill.dom.clear(body).append(
        el('ul', {class: 'wb-time-key-list'}, samples),
        el('ul', {class: 'wb-time-key-notes'}, clocks, notes)
      );
    };
    return Waybill.popover.create({className: 'wb-time-key', label: t('timeline-key'), body, opened: fill});
  }

  Waybill.timelinecontrols = {transport, readouts, dates, key, icon, windowText, knownText};
})(typeof globalThis === 'object' ? globalThis : this);
