/* Goes through a page as a reader does, and counts how often each text of the corpus is shown where it should be. */
(() => {
  const later = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const times = (text, all) => all.split(text).length - 1;
  const key = (node, name) => node.dispatchEvent(new KeyboardEvent('keydown', {key: name, bubbles: true}));
  const shown = (node) => (node ? node.textContent : '');
  const tab = async (number) => {
    const tabs = document.querySelectorAll('[role=tab]');
    tabs[number].click();
    await later();
    return document.getElementById(tabs[number].getAttribute('aria-controls'));
  };

  /** What stands in the page that no text of a case may bring: elements, handlers, links that run. */
  function intruders(within) {
    const bad = [];
    const tags = 'img, iframe, object, embed, base, math, form, animate, foreignObject, link, meta, style, title, script';
    within.querySelectorAll('*').forEach((node) => {
      [...node.attributes].forEach(({name, value}) => {
        if (/^on/i.test(name)) bad.push(node.tagName + ' ' + name);
        if (/^(href|src|action|formaction|xlink:href|srcdoc|data)$/i.test(name) && !/^(https?:\/\/|#|data:image\/(png|svg))/i.test(value))
          bad.push(node.tagName + ' ' + name + '=' + value.slice(0, 60));
      });
    });
    within.querySelectorAll(tags).forEach((node) => bad.push(node.outerHTML.slice(0, 80)));
    return bad;
  }

  /** Each line: beside the pointer, then its card. {id: [times in the tip, in the title, in the card]} */
  async function lines(texts) {
    const found = {};
    const ids = [...document.querySelectorAll('svg g[data-route]')].map((node) => node.dataset.route);
    for (const route of ids) {
      const id = route in texts ? route : route.slice(2);
      const text = texts[id];
      const line = document.querySelector('svg g[data-route="' + route + '"]');
      line.focus();
      const tip = times(text, shown(document.querySelector('.wb-tip')));
      const spoken = times(text, line.getAttribute('aria-label') || '');
      key(line, 'Enter');
      const card = document.querySelector('.wb-card');
      found[id] = {tip, spoken, title: times(text, shown(card && card.querySelector('h2'))), card: times(text, shown(card)), intruders: intruders(card)};
      key(document.activeElement || document.body, 'Escape');
    }
    return found;
  }

  /** Each card that a link in the address leads to, for lines that are no elements. */
  async function linked(texts) {
    const found = {};
    for (const id of Object.keys(texts)) {
      const heard = new Promise((done) => addEventListener('hashchange', done, {once: true}));
      location.hash = '#sel=' + id;
      await heard;
      await later();
      const card = document.querySelector('.wb-card');
      found[id] = {title: times(texts[id], shown(card && card.querySelector('h2'))), card: times(texts[id], shown(card)), intruders: card ? intruders(card) : []};
    }
    return found;
  }

  /** Each entry of the ledger's events, opened. */
  async function events(texts) {
    const found = {};
    const panel = await tab(0);
    for (const item of [...panel.querySelectorAll('[data-event]')]) {
      const id = item.dataset.event.slice(2);
      const closed = times(texts[id], shown(item));
      item.querySelector('.wb-entry-button').click();
      found[id] = {closed, open: times(texts[id], shown(item)), intruders: intruders(item)};
    }
    return found;
  }

  /** Each claim, its sources unfolded. */
  async function claims(texts) {
    const found = {};
    const panel = await tab(1);
    panel.querySelectorAll('button[aria-expanded=false]').forEach((one) => one.click());
    await later();
    for (const item of [...panel.querySelectorAll('[data-claim]')]) {
      const id = item.dataset.claim;
      (found[id.slice(0, 1)] = found[id.slice(0, 1)] || {})[id.slice(2)] = {row: times(texts[id.slice(2)], shown(item))};
    }
    return found;
  }

  /** The routes as a table, all of it. */
  async function table(texts) {
    const found = {};
    const panel = await tab(2);
    for (let more = true; more; ) {
      more = [...panel.querySelectorAll('.wb-ledger-table > button')][0];
      if (more) more.click();
      await later();
    }
    panel.querySelectorAll('button[data-route]').forEach((one) => {
      const id = one.dataset.route.slice(2);
      found[id] = {title: times(texts[id], shown(one)), group: times(texts[id], shown(one.closest('tbody').querySelector('.wb-table-group')))};
    });
    return found;
  }

  /** What the search finds for the beginning of each text, every result looked at. */
  async function search(texts) {
    const found = {};
    const box = document.querySelector('[role=combobox]');
    const listed = (one) => shown(one.querySelector('.wb-search-title')).normalize('NFC');
    for (const id of Object.keys(texts)) {
      box.focus();
      box.value = texts[id].slice(0, 24);
      box.dispatchEvent(new Event('input', {bubbles: true}));
      const list = document.querySelector('[role=listbox]:not([hidden])');
      const options = list ? [...list.querySelectorAll('[role=option]')] : [];
      options.forEach((one) => one.dispatchEvent(new PointerEvent('pointermove', {bubbles: true})));
      const wanted = texts[id].normalize('NFC');
      found[id] = {
        askable: Waybill.search.words(box.value).length > 0 && box.value === texts[id].slice(0, 24),
        listed: options.filter((one) => listed(one) === wanted).length,
        cut: !!list && !!list.querySelector('.wb-search-rest'),
        intruders: list ? intruders(list) : []
      };
    }
    box.value = '';
    box.dispatchEvent(new Event('input', {bubbles: true}));
    return found;
  }

  /** Where each text stands on its own in the page: in a text node, or in what is spoken. */
  function spoken(texts, selector) {
    const all = [...document.querySelectorAll(selector)].map((node) => shown(node) + '\n' + (node.getAttribute('aria-label') || '')).join('\n');
    return Object.keys(texts).filter((id) => !all.includes(texts[id]));
  }

  return {lines, linked, events, claims, table, search, spoken, intruders};
})()
