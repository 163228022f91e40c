/* Stepping through what was said, day by day, and doing so by itself. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const PLAY_MS = 1200;

  /** `say(step)` is called after each step; a step of null is the end, where everything on record is shown. `changed()` when play starts or stops. */
  function create(store, {say, changed}) {
    const {timescale, tellers} = Waybill;
    const parties = tellers.create(store.facts.parties, store.groups);
    const spans = new Map(store.facts.events.map((event) => [event.id, event.span]));
    let running = false;
    let timer = 0;
    let button = null;

    /** The days to step to: of the events that the chosen parties speak of and the window holds. */
    function steps() {
      const {from, to, by} = store.state;
      const keep = (id) => {
        const span = spans.get(id);
        if (!spans.has(id)) return false;
        if (!from && !to) return true;
        return !!span && !(to && span.earliest && span.earliest > to) && !(from && span.latest && span.latest < from);
      };
      return timescale.steps(store.facts.claims, parties.tells(by), keep);
    }
    function go(step, options) {
      if (!step) return;
      store.set({known: step.day, sel: step.events[0]}, options || {});
      say(step);
    }
    /** From the last step the next is everything on record, which also holds what bears no date. */
    function next(options) {
      const {known} = store.state;
      const step = timescale.next(steps(), known);
      if (step) go(step, options);
      else if (known) {
        store.set({known: null}, options || {});
        say(null);
      }
      return !!step;
    }
    function previous() {
      go(timescale.previous(steps(), store.state.known));
    }
    function ends() {
      const list = steps();
      return {
        first: !timescale.previous(list, store.state.known),
        last: !store.state.known,
        empty: !list.length
      };
    }

    function tick() {
      if (next({replace: true})) wait();
      else stop();
    }
    function wait() {
      timer = root.setTimeout(tick, PLAY_MS);
    }
    function play(pressed) {
      const list = steps();
      if (running || !list.length) return;
      running = true;
      button = pressed;
      if (store.state.known) next();
      else go(list[0]);
      wait();
      ['pointerdown', 'keydown', 'wheel'].forEach((type) => document.addEventListener(type, onInput, {capture: true, passive: true}));
      changed();
    }
    function stop() {
      root.clearTimeout(timer);
      running = false;
      ['pointerdown', 'keydown', 'wheel'].forEach((type) => document.removeEventListener(type, onInput, {capture: true}));
      changed();
    }
    /** Whoever does anything has taken over; the play button itself answers its own press. */
    function onInput(event) {
      if (event.type === 'wheel' || !button.contains(event.target)) stop();
    }
    return {next, previous, ends, playing: () => running, toggle: (pressed) => (running ? stop() : play(pressed)), destroy: stop};
  }

  Waybill.timelineplay = {create, PLAY_MS};
})(typeof globalThis === 'object' ? globalThis : this);
