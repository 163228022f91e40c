/* A map in a frame talks with the page around it: it takes `{waybill: {state: "..."}}` and says where it stands and how
   high it would like to be. Works in `sandbox="allow-scripts"`, where the page has no origin. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const VERSION = 1;

  /**
   * The height in pixels that suits a width. Below 520 the panels are sheets over the map and need the height: 720.
   * Below 900: 640. From there three fifths of the width, at least 560 and at most 800. Only the width decides, so that
   * a host that follows it never makes the frame grow again.
   */
  function heightAt(width) {
    if (width < 520) return 720;
    if (width < 900) return 640;
    return Math.min(800, Math.max(560, Math.round(width * 0.6)));
  }

  /** The one own key of a plain object, or undefined. */
  function only(value, key) {
    const keys = value && typeof value === 'object' ? Object.keys(value) : [];
    return keys.length === 1 && keys[0] === key ? value[key] : undefined;
  }
  /** The state that a message asks for; undefined for any other message. */
  function asked(data) {
    const state = only(only(data, 'waybill'), 'state');
    return typeof state === 'string' && state.length <= Waybill.state.MAX_CHARACTERS ? state : undefined;
  }

  function create(store, permalink, map, host) {
    const page = host || root;
    if (page.parent === page) return {update: () => {}, destroy: () => {}};
    let last = '';

    function post() {
      const message = {state: permalink.text(), height: heightAt(map.getSize().x), version: VERSION};
      const text = JSON.stringify(message);
      if (text === last) return;
      last = text;
      // to any origin: a published map holds nothing that its host may not know, and the host of a map is not known here
      page.parent.postMessage({waybill: message}, '*');
    }
    function hear(event) {
      if (event.source !== page.parent) return;
      const state = asked(event.data);
      if (state === undefined) return;
      permalink.apply(state);
      post();
    }

    page.addEventListener('message', hear);
    map.on('moveend resize', post);
    // after the page that is being built now has taken the state of its address
    Promise.resolve().then(post);
    return {
      update: (same, changed, options) => {
        if (!options || !options.quiet) post();
      },
      destroy: () => {
        page.removeEventListener('message', hear);
        map.off('moveend resize', post);
      }
    };
  }

  Waybill.frame = {create, heightAt, asked};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.frame;
})(typeof globalThis === 'object' ? globalThis : this);
