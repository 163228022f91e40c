/* Dates as four languages say them, as routes/datewords.py does; tests/vectors/dates.json holds both. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const dates = () => Waybill.dates;
  const MONTHS_EN = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  const RU = ['январь', 'февраль', 'март', 'апрель', 'май', 'июнь', 'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'];
  const RU_OF = ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'];
  // months of five letters and fewer are not cut; the cut ones read alike in every case
  const RU_CUT = ['янв.', 'февр.', 'март', 'апр.', 'май', 'июнь', 'июль', 'авг.', 'сент.', 'окт.', 'нояб.', 'дек.'];
  const RU_CUT_OF = ['янв.', 'февр.', 'марта', 'апр.', 'мая', 'июня', 'июля', 'авг.', 'сент.', 'окт.', 'нояб.', 'дек.'];
  const DECADE = /^\d{3}X$/;
  const said = new Map();

  function spaced(...parts) {
    return parts.filter(Boolean).join(' ');
  }
  /** A year alone may be a decade: "202X" is the 2020s. */
  function isDecade({y, m}) {
    return !m && DECADE.test(y);
  }
  function isYears(...points) {
    return points.every((point) => !point.m && /^\d{4}$/.test(point.y));
  }

  /** How much two plain ends share: 'all', 'month' (of days), 'year' (of months and days) or nothing. */
  function shared(a, b) {
    if (a.doubt || b.doubt || a.y !== b.y) return '';
    if (a.m === b.m && a.d === b.d) return 'all';
    if (a.d && b.d && a.m === b.m) return 'month';
    return a.m && b.m ? 'year' : '';
  }
  /** What the last end says as well is left out of the first: "7 Sep – 1 Oct 2023", "1–3 Nov 2022". */
  function betweenEnglish(a, b) {
    const common = shared(a, b);
    const last = inFull(b, SAY.en);
    if (common === 'all') return last;
    if (common === 'month') return a.d + '–' + last;
    return (common === 'year' ? SAY.en.point(Object.assign({}, a, {y: ''})) : inFull(a, SAY.en)) + ' – ' + last;
  }
  function betweenKorean(a, b) {
    const common = shared(a, b);
    if (common === 'all') return inFull(a, SAY.ko);
    if (common === 'month') return a.y + '년 ' + a.m + '월 ' + a.d + '~' + b.d + '일';
    if (common === 'year' && !a.d && !b.d) return a.y + '년 ' + a.m + '~' + b.m + '월';
    if (common === 'year') return inFull(a, SAY.ko) + '~' + spaced(b.m + '월', b.d && b.d + '일');
    if (!a.doubt && !b.doubt && isYears(a, b)) return a.y + '~' + b.y + '년';
    return inFull(a, SAY.ko) + '~' + inFull(b, SAY.ko);
  }
  function betweenRussian(a, b) {
    const common = shared(a, b);
    if (common === 'all') return inFull(a, SAY.ru);
    if (common === 'month') return a.d + '–' + inFull(b, SAY.ru);
    if (common === 'year') return spaced(a.d, (a.d ? RU_CUT_OF : RU_CUT)[a.m - 1]) + ' – ' + inFull(b, SAY.ru);
    if (!a.doubt && !b.doubt && isYears(a, b)) return a.y + '–' + b.y + '\u00a0гг.';
    return inFull(a, SAY.ru) + ' – ' + inFull(b, SAY.ru);
  }
  function betweenChinese(a, b) {
    const common = shared(a, b);
    if (common === 'all') return inFull(a, SAY.zh);
    const last = {month: b.d + '日', year: b.m + '月' + (b.d ? b.d + '日' : '')}[common];
    return inFull(a, SAY.zh) + '至' + (last || inFull(b, SAY.zh));
  }
  /** Russian: after "около", "с", "до" and "не позднее" the genitive stands. */
  function russian(point, months) {
    if (isDecade(point)) return point.y.slice(0, 3) + (months === RU_CUT_OF ? '0-х\u00a0гг.' : '0-е\u00a0гг.');
    return spaced(point.d, point.m && months[point.m - 1], point.y) + '\u00a0г.';
  }

  /** "с около" is no Russian: about an open end "примерно" says it, in front. "Со второго" is the one day that takes "со". */
  function openRussian(point, preposition) {
    const {about, unsure} = doubts(point);
    const text = (about ? 'примерно ' : '') + preposition + ' ' + SAY.ru.of(point);
    return unsure ? SAY.ru.unsure(text) : text;
  }

  /** How each language writes a point {y, m, d}, the same after a preposition and in full, a doubtful one, and open ends. */
  const SAY = {
    en: {
      point: ({y, m, d}) => spaced(d, m && MONTHS_EN[m - 1].slice(0, 3), y),
      day: ({y, m, d}) => spaced(d, m && MONTHS_EN[m - 1], y),
      about: (text) => 'about ' + text,
      unsure: (text) => text + ' (uncertain)',
      upTo: (point) => 'up to ' + inFull(point, SAY.en),
      from: (point) => 'from ' + inFull(point, SAY.en),
      between: betweenEnglish
    },
    ko: {
      point: (point) => (isDecade(point) ? point.y.slice(0, 3) + '0년대' : spaced(point.y + '년', point.m && point.m + '월', point.d && point.d + '일')),
      about: (text) => text + '경',
      unsure: (text) => text + '(불확실)',
      upTo: (point) => inFull(point, SAY.ko) + '까지',
      from: (point) => inFull(point, SAY.ko) + '부터',
      between: betweenKorean
    },
    ru: {
      point: (point) => russian(point, point.d ? RU_CUT_OF : RU_CUT),
      of: (point) => russian(point, RU_CUT_OF),
      day: (point) => russian(point, point.d ? RU_OF : RU),
      about: (text) => 'около ' + text,
      unsure: (text) => text + ' (под вопросом)',
      upTo: (point) => openRussian(point, doubts(point).about ? 'до' : 'не позднее'),
      from: (point) => openRussian(point, point.d === 2 ? 'со' : 'с'),
      between: betweenRussian
    },
    zh: {
      point: (point) => (isDecade(point) ? point.y.slice(0, 3) + '0年代' : point.y + '年' + (point.m ? point.m + '月' : '') + (point.d ? point.d + '日' : '')),
      about: (text) => text + '前后',
      unsure: (text) => text + '（存疑）',
      upTo: (point) => '截至' + inFull(point, SAY.zh),
      from: (point) => '自' + inFull(point, SAY.zh) + '起',
      between: betweenChinese
    }
  };
  function isSpoken(language) {
    return Object.prototype.hasOwnProperty.call(SAY, language);
  }
  function speaker(language) {
    return isSpoken(language) ? SAY[language] : SAY.en;
  }

  function split(text) {
    const doubt = /[?~%]$/.test(text) ? text.slice(-1) : '';
    const [y, m, d] = (doubt ? text.slice(0, -1) : text).split('-');
    const number = (part) => (part && part !== 'XX' ? Number(part) : 0);
    return {text, doubt, y, m: number(m), d: number(d)};
  }
  function doubts({doubt}) {
    return {about: doubt === '~' || doubt === '%', unsure: doubt === '?' || doubt === '%'};
  }
  /** A point with its doubt. */
  function inFull(point, say) {
    const {about, unsure} = doubts(point);
    const text = about ? say.about((say.of || say.point)(point)) : say.point(point);
    return unsure ? say.unsure(text) : text;
  }
  function make(text, say) {
    const cut = text.indexOf('/');
    if (cut < 0) return inFull(split(text), say);
    const [start, end] = [text.slice(0, cut), text.slice(cut + 1)];
    if (dates().open(start)) return say.upTo(split(end));
    if (dates().open(end)) return say.from(split(start));
    return say.between(split(start), split(end));
  }
  function isDate(text) {
    try {
      return !!dates().parse(text);
    } catch (error) {
      return false;
    }
  }

  /** An EDTF text in words; what is not such a text comes back as it is. */
  function words(text, language) {
    const lang = isSpoken(language) ? language : 'en';
    if (typeof text !== 'string') return String(text === null || text === undefined ? '' : text);
    const key = lang + text;
    if (!said.has(key)) said.set(key, isDate(text) ? make(text, speaker(lang)) : text);
    return said.get(key);
  }

  /** A day, month or year in full: "2 November 2022". */
  function day(text, language) {
    if (!/^\d{4}(-\d{2}){0,2}$/.test(text || '') || !isDate(text)) return words(text, language);
    const say = speaker(language);
    return (say.day || say.point)(split(text));
  }

  /** The month of an ISO day or month, short: "Nov 2022". */
  function month(text, language) {
    if (!/^\d{4}-\d{2}(-\d{2})?$/.test(text || '') || !isDate(text)) return words(text, language);
    return speaker(language).point(split(text.slice(0, 7)));
  }

  Object.assign(Waybill.dates, {words, day, month});
  if (typeof module === 'object' && module.exports) module.exports = {words, day, month};
})(typeof globalThis === 'object' ? globalThis : this);
