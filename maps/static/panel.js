/* The panel: title, date, search, and the button that opens and closes what is below it. Sections are added in order. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, clear} = Waybill.dom;
  const {t, list, date} = Waybill.words;

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

  /** Who is listened to: presets by their name, else parties by theirs. */
  function tellers(store, by) {
    return (by || []).map((id) => {
      const group = store.groups.find((one) => one.id === id);
      const party = (store.facts.parties || []).find((one) => one.id === id);
      return party ? Waybill.names.of(party) : group ? Waybill.told.presetName(store, id) : id;
    });
  }

  /** "As known on 10 November 2022, as told by United States", or up to when claims were collected. */
  function dateline(store) {
    const payload = store.index.payload;
    const updated = payload.case && payload.case.updated;
    const when = payload.known
      ? t('as-known', {date: date(payload.known)})
      : updated
        ? t('on-record', {date: date(updated)})
        : store.index.judged
          ? t('on-record-undated')
          : '';
    return list([
      when,
      (payload.by || []).length ? t('as-told', {who: list(tellers(store, payload.by))}) : '',
      store.state.from || store.state.to ? happened(store.state) : ''
    ]);
  }
  function happened({from, to}) {
    if (from && to) return t('happened-between', {from: date(from), to: date(to)});
    return from ? t('happened-from', {from: date(from)}) : t('happened-to', {to: date(to)});
  }

  function about(index) {
    const about = index.payload.case || {};
    const parts = [
      about.summary ? el('p', {lang: index.language}, about.summary) : null,
      (about.authors || []).length ? el('p', {}, t('authors', {who: list(about.authors)})) : null,
      about.licence ? el('p', {}, t('licence', {what: about.licence})) : null,
      index.payload.generator ? el('p', {}, t('made-with', {what: index.payload.generator})) : null,
      about.digest ? el('p', {}, t('case-digest', {digest: about.digest})) : null
    ].filter(Boolean);
    return parts.length
      ? el('section', {class: 'wb-about'}, el('div', {class: 'wb-tools'}, el('h2', {}, t('about'))), parts)
      : null;
  }

  /** `parts` are {head, body}: nodes below the title that stay, and sections below them. */
  function create(layout, store, parts) {
    const title = (store.facts.case && store.facts.case.title) || '';
    const line = el('p', {class: 'wb-dateline', role: 'status'});
    const aboutBox = el('div');
    const body = el('div', {class: 'wb-panel-body', id: 'wb-panel-body'}, parts.body, aboutBox);
    const toggle = el(
      'button',
      {type: 'button', class: 'wb-toggle', 'aria-controls': body.id, on: {click: () => set(!open)}},
      icon(),
      el('span', {}, t('layers'))
    );
    const node = el(
      'section',
      {class: 'wb-panel', 'aria-label': title || t('layers')},
      el(
        'header',
        {class: 'wb-panel-head'},
        el('div', {class: 'wb-panel-title'}, el('h1', {lang: store.index.language}, title), line),
        toggle
      ),
      parts.head.length ? el('div', {class: 'wb-panel-tools'}, parts.head) : null,
      body
    );
    let open = false;

    function set(value) {
      open = value;
      body.hidden = !open;
      toggle.setAttribute('aria-expanded', String(open));
      toggle.setAttribute('title', open ? t('layers-hide') : t('layers-show'));
      node.classList.toggle('is-open', open);
      layout.changed();
    }
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && open && !layout.wide()) {
        set(false);
        toggle.focus();
        event.stopPropagation();
      }
    });
    layout.add('left', node, () => (layout.wide() && open ? node.offsetLeft + node.offsetWidth : 0));
    set(layout.wide());
    layout.onMode(() => set(layout.wide()));
    return {
      node,
      update: () => {
        const text = dateline(store);
        if (line.textContent !== text) line.textContent = text;
        const made = about(store.index);
        clear(aboutBox);
        if (made) aboutBox.appendChild(made);
      },
      close: () => {
        if (!layout.wide()) set(false);
      },
      head: () => (layout.wide() ? 0 : node.offsetTop + node.firstChild.offsetHeight)
    };
  }

  Waybill.panel = {create, dateline, tellers};
})(typeof globalThis === 'object' ? globalThis : this);
