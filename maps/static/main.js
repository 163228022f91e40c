/* Waybill.mount(map): reads the page's data blocks and puts the parts together. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const {calm} = Waybill.dom;
  const {t} = Waybill.words;
  const DIGITS = 16;
  const READ_FIRST = 2e6; // vertices that are inflated in a tenth of a second

  /** The content of a data block, or null if it is missing or broken. */
  function block(id) {
    const node = document.getElementById(id);
    if (!node) return null;
    try {
      const value = JSON.parse(node.textContent);
      return value && typeof value === 'object' ? value : null;
    } catch (error) {
      return null;
    }
  }

  /** The beginning of the digest of the case, by which a reader can tell from which state of it a map was made. */
  function digest() {
    const made = (block('waybill-manifest') || {}).case || {};
    return typeof made.sha256 === 'string' ? made.sha256.slice(0, DIGITS) : '';
  }

  function mount(map) {
    const container = map.getContainer();
    const style = block('waybill-style');
    const data = block('waybill-data');
    const base = block('waybill-basemap');
    Waybill.words.load(block('waybill-words'));
    container.classList.add('waybill');
    container.setAttribute('role', 'main');
    if (!style) {
      Waybill.notices.message(container, t('missing-style'));
      return null;
    }
    const theme = Waybill.theme.create(container, style);
    settle(map);
    if (!base) Waybill.notices.message(container, t('missing-basemap'));
    if (!data) {
      if (base) Waybill.basemap.create(map, base, theme);
      Waybill.notices.message(container, t('missing-data'));
      return null;
    }
    if (data.case) data.case.digest = digest();
    const lines = block('waybill-lines');
    if (!lines) return open(map, data, style, base, theme);
    return withLines(data, lines).then(
      (whole) => open(map, whole, style, base, theme),
      () => {
        if (base) Waybill.basemap.create(map, base, theme);
        Waybill.notices.message(container, t('broken-lines'));
        return null;
      }
    );
  }

  /** The page of a document; one of another shape than Waybill writes says so over the land, and what went wrong stays in the console. */
  function open(map, data, style, base, theme) {
    try {
      const page = Waybill.page.create(map, data, style, base || {}, theme);
      if (!(data.routes || []).length) Waybill.notices.message(map.getContainer(), t('nothing'));
      return page;
    } catch (error) {
      console.warn(error);
      Waybill.notices.message(map.getContainer(), t('missing-data'));
      return null;
    }
  }

  /**
   * The document with the lines of a packed frame as its routes. The browser inflates coordinates best while nothing else is
   * done, so that is waited for; of so many that it would take long the page is shown before.
   */
  async function withLines(data, lines) {
    const {unpack} = Waybill;
    const read = async () => {
      const reading = unpack.points(lines.points);
      const [points, parts] = await Promise.all([reading, unpack.parts(lines.rows, lines.lines, reading)]);
      return {points, parts};
    };
    const soon = lines.points.vertices <= READ_FIRST ? read() : null;
    const [columns] = await Promise.all([unpack.columns(lines.columns, lines.lines), soon]);
    const frame = {count: lines.lines, columns, shapes: null, read: () => soon || read()};
    return Object.assign({}, data, {frame, routes: Waybill.rows.create(frame)});
  }

  /** Settings of the map itself that a folium map does not come with. */
  function settle(map) {
    if (map.attributionControl) map.attributionControl.setPrefix('Leaflet');
    if (map.zoomControl) map.zoomControl.setPosition('topright');
    if (map.options.minZoom === undefined) {
      map.setMinZoom(2);
      map.options.minZoomMayFall = true; // where half a world is to be shown on a telephone
    }
    if (map.options.maxZoom === undefined) map.setMaxZoom(13);
    map.options.zoomSnap = 0.25;
    map.options.wheelPxPerZoomLevel = 90;
    if (calm()) {
      map._zoomAnimated = false;
      map._fadeAnimated = false;
      map.options.inertia = false;
      const pan = map.panBy;
      map.panBy = (offset) => pan.call(map, offset, {animate: false});
    }
  }

  Waybill.mount = mount;
})(typeof globalThis === 'object' ? globalThis : this);
