/* Measuring: points by click, touch or keyboard, lengths on the ellipsoid in kilometres and nautical miles. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, clear} = Waybill.dom;
  const {t} = Waybill.words;
  const RULER = 'M1.5 10.5L10.5 1.5L14.5 5.5L5.5 14.5zM4 8l1.5 1.5M6.2 5.8L8.4 8M8.4 3.6L10 5.2';
  const STEP_PX = 20;
  const LEAP_PX = 100;
  const MOVES = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

  const language = () => (Waybill.words.language ? Waybill.words.language() : 'en');
  /** A stretch in words; on the map, where room is scarce, in kilometres only. */
  const written = (key, {metres, approximate}) =>
    (approximate ? '≈ ' : '') + t(key, Waybill.stretches.figures(metres, language()));

  /**
   * The button and, while it is on, the line. `on.measuring(true)` is said before the first point can be set and
   * `on.measuring(false)` after the last; between them clicks on the map belong to the line alone.
   */
  function create(map, on) {
    const container = map.getContainer();
    const drawing = Waybill.measuredraw.create(map);
    const button = Waybill.toolbar.tool(t('measure'), () => (active ? finish() : start()), RULER);
    const hint = el('p', {class: 'wb-measure-hint', role: 'status'});
    const sum = el('p', {class: 'wb-measure-sum', role: 'status'});
    const steps = el('ol', {class: 'wb-measure-steps', 'aria-label': t('measure-stretches')});
    const act = (key, action) => el('button', {type: 'button', class: 'wb-text-button', on: {click: action}}, t(key));
    const buttons = {
      add: act('measure-add', () => add(map.getCenter())),
      undo: act('measure-undo', undo),
      finish: act('measure-finish', finish),
      remove: act('measure-remove', remove)
    };
    const box = el(
      'section',
      {class: 'wb-measure', 'aria-label': t('measure'), hidden: true},
      hint, sum, steps,
      el('div', {class: 'wb-measure-buttons'}, Object.values(buttons))
    );
    buttons.remove.setAttribute('aria-label', t('measure-remove-name'));
    const cross = el('div', {class: 'wb-measure-cross', 'aria-hidden': 'true', hidden: true});
    let points = [];
    let active = false;

    function show() {
      const stretches = Waybill.stretches.between(points);
      const whole = Waybill.stretches.figures(Waybill.stretches.total(stretches), language());
      const texts = stretches.map((stretch) => written('measure-length', stretch));
      drawing.show(points, stretches, stretches.map((stretch) => written('measure-short', stretch)));
      drawing.preview(null);
      clear(steps);
      if (texts.length > 1) texts.forEach((text) => steps.appendChild(el('li', {}, text)));
      sum.textContent = stretches.length ? t('measure-sum', whole) : points.length ? t('measure-first') : '';
      hint.textContent = active ? t('measure-hint') : '';
      [hint, buttons.add, buttons.finish].forEach((node) => {
        node.hidden = !active;
      });
      buttons.undo.hidden = !active || !points.length;
      box.hidden = !active && !points.length;
    }

    function start() {
      points = [];
      active = true;
      set(true);
      box.hidden = false; // a live region speaks only of changes made while it is there
      show();
      container.focus({preventScroll: true});
    }
    function set(value) {
      button.setAttribute('aria-pressed', String(value));
      container.classList.toggle('wb-measuring', value);
      cross.hidden = true;
      if (on && on.measuring) on.measuring(value);
    }
    function stop() {
      if (!active) return;
      active = false;
      set(false);
    }
    /** End the line and keep it, if it is one. */
    function finish() {
      if (points.length < 2) {
        remove();
        return;
      }
      const inside = box.contains(document.activeElement) || container === document.activeElement;
      stop();
      show();
      if (inside) buttons.remove.focus({preventScroll: true});
    }
    function remove() {
      const inside = box.contains(document.activeElement) || container === document.activeElement;
      points = [];
      stop();
      show();
      if (inside) button.focus({preventScroll: true});
    }
    function add(latlng) {
      const last = points[points.length - 1];
      const point = {lat: Math.max(-90, Math.min(90, latlng.lat)), lon: latlng.lng};
      if (last && last.lat === point.lat && last.lon === point.lon) return;
      points = points.concat(point);
      show();
    }
    function undo() {
      const inside = buttons.undo === document.activeElement;
      points = points.slice(0, -1);
      show();
      if (inside && buttons.undo.hidden) container.focus({preventScroll: true});
    }

    /** Whether an event comes from the map itself and not from what lies over it. */
    function onMap(target) {
      if (target === container) return true;
      const pane = map.getPane('mapPane');
      return pane.contains(target) && !map.getPane('popupPane').contains(target);
    }
    function moved() {
      return (map.dragging && map.dragging.moved()) || (map.boxZoom && map.boxZoom.moved());
    }
    function clicked(event) {
      if (!active || !onMap(event.target)) return;
      event.stopPropagation();
      event.preventDefault();
      if (event.type === 'dblclick') finish();
      else if (event.detail < 2 && !moved()) add(map.mouseEventToLatLng(event));
    }
    function pointed(event) {
      if (!active || !points.length || event.pointerType === 'touch') return;
      cross.hidden = true;
      ahead(onMap(event.target) ? map.mouseEventToLatLng(event) : null);
    }
    function ahead(latlng) {
      const next = latlng && Waybill.stretches.between(points.concat({lat: latlng.lat, lon: latlng.lng})).pop();
      drawing.preview(next ? next.path : null);
    }
    function pressed(event) {
      if (!active || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target;
      const ours = target === button || box.contains(target);
      if (!ours && target !== document.body && !onMap(target)) return;
      if (!keys(event.key, event.shiftKey, ours)) return;
      event.preventDefault();
      event.stopPropagation();
    }
    /** What a key does; on our own buttons only Escape is more than the button itself. */
    function keys(key, leap, ours) {
      if (key === 'Escape') remove();
      else if (ours) return false;
      else if (key === 'Enter') finish();
      else if (key === 'Backspace') undo();
      else if (key === ' ') add(map.getCenter());
      else if (MOVES[key]) {
        map.panBy(MOVES[key].map((way) => way * (leap ? LEAP_PX : STEP_PX)), {animate: false});
        if (points.length) ahead(map.getCenter());
      } else return false;
      cross.hidden = !active;
      return true;
    }

    const listeners = [
      [container, 'click', clicked],
      [container, 'dblclick', clicked],
      [container, 'pointermove', pointed],
      [document, 'keydown', pressed]
    ];
    listeners.forEach(([node, type, listener]) => node.addEventListener(type, listener, true));
    button.classList.add('wb-measure-button');
    button.setAttribute('aria-pressed', 'false');
    root.L.DomEvent.disableClickPropagation(box);
    root.L.DomEvent.disableScrollPropagation(box);
    container.append(cross, box);
    return {
      button,
      /** Lengths follow the language; nothing else of the page concerns the line. */
      update: show,
      isOn: () => active,
      destroy: () => {
        stop();
        listeners.forEach(([node, type, listener]) => node.removeEventListener(type, listener, true));
        drawing.destroy();
        [box, cross, button].forEach((node) => node.remove());
      }
    };
  }

  Waybill.measure = {create};
})(typeof globalThis === 'object' ? globalThis : this);
