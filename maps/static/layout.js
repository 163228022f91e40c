/*
 * What stands around the map and how much of it that covers. Modes go by the size of the map, not of the window: the
 * page may be in a frame or a notebook.
 */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const WIDE_PX = 900;
  const NARROW_PX = 520;
  const SHORT_PX = 420;
  const MODES = ['wide', 'narrow', 'short'];

  function create(map) {
    const container = map.getContainer();
    const covers = {left: [], right: [], bottom: []};
    const nodes = [];
    const listeners = [];
    const watchers = [];
    const mode = {wide: false, narrow: false, short: false};
    const observer = new root.ResizeObserver(() => fit());
    let waiting = 0;
    let told = '';

    function read() {
      const {clientWidth: width, clientHeight: height} = container;
      const now = {wide: width >= WIDE_PX, narrow: width < NARROW_PX, short: height < SHORT_PX};
      const differs = MODES.some((key) => now[key] !== mode[key]);
      Object.assign(mode, now);
      MODES.forEach((key) => container.classList.toggle('wb-' + key, mode[key]));
      return differs;
    }
    function fit() {
      if (read()) listeners.forEach((listener) => listener());
      changed();
    }

    /** Pixels of a side that something stands on; of several things the widest counts. */
    function covered(side) {
      return Math.max(0, ...covers[side].map((cover) => cover()));
    }

    /** Tell the style sheet how much is covered; says whether that is news. */
    function settle() {
      const before = told;
      // the bar at the bottom stands between what is left and right of it
      told = Object.keys(covers)
        .map((side) => {
          const px = covered(side);
          container.style.setProperty('--wb-' + side, px + 'px');
          return px;
        })
        .join();
      return told !== before;
    }

    /** Once a frame, settle and call whoever arranges the map: asking what is covered lays the page out. */
    function changed() {
      if (waiting) return;
      waiting = root.requestAnimationFrame(() => {
        waiting = 0;
        if (settle()) watchers.forEach((watcher) => watcher());
      });
    }

    /** Put a node over the map; `cover` says how many pixels of its side it takes. */
    function add(side, node, cover) {
      root.L.DomEvent.disableClickPropagation(node);
      root.L.DomEvent.disableScrollPropagation(node);
      if (side === 'left') container.insertBefore(node, container.firstChild);
      else container.appendChild(node);
      if (cover) covers[side].push(cover);
      nodes.push(node);
      observer.observe(node);
    }

    read();
    observer.observe(container);
    return {
      add,
      changed,
      settle,
      wide: () => mode.wide,
      narrow: () => mode.narrow,
      short: () => mode.short,
      covered,
      cover: (side, cover) => covers[side].push(cover),
      onMode: (listener) => listeners.push(listener),
      onChange: (watcher) => watchers.push(watcher),
      destroy: () => {
        observer.disconnect();
        nodes.forEach((node) => node.remove());
        if (waiting) root.cancelAnimationFrame(waiting);
      }
    };
  }

  Waybill.layout = {create};
})(typeof globalThis === 'object' ? globalThis : this);
