/* Dragging with mouse, pen or finger: positions once a picture, and an end that tells a press from a drag. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const SLOP_PX = 4;

  /**
   * Makes `node` draggable. `on.start(x, event)` returns what to do: {move(x), end(), press(), cancel()}, or null to let it
   * pass; x is relative to `frame`. `press` is called instead of `end` when the pointer hardly moved.
   */
  function attach(node, frame, start) {
    let session = null;
    let picture = 0;
    let latest = 0;

    const at = (event) => event.clientX - frame.getBoundingClientRect().left;

    function down(event) {
      if (session || event.button > 0 || !event.isPrimary) return;
      const work = start(at(event), event);
      if (!work) return;
      event.stopPropagation();
      session = {work, id: event.pointerId, x: at(event), moved: false};
      node.setPointerCapture(event.pointerId);
    }
    function move(event) {
      if (!session || event.pointerId !== session.id) return;
      latest = at(event);
      if (!session.moved && Math.abs(latest - session.x) < SLOP_PX) return;
      session.moved = true;
      if (!picture) picture = root.requestAnimationFrame(show);
    }
    function show() {
      picture = 0;
      if (session) session.work.move(latest);
    }
    function up(event) {
      if (!session || event.pointerId !== session.id) return;
      const {work, moved} = session;
      if (picture) {
        root.cancelAnimationFrame(picture);
        show();
      }
      session = null;
      if (moved) work.end();
      else if (work.press) work.press(event);
    }
    function cancel(event) {
      if (!session || event.pointerId !== session.id) return;
      const {work, moved} = session;
      session = null;
      if (moved) work.cancel();
    }
    node.addEventListener('pointerdown', down);
    node.addEventListener('pointermove', move);
    node.addEventListener('pointerup', up);
    node.addEventListener('pointercancel', cancel);
    return {active: () => !!session};
  }

  Waybill.timelinedrag = {attach};
})(typeof globalThis === 'object' ? globalThis : this);
