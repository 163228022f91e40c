/* Notices over the map, each with a button that takes it away: what is missing, what was not understood, what is not shown. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button} = Waybill.dom;
  const {t} = Waybill.words;

  /** The box they stand in, made before the first one so that a screen reader hears it. */
  function box(container) {
    return container.querySelector('.wb-messages') || container.appendChild(el('div', {class: 'wb-messages', role: 'status'}));
  }
  function add(container, content, name) {
    const node = el('div', {class: 'wb-message ' + (name || '')}, el('div', {}, content), button('wb-message-close', t('notice-dismiss'), () => node.remove(), '×'));
    root.L.DomEvent.disableClickPropagation(node);
    return box(container).appendChild(node);
  }
  function drop(container, name) {
    container.querySelectorAll('.wb-messages .' + name).forEach((node) => node.remove());
  }

  function message(container, text) {
    return add(container, el('p', {}, text));
  }

  /** Sentences about the state of the page as one notice, in place of the one that was there. */
  function notes(container, texts) {
    drop(container, 'is-note');
    if (texts.length) add(container, texts.map((text) => el('p', {}, text)), 'is-note');
  }

  /** Say that what is chosen is on no layer that is on, with a button that shows it; without a title there is nothing to say. */
  function unseen(container, title, show) {
    const old = container.querySelector('.wb-messages .is-unseen');
    if (old && old.dataset.title === title) return;
    drop(container, 'is-unseen');
    if (!title) return;
    const press = el('button', {type: 'button', class: 'wb-text-button', on: {click: show}}, t('unseen-show'));
    add(container, el('p', {}, t('unseen', {title}), ' ', press), 'is-unseen').dataset.title = title;
  }

  Waybill.notices = {message, notes, unseen};
})(typeof globalThis === 'object' ? globalThis : this);
