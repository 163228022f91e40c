/* The panel: title, date and the button that opens and closes what is below it. Sections are added in order. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg} = Waybill.dom;
  const {t, list, date} = Waybill.words;
  const WIDE_PX = 900;
  const NARROW_PX = 520;

  function icon() {
    return svg(
      'svg',
      {width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true', focusable: 'false'},
      svg('path', {
        d: 'M9 2L16 6L9 10L2 6zM2.6 9.4L9 13L15.4 9.4M2.6 12.6L9 16.2L15.4 12.6',
        fill: 'none',
        stroke: 'currentColor',
        'stroke-width': 1.4,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round'
      })
    );
  }

  /** "As known on 10 November 2022, as told by United States", or up to when claims were collected. */
  function dateline(index) {
    const payload = index.payload;
    const updated = payload.case && payload.case.updated;
    const when = payload.known
      ? t('as-known', {date: date(payload.known)})
      : updated
        ? t('on-record', {date: date(updated)})
        : t('on-record-undated');
    return payload.by && payload.by.length
      ? list([when, t('as-told', {who: list(index.names('parties', payload.by))})])
      : when;
  }

  function about(index) {
    const about = index.payload.case || {};
    const parts = [
      about.summary ? el('p', {}, about.summary) : null,
      (about.authors || []).length ? el('p', {}, t('authors', {who: list(about.authors)})) : null,
      about.licence ? el('p', {}, t('licence', {what: about.licence})) : null,
      index.payload.generator ? el('p', {}, t('made-with', {what: index.payload.generator})) : null
    ].filter(Boolean);
    return parts.length
      ? el('section', {class: 'wb-about'}, el('div', {class: 'wb-tools'}, el('h2', {}, t('about'))), parts)
      : null;
  }

  function create(map, index, sections) {
    const container = map.getContainer();
    const title = (index.payload.case && index.payload.case.title) || '';
    const body = el('div', {class: 'wb-panel-body', id: 'wb-panel-body'}, sections, about(index));
    const toggle = el(
      'button',
      {type: 'button', class: 'wb-toggle', 'aria-controls': body.id, on: {click: () => set(!open)}},
      icon(),
      el('span', {}, t('layers'))
    );
    const node = el(
      'section',
      {class: 'wb-panel', 'aria-label': title},
      el(
        'header',
        {class: 'wb-panel-head'},
        el('div', {}, el('h1', {}, title), el('p', {class: 'wb-dateline'}, dateline(index))),
        toggle
      ),
      body
    );
    let open = false;
    let wide = null;

    function set(value) {
      open = value;
      body.hidden = !open;
      toggle.setAttribute('aria-expanded', String(open));
      toggle.setAttribute('title', open ? t('layers-hide') : t('layers-show'));
      node.classList.toggle('is-open', open);
      container.classList.toggle('wb-panel-open', open && wide);
    }
    /** Classes by the size of the map, not of the window: the page may be in a frame or a notebook. */
    function fit() {
      const width = container.clientWidth;
      const nowWide = width >= WIDE_PX;
      container.classList.toggle('wb-wide', nowWide);
      container.classList.toggle('wb-narrow', width < NARROW_PX);
      if (nowWide !== wide) {
        wide = nowWide;
        set(wide);
      }
    }
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && open && !wide) {
        set(false);
        toggle.focus();
        event.stopPropagation();
      }
    });
    root.L.DomEvent.disableClickPropagation(node);
    root.L.DomEvent.disableScrollPropagation(node);
    container.insertBefore(node, container.firstChild);
    new root.ResizeObserver(fit).observe(container);
    fit();
    /** How much of the map's left side the panel covers, in pixels. */
    function covered() {
      return wide && open ? node.offsetLeft + node.offsetWidth : 0;
    }
    return {
      covered,
      close: () => {
        if (!wide) set(false);
      },
      head: () => (wide ? 0 : node.offsetTop + node.firstChild.offsetHeight)
    };
  }

  Waybill.panel = {create, dateline};
})(typeof globalThis === 'object' ? globalThis : this);
