/* The sources of one card: numbered marks behind claims, and the list that they lead to. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, link} = Waybill.dom;
  const {t} = Waybill.words;

  /** Numbers for the sources of one card, in order of first use. */
  function create(index) {
    const order = [];
    const items = new Map();

    function number(id) {
      if (!order.includes(id)) order.push(id);
      return order.indexOf(id) + 1;
    }
    /** Small numbered buttons that lead to the entries of the list. */
    function marks(ids) {
      const known = (ids || []).filter((id) => index.source(id));
      if (!known.length) return null;
      return el(
        'span',
        {class: 'wb-cites'},
        known.map((id) => {
          const n = number(id);
          return el(
            'button',
            {
              type: 'button',
              class: 'wb-cite',
              'aria-label': t('cite', {n}),
              on: {
                click: () => {
                  const item = items.get(id);
                  if (item) {
                    item.focus({preventScroll: true});
                    item.scrollIntoView({block: 'nearest'});
                  }
                }
              }
            },
            n
          );
        })
      );
    }
    function section() {
      if (!order.length) return null;
      return el(
        'section',
        {class: 'wb-sources'},
        el('h3', {}, t('sources')),
        el(
          'ol',
          {},
          order.map((id) => {
            const source = index.source(id);
            const item = el(
              'li',
              {tabindex: -1},
              source.url ? link(source.url, source.text || source.url) : source.text,
              source.archived ? [' · ', link(source.archived, t('archived'), 'wb-archived')] : null,
              source.note ? el('span', {class: 'wb-claim-meta'}, ' ', source.note) : null
            );
            items.set(id, item);
            return item;
          })
        )
      );
    }
    return {marks, section};
  }

  Waybill.citations = {create};
})(typeof globalThis === 'object' ? globalThis : this);
