/* The card: a popup on a wide map, a sheet at the bottom of a narrow one. Escape or its button closes it; focus goes back. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, button} = Waybill.dom;
  const {t} = Waybill.words;
  const SHEET_BELOW_PX = 520;
  const WIDTH_PX = 500;
  const MARGIN_PX = 16;

  function create(map, panelWidth) {
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
          button('wb-close', t('close'), close, '×')
        ),
        el('div', {class: 'wb-card-body'}, content.body)
      );
      return {node, title};
    }

    /** Open a card for `content` ({title, kicker, body}) at a point; `opener` gets the focus back. */
    function open(content, {latlng, opener}) {
      close();
      const {node, title} = shell(content);
      const size = map.getSize();
      if (size.x < SHEET_BELOW_PX) sheet(node, opener);
      else popup(node, latlng, opener, size);
      title.focus({preventScroll: true});
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
      const left = panelWidth();
      const width = Math.min(WIDTH_PX, size.x - left - 4 * MARGIN_PX);
      node.style.width = width + 'px';
      node.style.maxHeight = Math.max(220, Math.min(600, size.y - 120)) + 'px';
      const layer = root.L.popup({
        className: 'wb-popup',
        minWidth: width,
        maxWidth: width,
        closeButton: false,
        autoClose: true,
        closeOnEscapeKey: false,
        autoPanPaddingTopLeft: [left + MARGIN_PX, MARGIN_PX],
        autoPanPaddingBottomRight: [MARGIN_PX + 44, MARGIN_PX]
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
        if (current === mine) giveBack(mine);
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

    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && close()) event.stopPropagation();
    });
    return {open, close, isOpen: () => !!current};
  }

  Waybill.card = {create};
})(typeof globalThis === 'object' ? globalThis : this);
