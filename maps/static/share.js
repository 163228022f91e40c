/* "Share": the link to the page at this state, and the frame that shows it in another page. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const ICON = 'M8 10V2M5 5l3-3 3 3M5 7.5H3V14h10V7.5h-2';
  const FRAME_HEIGHT = 640;
  let serial = 0;

  /** The HTML of a frame with the map, as text for another page. A file beside that page is named without its folder. */
  function snippet(link, title) {
    const {escapeText} = Waybill.dom;
    const address = /^file:/.test(link) ? link.replace(/^[^#]*\//, '') : link;
    const parts = [
      '<iframe src="' + escapeText(address) + '"',
      'title="' + escapeText(title) + '"',
      'width="100%" height="' + FRAME_HEIGHT + '"',
      'style="border: 0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>'
    ];
    return parts.join(' ');
  }

  function create(store, permalink) {
    const {el, svg, button} = Waybill.dom;
    const {t} = Waybill.words;
    const id = 'wb-share-' + ++serial;
    const said = el('p', {class: 'wb-share-said', role: 'status'});
    const fields = [];

    /** A text to take along: its label, the field, and a button that copies it. */
    function field(key, label, copyLabel, rows) {
      const box = el(rows ? 'textarea' : 'input', {
        class: 'wb-share-text',
        id: id + '-' + key,
        readonly: true,
        rows,
        type: rows ? null : 'text',
        dir: 'ltr',
        spellcheck: 'false',
        on: {focus: () => box.select()}
      });
      const name = el('label', {for: box.id}, label);
      const copy = el('button', {type: 'button', class: 'wb-share-copy', on: {click: () => take(box)}}, copyLabel);
      const made = {box, name, copy, node: el('div', {class: 'wb-share-field'}, name, box, copy)};
      fields.push(made);
      return made;
    }
    const link = field('link', t('share-link'), t('share-copy-link'));
    const frame = field('frame', t('share-frame'), t('share-copy-frame'), 4);
    const hint = el('p', {class: 'wb-share-hint'});

    const title = el('h2', {class: 'wb-share-title', id: id + '-title'}, t('share-title'));
    const box = el(
      'dialog',
      {class: 'wb-share', 'aria-labelledby': title.id, on: {click: outside, close: closed, keydown: (event) => event.stopPropagation()}},
      el(
        'div',
        {class: 'wb-share-body'},
        el('div', {class: 'wb-share-head'}, title, button('wb-close', t('close'), () => box.close(), '×')),
        hint,
        link.node,
        frame.node,
        said
      )
    );
    const opener = button(
      'wb-tool wb-share-button',
      t('share'),
      open,
      svg(
        'svg',
        {class: 'wb-tool-icon', width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false'},
        svg('path', {d: ICON, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5})
      )
    );
    opener.setAttribute('aria-haspopup', 'dialog');
    opener.setAttribute('aria-expanded', 'false');
    const node = el('div', {class: 'wb-share-host'}, opener, box);
    if (root.L) {
      // the map below must not pan or zoom with what happens in the dialog
      root.L.DomEvent.disableClickPropagation(box);
      root.L.DomEvent.disableScrollPropagation(box);
    }

    function fill() {
      const address = permalink.link();
      const local = !!address && /^file:/.test(address);
      link.box.value = address || permalink.text();
      link.name.textContent = t(address ? 'share-link' : 'share-state');
      link.copy.textContent = t(address ? 'share-copy-link' : 'share-copy-state');
      frame.node.hidden = !address;
      frame.box.value = address ? snippet(address, (store.facts.case && store.facts.case.title) || document.title) : '';
      hint.textContent = t(address ? (local ? 'share-local' : 'share-hint') : 'share-no-address');
    }
    function open() {
      fill();
      said.textContent = '';
      box.showModal();
      opener.setAttribute('aria-expanded', 'true');
      link.box.focus();
    }
    function closed() {
      opener.setAttribute('aria-expanded', 'false');
      opener.focus();
    }
    /** A press on the shade around the dialog arrives at the dialog itself, one inside it at its content. */
    function outside(event) {
      if (event.target === box) box.close();
    }

    async function take(field) {
      said.textContent = '';
      try {
        await root.navigator.clipboard.writeText(field.value);
        said.textContent = t('share-copied');
      } catch (error) {
        // no clipboard without a secure origin, or where a frame does not allow it: the reader copies what is marked
        field.focus();
        field.select();
        said.textContent = t('share-marked');
      }
    }

    return {
      node,
      update: () => {
        if (box.open) fill();
      },
      destroy: () => {
        if (box.open) box.close();
        node.remove();
      }
    };
  }

  Waybill.share = {create, snippet};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.share;
})(typeof globalThis === 'object' ? globalThis : this);
