/* The search box: a combobox whose list groups what is found by kind. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {el, svg, button} = Waybill.dom;
  const {t, name, list} = Waybill.words;
  const MOST = 60;
  const MOST_OF_KIND = 6;
  let serial = 0;

  function glass() {
    return svg(
      'svg',
      {
        class: 'wb-search-glass',
        viewBox: '0 0 16 16',
        width: 15,
        height: 15,
        'aria-hidden': 'true',
        focusable: 'false'
      },
      svg('circle', {cx: 6.6, cy: 6.6, r: 4.6}),
      svg('line', {x1: 10.2, y1: 10.2, x2: 14.4, y2: 14.4})
    );
  }

  /** `on` is {choose({kind, id})}. */
  function create(store, on) {
    const id = 'wb-search-' + ++serial;
    let searcher = null;
    let found = [];
    let options = [];
    let active = -1;

    const input = el('input', {
      type: 'text',
      class: 'wb-search-input',
      role: 'combobox',
      'aria-label': t('search-label'),
      placeholder: t('search-placeholder'),
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': id + '-list',
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      enterkeyhint: 'search',
      on: {input: search, keydown: onKey, focus: () => input.value && search()}
    });
    const wipe = button('wb-search-clear', t('search-clear'), clear, '×');
    const popup = el('div', {
      class: 'wb-search-list',
      role: 'listbox',
      id: id + '-list',
      'aria-label': t('search-results'),
      hidden: true
    });
    const status = el('p', {class: 'wb-search-status', role: 'status'});
    const node = el(
      'div',
      {class: 'wb-search', role: 'search', on: {focusout: (event) => node.contains(event.relatedTarget) || close()}},
      el('div', {class: 'wb-search-field'}, glass(), input, wipe),
      popup,
      status
    );
    popup.addEventListener('pointerdown', (event) => event.preventDefault()); // the focus stays in the field
    wipe.hidden = true;

    function search() {
      searcher = searcher || Waybill.search.build(store.index);
      wipe.hidden = !input.value;
      if (!Waybill.search.words(input.value).length) {
        close();
        return;
      }
      show(searcher.find(input.value, MOST));
    }

    function show(hits) {
      const kinds = [...new Set(hits.map((hit) => hit.kind))];
      const groups = kinds.map((kind) => ({kind, hits: hits.filter((hit) => hit.kind === kind)}));
      found = groups.flatMap((group) => group.hits.slice(0, MOST_OF_KIND));
      let number = 0;
      options = [];
      popup.replaceChildren(
        ...groups.map((group) => {
          const heading = id + '-' + group.kind;
          const rest = group.hits.length - MOST_OF_KIND;
          return el(
            'div',
            {role: 'group', 'aria-labelledby': heading},
            el(
              'div',
              {class: 'wb-search-kind', role: 'presentation'},
              el('span', {id: heading}, kindTitle(group.kind)),
              rest > 0 ? el('span', {class: 'wb-search-rest'}, t('search-more', {n: rest})) : null
            ),
            group.hits.slice(0, MOST_OF_KIND).map((hit) => option(hit, number++))
          );
        })
      );
      popup.hidden = !found.length;
      popup.scrollTop = 0;
      input.setAttribute('aria-expanded', String(!!found.length));
      status.classList.toggle('wb-unseen', !!found.length);
      status.textContent = found.length
        ? t('search-count', {n: hits.length})
        : t('search-none', {query: input.value.trim()});
      activate(-1);
    }

    function kindTitle(kind) {
      return {
        place: t('search-places'),
        route: t('search-routes'),
        event: t('search-events'),
        party: t('search-parties'),
        source: t('search-sources')
      }[kind];
    }

    function option(hit, number) {
      const node = el(
        'div',
        {
          class: 'wb-search-option',
          role: 'option',
          id: id + '-option-' + number,
          'aria-selected': 'false',
          on: {click: () => choose(hit), pointermove: () => activate(number)}
        },
        el(
          'span',
          {class: 'wb-search-title'},
          Waybill.search
            .marked(hit.title, input.value)
            .map((part) => (part.hit ? el('mark', {}, part.text) : part.text))
        ),
        el('span', {class: 'wb-search-detail'}, detail(hit))
      );
      options.push(node);
      return node;
    }

    /** The kind of the thing, and what tells it from others of one name. */
    function detail(hit) {
      const index = store.index;
      const item = {place: index.place, route: index.route, party: index.party}[hit.kind];
      const own = item && item(hit.id);
      const kind = {
        place: () => name('place', own.kind),
        route: () => list([...new Set([name('kind', own.kind), Waybill.standing.words(own)])]),
        party: () => name('partykind', own.kind),
        event: () => t('event'),
        source: () => t('search-source')
      }[hit.kind];
      return [own || !item ? kind() : '', hit.detail].filter(Boolean).join(' · ');
    }

    function activate(number) {
      if (options[active]) options[active].setAttribute('aria-selected', 'false');
      active = number;
      const node = options[active];
      if (!node) {
        input.removeAttribute('aria-activedescendant');
        return;
      }
      node.setAttribute('aria-selected', 'true');
      input.setAttribute('aria-activedescendant', node.id);
      node.scrollIntoView({block: 'nearest'});
    }

    function isOpen() {
      return !popup.hidden;
    }
    function close() {
      popup.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      status.textContent = '';
      activate(-1);
    }
    function clear() {
      input.value = '';
      wipe.hidden = true;
      close();
      input.focus();
    }
    function choose(hit) {
      close();
      on.choose({kind: hit.kind, id: hit.id});
    }

    function onKey(event) {
      if (event.isComposing) return; // Enter and arrows belong to the input method, as in Korean and Chinese
      const last = options.length - 1;
      const moves = {ArrowDown: active >= last ? 0 : active + 1, ArrowUp: active <= 0 ? last : active - 1};
      if (event.key in moves) {
        event.preventDefault();
        if (!isOpen()) search();
        else activate(moves[event.key]);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        if (isOpen()) choose(found[Math.max(active, 0)]);
        else search();
      } else if (event.key === 'Escape' && (isOpen() || input.value)) {
        event.preventDefault();
        event.stopPropagation();
        if (isOpen()) close();
        else clear();
      }
    }

    /** What is found follows the lens: nothing later than known is kept. */
    function update(_, changed) {
      if (!changed.has('index') && !changed.has('lang')) return;
      searcher = null;
      if (isOpen()) search();
    }
    return {node, update, destroy: () => node.remove()};
  }

  Waybill.searchbox = {create};
})(typeof globalThis === 'object' ? globalThis : this);
