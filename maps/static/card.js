/* The card: at the right of a wide map, a sheet at the bottom of another. Escape or its button closes it; focus goes back. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button} = Waybill.dom;
  const {t} = Waybill.words;
  const EDGE_PX = 12;

  function create(map, layout) {
    const container = map.getContainer();
    let current = null;

    function shell(content) {
      const title = el('h2', {class: 'wb-card-title', tabindex: -1, lang: content.lang}, content.title);
      const node = el(
        'div',
        {class: 'wb-card', role: 'dialog', 'aria-label': content.title},
        el(
          'div',
          {class: 'wb-card-head'},
          content.kicker ? el('p', {class: 'wb-kicker'}, content.kicker) : null,
          title,
          button('wb-close', t('close'), dismiss, '×')
        ),
        el('div', {class: 'wb-card-body', tabindex: 0, role: 'group', 'aria-label': content.title}, content.body)
      );
      return {node, title};
    }

    /**
     * Open a card for `content` ({title, kicker, body}); `opener` gets the focus back, `dismissed` is called when the
     * reader closes the card. With `keepFocus` the focus stays where it is: nobody asked for the card just now.
     */
    function open(content, {opener, keepFocus}, dismissed) {
      const first = current ? current.opener : null;
      close();
      const {node, title} = shell(content);
      // a card that replaces another gives the focus back to what opened the first
      current = {node, opener: opener && !(first && opener.closest('.wb-card')) ? opener : first || opener, dismissed};
      root.L.DomEvent.disableClickPropagation(node);
      root.L.DomEvent.disableScrollPropagation(node);
      container.appendChild(node);
      container.classList.add('wb-has-card');
      layout.changed();
      if (!keepFocus) title.focus({preventScroll: true});
    }

    /** What opened a card, or what stands in its place now: marks and lines are made anew as the map moves. */
    function again(opener) {
      if (opener.isConnected) return opener;
      const same = (name) => {
        const value = opener.getAttribute(name);
        return value && [...container.querySelectorAll('[' + name + ']')].find((node) => node.getAttribute(name) === value);
      };
      return same('data-route') || same('aria-label') || container;
    }

    /** The reader is done with the card. */
    function dismiss() {
      if (!current) return false;
      const {dismissed} = current;
      close();
      if (dismissed) dismissed();
      return true;
    }

    function close() {
      if (!current) return false;
      const card = current;
      const inside = card.node.contains(document.activeElement);
      current = null;
      card.node.remove();
      container.classList.remove('wb-has-card');
      layout.changed();
      if (inside && card.opener) again(card.opener).focus({preventScroll: true});
      return true;
    }

    const escape = (event) => {
      if (event.key === 'Escape' && dismiss()) event.stopPropagation();
    };
    document.addEventListener('keydown', escape);
    layout.cover('right', () => (current && layout.wide() ? current.node.offsetWidth + EDGE_PX : 0));
    layout.cover('bottom', () => (current && !layout.wide() ? current.node.offsetHeight : 0));
    return {open, close, destroy: () => document.removeEventListener('keydown', escape)};
  }

  Waybill.card = {create};
})(typeof globalThis === 'object' ? globalThis : this);
