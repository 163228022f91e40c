/* The three handles of the timeline: the day by which it was said, and the two ends of when it happened. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {svg} = Waybill.dom;
  const {t, date} = Waybill.words;
  const HIT_PX = 26;

  function slider(kind, name, help, ...marks) {
    return svg(
      'g',
      {
        class: 'wb-time-handle is-' + kind,
        role: 'slider',
        tabindex: 0,
        'aria-label': name,
        'aria-describedby': help,
        'aria-orientation': 'horizontal'
      },
      marks
    );
  }

  /** `host` gives {axis(), box(), extent, said, frame, help: {known, happened}}; `extent` is of what happened, `said` of what was said; `store` takes what a key or a drag makes of it. */
  function create(store, host) {
    const {timescale, timewindow, timelinedrag} = Waybill;
    const flagHit = svg('rect', {class: 'wb-time-hit', y: 0, width: HIT_PX, height: 24});
    const pole = svg('path', {class: 'wb-time-pole'});
    const flag = svg('path', {class: 'wb-time-flag'});
    const known = slider('known', t('timeline-known'), host.help.known, flagHit, pole, flag);
    const ends = ['from', 'to'].map((end) => {
      const parts = [svg('rect', {class: 'wb-time-hit', width: HIT_PX}), svg('path', {class: 'wb-time-edge'}), svg('path', {class: 'wb-time-grip'})];
      return {end, parts, node: slider(end, t('timeline-' + end), host.help.happened, parts)};
    });

    const windowOf = () => ({from: store.state.from || null, to: store.state.to || null});

    /** A drag as a session: what it makes of each position is shown at once and written down at its end. */
    function session(changes) {
      const before = {known: store.state.known, from: store.state.from, to: store.state.to};
      let last = null;
      return {
        move: (x) => {
          last = changes(x);
          store.set(last, {quiet: true});
        },
        end: () => last && store.set(last),
        cancel: () => store.set(before, {quiet: true})
      };
    }
    /** A key on a handle; a held key makes one entry in the history, not hundreds. */
    function keys(node, change) {
      node.addEventListener('keydown', (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const next = change(event.key);
        if (!next) return;
        event.preventDefault();
        event.stopPropagation();
        store.set(next, {replace: event.repeat});
      });
    }

    keys(known, (key) => timewindow.knownKey(host.said, store.state.known, key));
    const drags = [
      timelinedrag.attach(known, host.frame, (x) => {
        const off = x - spot(store.state.known);
        return session((to) => ({known: dayOf(to - off)}));
      })
    ];
    ends.forEach(({end, node}) => {
      keys(node, (key) => timewindow.key(host.extent, windowOf(), end, key));
      drags.push(
        timelinedrag.attach(node, host.frame, (x) => {
          const off = x - edge(end);
          const set = end === 'from' ? timewindow.withFrom : timewindow.withTo;
          // The end of a window stands behind its last day, so that a position halfway through a month means the nearer edge.
          return session((to) => set(host.extent, windowOf(), nearest(end, to - off)));
        })
      );
    });

    function spot(day) {
      return day ? host.axis().end(day) : host.axis().right;
    }
    function dayOf(x) {
      const axis = host.axis();
      return x >= axis.right ? null : timewindow.known(host.said, axis.day(x));
    }
    function edge(end) {
      const reach = timewindow.reach(host.extent, windowOf());
      return end === 'from' ? host.axis().x(reach.from) : host.axis().end(reach.to);
    }
    function nearest(end, x) {
      const axis = host.axis();
      const day = axis.day(x);
      const start = axis.x(timescale.monthStart(day));
      const stop = axis.end(timescale.monthEnd(day));
      const late = x - start > stop - x;
      if (end === 'from') return late ? timescale.addMonths(timescale.monthStart(day), 1) : day;
      return late ? day : timescale.addDays(timescale.monthStart(day), -1);
    }
    function values(node, {first, last}, day, text) {
      const [low, high, now] = [first, last, day].map(timescale.number);
      node.setAttribute('aria-valuemin', low);
      node.setAttribute('aria-valuemax', high);
      node.setAttribute('aria-valuenow', Math.min(high, Math.max(low, now)));
      node.setAttribute('aria-valuetext', text);
    }

    /** Put the handles where the state has them. */
    function update() {
      const box = host.box();
      const axis = host.axis();
      const x = spot(store.state.known);
      const side = x - axis.left < 24 ? 1 : -1; // at the beginning the flag flies to the right
      flagHit.setAttribute('x', x - HIT_PX / 2 + side * 5);
      pole.setAttribute('d', 'M' + x + ' 3V' + box.base);
      flag.setAttribute('d', 'M' + x + ' 3h' + side * 15 + 'l' + -side * 3.5 + ' 5l' + side * 3.5 + ' 5h' + -side * 15 + 'z');
      values(known, host.said, store.state.known || host.said.last, store.state.known ? date(store.state.known) : t('timeline-everything'));
      const reach = timewindow.reach(host.extent, windowOf());
      const inner = Math.min(6, (edge('to') - edge('from')) / 4); // a narrow window still leaves its bars to the pointer
      const middle = (box.top + box.base) / 2;
      ends.forEach(({end, node, parts}) => {
        const [hit, line, grip] = parts;
        const at = edge(end);
        hit.setAttribute('x', end === 'from' ? at - HIT_PX + inner : at - inner);
        hit.setAttribute('y', box.top + 4);
        hit.setAttribute('height', box.base - box.top - 4);
        line.setAttribute('d', 'M' + at + ' ' + box.top + 'V' + box.base);
        const out = end === 'from' ? -1 : 1;
        grip.setAttribute('d', 'M' + at + ' ' + (middle - 8) + 'h' + out * 3 + 'q' + out * 3 + ' 0 ' + out * 3 + ' 3v10q0 3 ' + -out * 3 + ' 3h' + -out * 3 + 'z');
        node.classList.toggle('is-open', !store.state[end]);
        values(node, host.extent, reach[end], store.state[end] ? date(store.state[end]) : t('timeline-open'));
      });
    }

    return {known, ends: ends.map((one) => one.node), update, session, windowOf, edge, active: () => drags.some((drag) => drag.active())};
  }

  Waybill.timelinehandles = {create};
})(typeof globalThis === 'object' ? globalThis : this);
