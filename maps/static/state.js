/* The state of the page as one string, `v=1&z=6.0&c=42.4,130.6&on=a,b&known=2024-02-29`, the same as in maps/state.py.
   Pure: no document. What is not understood is left out and noted; tests/vectors/state.json holds both sides. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const VERSION = '1';
  const KEYS = ['v', 'z', 'c', 'on', 'known', 'from', 'to', 'by', 'sel', 'lang'];
  const LANGUAGES = ['en', 'ko', 'ru', 'zh'];
  const MAX_CHARACTERS = 8192;
  const MAX_SLUGS = 500;
  const MAX_NOTES = 20;
  const MAX_SHOWN = 60;
  const MAX_ZOOM = 24;
  const MAX_LON = 360; // lines over the antimeridian are drawn beyond 180
  const FINEST = 5; // decimals of a degree: about a metre
  const SLUG = /^[a-z0-9][a-z0-9-]*$/;
  const ZOOM = /^[0-9]{1,2}(?:\.[0-9]{1,10})?$/;
  const POINT = /^(-?[0-9]{1,2}(?:\.[0-9]{1,10})?),(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)$/;
  const DATE = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
  // control characters, and those that turn the direction of writing: a note must not be able to disguise itself
  const UNPRINTABLE =
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{d800}-\u{dfff}]/gu;

  function shown(value) {
    const letters = Array.from(value.slice(0, 2 * MAX_SHOWN + 2));
    const cut = letters.length > MAX_SHOWN ? letters.slice(0, MAX_SHOWN).join('') + '…' : value;
    return cut.replace(UNPRINTABLE, '\ufffd');
  }

  /** First and last day that `2024`, `2024-02` or `2024-02-29` can mean, as ISO texts; null for anything else. */
  function span(text) {
    const parts = typeof text === 'string' ? DATE.exec(text) : null;
    if (!parts || parts[1] === '0000') return null;
    const year = Number(parts[1]);
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const month = parts[2] === undefined ? 12 : Number(parts[2]);
    if (month < 1 || month > 12) return null;
    const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
    if (parts[3] !== undefined) return Number(parts[3]) >= 1 && Number(parts[3]) <= length ? [text, text] : null;
    const first = parts[1] + '-' + (parts[2] || '01') + '-01';
    return [first, parts[1] + '-' + (parts[2] || '12') + '-' + length];
  }
  function isDate(text) {
    return text === 'all' || span(text) !== null;
  }

  /** Half up on the scaled number: unlike toFixed, the same rounding in both languages. */
  function round(value, digits) {
    const scale = Math.pow(10, digits);
    return Math.floor(value * scale + 0.5) / scale;
  }
  /** A number with at most `digits` decimals and no needless zeros. */
  function plain(value, digits) {
    const text = round(value, digits).toFixed(digits);
    return digits ? text.replace(/\.?0+$/, '') : text;
  }
  function zoomText(zoom) {
    const text = plain(zoom, 2);
    return text.includes('.') ? text : text + '.0';
  }
  /** Decimals of a degree that a pixel of that zoom needs: 0.301 is log10(2), one more for 256 pixels a tile. */
  function digitsAt(zoom) {
    return zoom === undefined ? FINEST : Math.min(FINEST, 1 + Math.floor(round(zoom, 2) * 0.301));
  }
  const inside = (value, most) => typeof value === 'number' && value >= -most && value <= most;

  function readZoom(text) {
    return ZOOM.test(text) && Number(text) <= MAX_ZOOM ? Number(text) : undefined;
  }
  function readPoint(text) {
    const parts = POINT.exec(text);
    if (!parts) return undefined;
    const [lat, lon] = [Number(parts[1]), Number(parts[2])];
    // adding nothing turns minus zero into zero
    return inside(lat, 90) && inside(lon, MAX_LON) ? {lat: lat + 0, lon: lon + 0} : undefined;
  }
  /** Slugs in their order, each once. A list of which nothing can be read counts as missing, not as empty. */
  function readSlugs(key, text, note) {
    const items = text.split(',').filter((item) => item !== '');
    if (items.length > MAX_SLUGS) note(key, String(items.length), 'too-many');
    const kept = items.slice(0, MAX_SLUGS);
    kept.filter((item) => !SLUG.test(item)).forEach((item) => note(key, item, 'bad-value'));
    const good = kept.filter((item) => SLUG.test(item));
    return good.length || !kept.length ? [...new Set(good)] : undefined;
  }

  /** The raw values by key; a key that comes twice takes the last. */
  function split(text, note) {
    const values = new Map();
    (text.startsWith('#') ? text.slice(1) : text).split('&').forEach((part) => {
      if (part === '') return;
      const at = part.indexOf('=');
      const key = at < 0 ? part : part.slice(0, at);
      const value = at < 0 ? '' : part.slice(at + 1);
      if (!KEYS.includes(key)) note(key, value, 'unknown-key');
      else if (at < 0) note(key, '', 'bad-value');
      else {
        if (values.has(key)) note(key, values.get(key), 'repeated');
        values.set(key, value);
      }
    });
    return values;
  }

  function decode(input) {
    const found = {};
    const notes = [];
    const note = (key, value, why) => {
      if (notes.length < MAX_NOTES) notes.push({key: shown(key), value: shown(value), why});
      else if (notes.length === MAX_NOTES) notes.push({key: '', value: '', why: 'more'});
    };
    const result = {state: found, notes};
    if (typeof input !== 'string') return result;
    if (input.length > MAX_CHARACTERS && (input.length > 2 * MAX_CHARACTERS || Array.from(input).length > MAX_CHARACTERS)) {
      note('', '', 'too-long');
      return result;
    }
    const values = split(input.trim(), note);
    const slug = (text) => (SLUG.test(text) ? text : undefined);
    const date = (text) => (isDate(text) ? text : undefined);
    const readers = {
      z: ['zoom', readZoom],
      c: ['centre', readPoint],
      on: ['on', null],
      known: ['known', date],
      from: ['from', date],
      to: ['to', date],
      by: ['by', null],
      sel: ['sel', slug],
      lang: ['lang', (text) => (LANGUAGES.includes(text) ? text : undefined)]
    };
    KEYS.filter((key) => values.has(key)).forEach((key) => {
      let text;
      try {
        text = decodeURIComponent(values.get(key));
      } catch (error) {
        note(key, values.get(key), 'bad-escape');
        return;
      }
      if (key === 'v') {
        if (text !== VERSION) note(key, text, 'version');
        return;
      }
      const [field, read] = readers[key];
      const value = read ? read(text) : readSlugs(key, text, note);
      if (value !== undefined) found[field] = value;
      else if (read) note(key, text, 'bad-value');
    });
    if (isBackwards(found.from, found.to)) {
      note('from', found.from + '/' + found.to, 'backwards');
      delete found.from;
      delete found.to;
    }
    return result;
  }
  function isBackwards(from, to) {
    const [start, end] = [span(from), span(to)];
    return !!start && !!end && start[0] > end[1];
  }

  /** The canonical text: keys in a fixed order, only what is set, and only what `decode` would take again. */
  function encode(state) {
    const parts = ['v=' + VERSION];
    const put = (key, value) => parts.push(key + '=' + value);
    const zoom = inside(state.zoom, MAX_ZOOM) && state.zoom >= 0 ? state.zoom : undefined;
    const centre = state.centre;
    const window = isBackwards(state.from, state.to) ? {} : state;
    if (zoom !== undefined) put('z', zoomText(zoom));
    if (centre && inside(centre.lat, 90) && inside(centre.lon, MAX_LON)) {
      const digits = digitsAt(zoom);
      put('c', plain(centre.lat, digits) + ',' + plain(centre.lon, digits));
    }
    const slugs = (list) => [...new Set(list.filter((item) => SLUG.test(item)))].slice(0, MAX_SLUGS);
    const lists = (key) => {
      if (!Array.isArray(state[key])) return;
      const kept = slugs(state[key]);
      if (kept.length || !state[key].length) put(key, kept.join(','));
    };
    lists('on');
    if (isDate(state.known)) put('known', state.known);
    if (isDate(window.from)) put('from', window.from);
    if (isDate(window.to)) put('to', window.to);
    lists('by');
    if (typeof state.sel === 'string' && SLUG.test(state.sel)) put('sel', state.sel);
    if (LANGUAGES.includes(state.lang)) put('lang', state.lang);
    return parts.join('&');
  }

  Waybill.state = {decode, encode, span, MAX_CHARACTERS};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.state;
})(typeof globalThis === 'object' ? globalThis : this);
