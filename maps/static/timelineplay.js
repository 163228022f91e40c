/* Stepping through what was said, day by day, and doing so by itself. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const PLAY_MS = 1200;
  const INPUTS = ['pointerdown', 'keydown', 'wheel'];

  /**
   * `say(step)` is called after each step; a step of null is the end, where everything on record is shown. `changed()`
   * when play starts or stops, `stepping(value)` when the reader begins to step and when something else is done.
   */
  function create(store, {say, changed, stepping}) {
    const {timescale, tellers} = Waybill;
    const parties = tellers.create(store.facts.parties, store.groups);
    const spans = new Map(store.facts.events.map((event) => [event.id, event.span]));
    let running = false;
    let timer = 0;
    let watching = false;

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
      begin();
      store.set({known: step.day, sel: step.events[0]}, options || {});
      say(step);
    }
    /** From the last step the next is everything on record, which also holds what bears no date. */
    function next(options) {
      const {known} = store.state;
      const step = timescale.next(steps(), known);
      if (step) go(step, options);
      else if (known) {
        begin();
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
    function play() {
      const list = steps();
      if (running || !list.length) return;
      running = true;
      if (store.state.known) next();
      else go(list[0]);
      wait();
      changed();
    }
    function stop() {
      root.clearTimeout(timer);
      running = false;
      changed();
    }

    function begin() {
      if (watching) return;
      watching = true;
      INPUTS.forEach((type) => document.addEventListener(type, onInput, {capture: true, passive: true}));
      stepping(true);
    }
    function end() {
      if (!watching) return;
      watching = false;
      INPUTS.forEach((type) => document.removeEventListener(type, onInput, {capture: true}));
      stepping(false);
    }
    /** Whoever does anything else has taken over; the buttons of stepping answer their own press. */
    function onInput(event) {
      const own = event.type !== 'wheel' && event.target.closest && event.target.closest('.wb-time-transport');
      const passing = event.type === 'keydown' && ['Tab', 'Shift', 'Control', 'Alt', 'Meta'].includes(event.key);
      if (running && !(own && event.target.closest('.is-play'))) stop();
      if (!own && !passing) end();
    }
    return {
      next,
      previous,
      ends,
      playing: () => running,
      toggle: () => (running ? stop() : play()),
      destroy: () => {
        stop();
        end();
      }
    };
  }

  Waybill.timelineplay = {create, PLAY_MS};
})(typeof globalThis === 'object' ? globalThis : this);
