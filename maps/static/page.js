/* The page at work: what is chosen decides what is drawn, what the card says and where the map goes. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {t} = Waybill.words || {};

  function create(map, data, style, base, theme) {
    const container = map.getContainer();
    const start = Waybill.store.opening(data);
    const store = Waybill.store.create(data, style, start);
    const parts = {};
    let chrome = null;
    let card = null;
    let measuring = false;
    let stepping = false;
    const camera = Waybill.camera.create(map, () => chrome, () => whole());
    let byHand = null; // where a choice was made on the map, so that its card opens there and the map stays

    const show = (notes) => Waybill.notices.notes(container, notes);
    const permalink = Waybill.permalink.create(store, map, {initial: (data.view || {}).state, opening: start, onNotes: show, goHome: () => camera.home(true)});

    const actions = {
      busy: () => measuring,
      measuring: (value) => {
        measuring = value;
      },
      stepping: (value) => {
        stepping = value;
      },
      tip: (latlng, node) => parts.tip(latlng, node),
      hover: (routes) => chrome.highlight(eventsOf(routes)),
      spotlight: (routes) => parts.lines.spotlight(routes || []),
      open: (route, where) => choose(route.id, where),
      openEvent: (event, where) => choose(event.id, where),
      openOther: (event, opener) => {
        chrome.panel.close();
        choose(event.id, {opener});
      },
      choose: (routes, where, all) =>
        card.open(Waybill.chooser.content(store.index, style, routes, (route) => actions.open(route, where), all), where),
      chooseEvents: (events, where) =>
        card.open(Waybill.chooser.ofEvents(store.index, events, (event) => actions.openEvent(event, where)), where),
      pick: (id, opener) => {
        chrome.panel.close();
        choose(id, {opener});
      },
      found: ({kind, id}) => {
        chrome.panel.close();
        if (kind === 'party') store.set({by: [id]});
        else choose(kind === 'source' ? firstCiting(id) : id, {opener: document.activeElement});
      },
      select: (id) => choose(id, {}),
      toggled: (open, escaped) => {
        // who opens the ledger wants to read it, not the card that would lie on it
        if (open) card.close();
        else if (store.state.sel && !escaped) follow();
        soon();
      },
      goHome: () => camera.home(),
      /** The coordinates of many lines are there: lengths can be told, and what a link chose can be shown. */
      read: () => {
        chrome.update(new Set(['on']));
        if (store.state.sel) follow();
        soon();
      },
      broken: () => Waybill.notices.message(container, t('broken-lines'))
    };

    function eventsOf(routes) {
      return routes.length ? [...new Set(routes.flatMap((id) => (store.index.route(id) || {events: []}).events || []))] : null;
    }
    function firstCiting(source) {
      const claim = store.index.payload.claims.find((one) => (one.sources || []).includes(source));
      return claim ? (claim.events || [])[0] || claim.route || claim.place : null;
    }

    /** Choose a thing; `where` holds the point of the map that was pressed, if one was, and what gets the focus back. */
    function choose(id, where) {
      const chosen = Waybill.selection.find(store.index, id);
      if (!chosen) return;
      byHand = Object.assign({}, where);
      const layers = Waybill.selection.layersOf(store.index, chosen).filter((layer) => !store.isOn(layer));
      const again = store.state.sel === id;
      store.set(layers.length ? {sel: id, on: store.state.on.concat(layers)} : {sel: id});
      if (again) {
        byHand.again = true;
        follow();
      }
      byHand = null;
    }

    /** Where a link, or the timeline, chose what is on no layer that is on, a notice offers to show it. */
    function tellUnseen() {
      const chosen = Waybill.selection.find(store.index, store.state.sel);
      const unseen = chosen && !stepping && Waybill.selection.isUnseen(store.index, chosen, store.isOn);
      Waybill.notices.unseen(container, unseen ? chosen.item.title : null, () => choose(chosen.item.id, {}));
    }

    /** Map, card and ledger go where the choice is. */
    function follow() {
      const index = store.index;
      const chosen = Waybill.selection.find(index, store.state.sel);
      parts.lines.select(Waybill.selection.routesOf(index, chosen));
      const place = Waybill.selection.placeOf(index, chosen);
      parts.spot.show(place && parts.places.latlng(place), place && Waybill.names.of(place));
      if (!chosen) {
        card.close();
        return;
      }
      const where = byHand || {};
      if (stepping || (told(chosen) && !where.again)) card.close();
      else showCard(chosen, where);
      if (!where.latlng) camera.go(Waybill.selection.boundsOf(index, chosen), stepping);
      else camera.include(where.latlng);
    }

    /** An open ledger tells of an event in its place, and marks what belongs to a route; asked twice, the card comes. */
    function told(chosen) {
      return chosen.kind !== 'place' && chrome.drawer.isOpen();
    }

    function showCard(chosen, where) {
      const index = store.index;
      const content =
        chosen.kind === 'route'
          ? Waybill.routecard.ofRoute(index, style, chosen.item)
          : chosen.kind === 'event'
            ? Waybill.eventcard.ofEvent(index, chosen.item)
            : Waybill.placecard.ofPlace(index, chosen.item, (id) => choose(id, {}));
      const asked = byHand || container.contains(document.activeElement);
      card.open(content, {opener: where.opener, keepFocus: !asked}, () => {
        if (store.state.sel === chosen.item.id) store.set({sel: null});
      });
    }

    /** Bounds of what is shown, as the case opens. */
    function whole() {
      const given = (data.view || {}).bounds;
      if (given) return root.L.latLngBounds(given.map(([lon, lat]) => [lat, lon]));
      return Waybill.selection.boundsOfRoutes(store.index, store.index.routes.filter(isShown).map((route) => route.id));
    }

    let waiting = 0;
    /** Several events of one move are answered once, before the next picture. */
    function soon() {
      if (!waiting)
        waiting = root.requestAnimationFrame(() => {
          waiting = 0;
          arrange();
        });
    }
    function arrange() {
      if (chrome) Waybill.arrange.all(map, store, parts, chrome.layout.covered('left'));
    }
    function isShown(route) {
      return store.isOn(route.layer) || !store.index.layer(route.layer);
    }
    /** Names and badges follow the lines a picture later: a layer then answers at once. */
    function redrawSoon(anew) {
      drawLines();
      // names keep clear of the lines of a case; those of a frame have no badges, and names stay where they are
      if (!anew && !store.index.judged) return;
      root.requestAnimationFrame(() => root.setTimeout(soon));
    }
    function drawLines() {
      const index = store.index;
      parts.lines.show(index, isShown);
    }
    function redraw() {
      drawLines();
      parts.lines.flush(); // a sheet of paper does not wait for the next picture
      arrange();
    }

    /** What stands beside the map on paper. */
    function sheet() {
      const about = data.case || {};
      const index = store.index;
      const isOn = (event) => !event.layer || !index.layer(event.layer) || store.isOn(event.layer);
      return {
        index,
        style,
        routes: parts.lines.routes(),
        events: index.pointEvents().filter(isOn),
        dateline: Waybill.panel.dateline(store),
        disclaimers: [about.disclaimer, base.disclaimer],
        credits: (data.credits || []).concat(base.attribution || [])
      };
    }

    function dress() {
      const dressed = chrome && {
        open: chrome.drawer.isOpen(),
        ledger: chrome.memory(),
        spoken: !!document.activeElement && document.activeElement.classList.contains('wb-language-select')
      };
      if (card) card.close();
      if (chrome) chrome.destroy();
      Waybill.languages.follow(container, store.state.lang);
      container.setAttribute('aria-label', Waybill.words.t('map', {title: (data.case || {}).title || ''}));
      chrome = Waybill.chrome.create(map, store, base, permalink, Object.assign({}, actions, {choose: actions.found}));
      card = Waybill.card.create(map, chrome.layout);
      chrome.layout.onChange(soon);
      if (dressed ? dressed.open : false) chrome.drawer.open();
      if (dressed) chrome.ready();
      if (dressed && dressed.spoken) container.querySelector('.wb-language-select').focus({preventScroll: true});
      chrome.update(null);
      chrome.layout.settle();
      if (dressed) chrome.recall(dressed.ledger);
    }

    function changed({changed: keys, options}) {
      if (keys.has('lang')) dress();
      else chrome.update(keys);
      if (keys.has('index') || keys.has('on')) redrawSoon(keys.has('index'));
      if (keys.has('sel') || (keys.has('index') && store.state.sel)) follow();
      if (['index', 'sel', 'on'].some((key) => keys.has(key))) tellUnseen();
      permalink.update(store, keys, options);
      frame.update(store, keys, options);
    }

    dress();
    // the view stands before anything is painted, so that it is painted once
    camera.home(true);
    if (base.levels) Waybill.basemap.create(map, base, theme);
    Waybill.mapparts.create(map, store, base, theme, actions, parts);
    const frame = Waybill.frame.create(store, permalink, map);
    Waybill.controls.credits(map, (data.credits || []).concat(base.attribution || []));
    redraw();
    store.subscribe(changed);
    // the map is seen first; what stands around it follows when it is painted
    root.requestAnimationFrame(() => root.setTimeout(() => {
      chrome.ready();
      if (store.index.judged) chrome.drawer.openWhereRoomy();
    }));
    permalink.start();
    map.on('viewreset moveend zoomend resize', soon);
    Waybill.print.create(map, {redraw, sheet, covered: () => chrome.layout.covered('left')});
    theme.onChange(soon);
    return {map, store, parts, choose};
  }

  Waybill.page = {create};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.page;
})(typeof globalThis === 'object' ? globalThis : this);
