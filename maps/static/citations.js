/* The sources of one card: numbered marks behind claims, and the list that they lead to. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, link} = Waybill.dom;
  const {t} = Waybill.words;

  /** One source as the list has it: the citation as a link, its archived copy, its note. */
  function entry(source) {
    return [
      source.url ? link(source.url, source.text || source.url) : source.text,
      source.archived ? [' · ', link(source.archived, t('archived'), 'wb-archived')] : null,
      source.note ? el('span', {class: 'wb-claim-meta'}, ' ', source.note) : null
    ];
  }

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
              title: index.source(id).text,
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
    function section(heading) {
      if (!order.length) return null;
      return el(
        'section',
        {class: 'wb-sources'},
        el(heading || 'h3', {}, t('sources')),
        el(
          'ol',
          {},
          order.map((id) => {
            const item = el('li', {tabindex: -1}, entry(index.source(id)));
            items.set(id, item);
            return item;
          })
        )
      );
    }
    return {marks, section};
  }

  Waybill.citations = {create, entry};
})(typeof globalThis === 'object' ? globalThis : this);
