/* What the page says by itself, in the language that is chosen. The words live in words/*.json. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const LANGUAGES = [
    {code: 'en', name: 'English'},
    {code: 'ko', name: '한국어'},
    {code: 'ru', name: 'Русский'},
    {code: 'zh', name: '中文'}
  ];
  const FALLBACK = 'en';
  const LOCALES = {en: 'en-GB', ko: 'ko-KR', ru: 'ru-RU', zh: 'zh-CN'};
  const MARKS = {
    en: {thousands: '\u202f', decimal: '.', comma: ', '},
    ko: {thousands: ',', decimal: '.', comma: ', '},
    ru: {thousands: '\u202f', decimal: ',', comma: ', '},
    zh: {thousands: ',', decimal: '.', comma: '、'}
  };
  let table = {};
  let current = FALLBACK;

  function own(object, key) {
    return object && Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
  }

  /** Take the words of a page: by language, keys and `groups` of coded values. */
  function load(block) {
    table = block && typeof block === 'object' ? block : {};
  }

  /** Speak a language from now on; one that nobody translated is English. Returns what is spoken. */
  function use(code) {
    current = LANGUAGES.some((one) => one.code === code) ? code : FALLBACK;
    return current;
  }
  function language() {
    return current;
  }

  /** What `pick` finds in the words of the language, or else in English. */
  function find(pick) {
    const text = pick(own(table, current));
    return typeof text === 'string' ? text : pick(own(table, FALLBACK));
  }
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = own(values, name);
      return value === undefined || value === null ? '' : String(value);
    });
  }
  function plain(value) {
    return value === null || value === undefined ? '' : String(value);
  }

  function t(key, values) {
    const text = find((words) => own(words, key));
    return fill(typeof text === 'string' ? text : key, values);
  }
  /** The words for a coded value; a value nobody knows is shown as it is. */
  function name(group, value, values) {
    const text = find((words) => own(own(own(words, 'groups'), group), value));
    return typeof text === 'string' ? fill(text, values) : plain(value);
  }

  /** A date as the language writes it; what is not a date stays as it is. */
  function date(text) {
    const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text || '');
    const dates = Waybill.dates;
    if (dates && text) return parts && parts[3] ? dates.day(text, current) : dates.words(text, current);
    if (!parts) return text || '';
    const format = {timeZone: 'UTC', year: 'numeric'};
    if (parts[2]) format.month = 'long';
    if (parts[3]) format.day = 'numeric';
    const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2] || 1) - 1, Number(parts[3] || 1)));
    return new Intl.DateTimeFormat(LOCALES[current], format).format(day);
  }
  function list(items) {
    return items.filter(Boolean).join(MARKS[current].comma);
  }
  function number(value, digits) {
    const [whole, part] = Number(value)
      .toFixed(digits || 0)
      .split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, MARKS[current].thousands);
    return part ? grouped + MARKS[current].decimal + part : grouped;
  }
  function kilometres(km) {
    if (km === null || km === undefined || !isFinite(km)) return '';
    return t('km', {n: number(km, km < 10 ? 1 : 0)});
  }
  /** Metres, or kilometres from a thousand on; a precision is no "5.0 km". */
  function metres(m) {
    if (m < 1000) return t('metres', {n: number(m)});
    const km = Math.round(m / 100) / 10;
    return t('km', {n: number(km, km < 10 && !Number.isInteger(km) ? 1 : 0)});
  }

  /** The language of a case's own texts, for their `lang` attribute; null where it is that of the page. */
  function caseLang(payload) {
    const code = (payload && payload.case && payload.case.language) || null;
    return code === current ? null : code;
  }

  /** In tests there is no page to bring the words, so they come from their files. */
  function fromFiles() {
    const fs = require('node:fs');
    const path = require('node:path');
    const folder = path.join(__dirname, 'words');
    const block = {};
    const put = (target, key, entry) => {
      LANGUAGES.forEach(({code}) => {
        const words = (block[code] = block[code] || {groups: {}});
        const into = target ? (words.groups[target] = words.groups[target] || {}) : words;
        if (entry[code] !== undefined) into[key] = entry[code];
      });
    };
    fs.readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .forEach((file) => {
        const entries = require(path.join(folder, file));
        Object.keys(entries).forEach((key) => {
          if (file !== 'codes.json') put(null, key, entries[key]);
          else Object.keys(entries[key]).forEach((value) => put(key, value, entries[key][value]));
        });
      });
    return block;
  }

  Waybill.words = {LANGUAGES, load, use, language, t, name, date, list, number, kilometres, metres, caseLang};
  if (typeof module === 'object' && module.exports) {
    load(fromFiles());
    module.exports = Waybill.words;
  }
})(typeof globalThis === 'object' ? globalThis : this);
