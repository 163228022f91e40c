/* The card: a popup on a wide map, a sheet at the bottom of a narrow one. Escape or its button closes it; focus goes back. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button} = Waybill.dom;
  const {t} = Waybill.words;
  const SHEET_BELOW_PX = 520;
  const WIDTH_PX = 500;
  const MARGIN_PX = 16;

  function create(map, layout) {
    const container = map.getContainer();
    let current = null;

    function shell(content) {
      const title = el('h2', {class: 'wb-card-title', tabindex: -1}, content.title);
      const node = el(
        'div',
        {class: 'wb-card', role: 'dialog', 'aria-label': content.title},
        el(
          'header',
          {class: 'wb-card-head'},
          content.kicker ? el('p', {class: 'wb-kicker'}, content.kicker) : null,
          title,
          button('wb-close', t('close'), dismiss, '×')
        ),
        el('div', {class: 'wb-card-body'}, content.body)
      );
      return {node, title};
    }

    /**
     * Open a card for `content` ({title, kicker, body}) at a point; `opener` gets the focus back, `dismissed` is called
     * when the reader closes the card. With `keepFocus` the focus stays where it is: nobody asked for the card just now.
     */
    function open(content, {latlng, opener, keepFocus}, dismissed) {
      close();
      const {node, title} = shell(content);
      const size = map.getSize();
      if (size.x < SHEET_BELOW_PX || layout.short()) sheet(node, opener);
      else popup(node, latlng, opener, size);
      current.dismissed = dismissed;
      if (!keepFocus) title.focus({preventScroll: true});
    }

    /** The reader is done with the card. */
    function dismiss() {
      if (!current) return false;
      const {dismissed} = current;
      close();
      if (dismissed) dismissed();
      return true;
    }

    function sheet(node, opener) {
      node.classList.add('wb-sheet');
      root.L.DomEvent.disableClickPropagation(node);
      root.L.DomEvent.disableScrollPropagation(node);
      container.appendChild(node);
      container.classList.add('wb-has-sheet');
      current = {
        node,
        opener,
        remove: () => {
          node.remove();
          container.classList.remove('wb-has-sheet');
        }
      };
    }

    function popup(node, latlng, opener, size) {
      const left = layout.covered('left');
      const right = layout.covered('right');
      const below = layout.covered('bottom');
      const width = Math.min(WIDTH_PX, size.x - left - right - 4 * MARGIN_PX);
      node.style.width = width + 'px';
      node.style.maxHeight = Math.max(180, Math.min(600, size.y - below - 90)) + 'px';
      const layer = root.L.popup({
        className: 'wb-popup',
        minWidth: width,
        maxWidth: width,
        closeButton: false,
        autoClose: true,
        closeOnEscapeKey: false,
        autoPanPaddingTopLeft: [left + MARGIN_PX, MARGIN_PX],
        autoPanPaddingBottomRight: [right + MARGIN_PX + 44, below + MARGIN_PX]
      })
        .setLatLng(latlng)
        .setContent(node);
      const mine = {
        node,
        opener,
        remove: () => {
          layer.off('remove');
          layer.remove();
        }
      };
      current = mine;
      layer.on('remove', () => {
        if (current !== mine) return;
        giveBack(mine);
        if (mine.dismissed) mine.dismissed();
      });
      layer.openOn(map);
    }

    function giveBack(card) {
      current = null;
      const inside = card.node.contains(document.activeElement) || document.activeElement === document.body;
      if (inside && card.opener && card.opener.isConnected && card.opener.focus)
        card.opener.focus({preventScroll: true});
    }

    function close() {
      if (!current) return false;
      const card = current;
      const inside = card.node.contains(document.activeElement);
      current = null;
      card.remove();
      if (inside && card.opener && card.opener.isConnected) card.opener.focus({preventScroll: true});
      return true;
    }

    const escape = (event) => {
      if (event.key === 'Escape' && dismiss()) event.stopPropagation();
    };
    document.addEventListener('keydown', escape);
    return {open, close, destroy: () => document.removeEventListener('keydown', escape)};
  }

  Waybill.card = {create};
})(typeof globalThis === 'object' ? globalThis : this);
