/* The clock of a record that has no events but says since when each line was known: a slider over its days. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el} = Waybill.dom;
  const {t, date} = Waybill.words;

  /** The end of the slider, where a day would leave nothing out, stands for no day at all. */
  function create(store) {
    const {timescale} = Waybill;
    const first = timescale.number(store.extent.first);
    const last = timescale.number(store.extent.last);
    const id = 'wb-clock';
    const value = el('output', {class: 'wb-clock-day', for: id});
    const slider = el('input', {
      type: 'range', id, min: first, max: last, step: 1, disabled: first === last,
      on: {input: () => choose({quiet: true}), change: () => choose({})}
    });
    const node = el('div', {class: 'wb-clock'}, el('label', {for: id}, t('timeline-known')), slider, value);

    function choose(options) {
      const day = Number(slider.value);
      store.set({known: day >= last ? null : timescale.iso(day)}, options);
    }
    function update() {
      const known = store.state.known;
      slider.value = known ? String(timescale.number(known)) : String(last);
      value.textContent = known ? date(known) : t('timeline-all-dates');
      slider.setAttribute('aria-valuetext', value.textContent);
    }
    update();
    return {node, update};
  }

  Waybill.clock = {create};
})(typeof globalThis === 'object' ? globalThis : this);
