/* Dates as EDTF: which days they can mean (as routes/dates.py has it), and how four languages say them. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const POINT = /^(\d{2}(?:\d{2}|\dX|XX))(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)$/;
  const MONTHS_EN = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  const RU_OF = ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'];
  const RU = ['янв.', 'февр.', 'март', 'апр.', 'май', 'июнь', 'июль', 'авг.', 'сент.', 'окт.', 'нояб.', 'дек.'];
  const RU_DAY = ['янв.', 'февр.', 'марта', 'апр.', 'мая', 'июня', 'июля', 'авг.', 'сент.', 'окт.', 'нояб.', 'дек.'];
  const parsed = new Map();
  const pad = (n, width) => String(n).padStart(width, '0');

  function refuse(text) {
    throw new RangeError(JSON.stringify(text) + ' is not a date that Waybill reads');
  }
  function daysIn(year, month) {
    return month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  }
  function iso(year, month, day) {
    return pad(year, 4) + '-' + pad(month, 2) + '-' + pad(day, 2);
  }

  /** First and last day of a point in time whose unknown digits are X. */
  function point(text, whole) {
    const match = POINT.exec(text);
    if (!match) refuse(whole);
    const [, years, month, day, doubt] = match;
    const first = Number(years.replace(/X/g, '0'));
    const last = Number(years.replace(/X/g, '9'));
    if (last === 0 || first === 0) refuse(whole);
    const knowsMonth = month && month !== 'XX';
    const knowsDay = day && day !== 'XX';
    if (knowsDay && !knowsMonth) refuse(whole);
    if (knowsMonth && (Number(month) < 1 || Number(month) > 12)) refuse(whole);
    if (knowsDay && (Number(day) < 1 || Number(day) > daysIn(first, Number(month)) || Number(day) > daysIn(last, Number(month)))) refuse(whole);
    const [m1, m2] = knowsMonth ? [Number(month), Number(month)] : [1, 12];
    return {
      earliest: iso(first, m1, knowsDay ? Number(day) : 1),
      latest: iso(last, m2, knowsDay ? Number(day) : daysIn(last, m2)),
      approximate: doubt === '~' || doubt === '%',
      uncertain: doubt === '?' || doubt === '%',
      precision: knowsDay ? 'day' : knowsMonth ? 'month' : 'year'
    };
  }

  function open(text) {
    return text === '' || text === '..';
  }
  function interval(text) {
    const cut = text.indexOf('/');
    const [start, end] = [text.slice(0, cut), text.slice(cut + 1)];
    if (open(start) && open(end)) refuse(text);
    const first = open(start) ? null : point(start, text);
    const last = open(end) ? null : point(end, text);
    if (first && last && first.earliest > last.latest) refuse(text);
    const ends = [first, last].filter(Boolean);
    return {
      earliest: first ? first.earliest : null,
      latest: last ? last.latest : null,
      approximate: ends.some((one) => one.approximate),
      uncertain: ends.some((one) => one.uncertain),
      precision: 'interval'
    };
  }

  /** The days that an EDTF text can mean; null where an interval is open. Throws RangeError for what is not such a date. */
  function parse(text) {
    if (typeof text !== 'string') refuse(text);
    if (!parsed.has(text)) parsed.set(text, text.includes('/') ? interval(text) : point(text, text));
    return parsed.get(text);
  }

  /** Whether any day of a span lies in a window; null is open. */
  function overlaps(span, from, to) {
    return (!to || !span.earliest || span.earliest <= to) && (!from || !span.latest || span.latest >= from);
  }

  /** How each language writes a point {year, month, day}, an uncertain one, and open ends. */
  const SAY = {
    en: {
      point: ({y, m, d}) => [d, m && MONTHS_EN[m - 1].slice(0, 3), y].filter(Boolean).join(' '),
      day: ({y, m, d}) => [d, m && MONTHS_EN[m - 1], y].filter(Boolean).join(' '),
      about: (text) => 'about ' + text,
      unsure: (text) => text + ' (uncertain)',
      upTo: (text) => 'up to ' + text,
      from: (text) => 'from ' + text
    },
    ko: {
      point: ({y, m, d}) => [y + '년', m && m + '월', d && d + '일'].filter(Boolean).join(' '),
      about: (text) => text + '경',
      unsure: (text) => text + ' (불확실)',
      upTo: (text) => text + '까지',
      from: (text) => text + '부터'
    },
    ru: {
      point: ({y, m, d}) => [d, m && (d ? RU_DAY : RU)[m - 1], y].filter(Boolean).join(' ') + '\u00a0г.',
      day: ({y, m, d}) => [d, m && (d ? RU_OF : RU)[m - 1], y].filter(Boolean).join(' ') + '\u00a0г.',
      about: (text) => 'около ' + text,
      unsure: (text) => text + ' (неточно)',
      upTo: (text) => 'до ' + text,
      from: (text) => 'с ' + text
    },
    zh: {
      point: ({y, m, d}) => y + '年' + (m ? m + '月' : '') + (d ? d + '日' : ''),
      about: (text) => text + '前后',
      unsure: (text) => text + '（不确定）',
      upTo: (text) => '截至' + text,
      from: (text) => '自' + text + '起'
    }
  };
  function speaker(language) {
    return Object.prototype.hasOwnProperty.call(SAY, language) ? SAY[language] : SAY.en;
  }

  function split(text) {
    const doubt = /[?~%]$/.test(text) ? text.slice(-1) : '';
    const [y, m, d] = (doubt ? text.slice(0, -1) : text).split('-');
    const number = (part) => (part && part !== 'XX' ? Number(part) : 0);
    return {doubt, y, m: number(m), d: number(d)};
  }
  function pointWords(text, say) {
    const {doubt, y, m, d} = split(text);
    const plain = say.point({y, m, d});
    const about = doubt === '~' || doubt === '%' ? say.about(plain) : plain;
    return doubt === '?' || doubt === '%' ? say.unsure(about) : about;
  }

  /** English leaves out of the first end what the last one says as well: "7 Sep – 1 Oct 2023", "1–3 Nov 2022". */
  function between(start, end, say, language) {
    const first = pointWords(start, say);
    const last = pointWords(end, say);
    if (language !== 'en' || start.slice(0, 4) !== end.slice(0, 4) || !first.endsWith(start.slice(0, 4)))
      return first + ' – ' + last;
    const short = first.slice(0, -4).trimEnd();
    if (start.slice(0, 7) === end.slice(0, 7) && last.includes(' ') && short.includes(' ')) return short.split(' ')[0] + '–' + last;
    return short ? short + ' – ' + last : last;
  }

  /** An EDTF text in words; what is not such a text comes back as it is. */
  function words(text, language) {
    try {
      parse(text);
    } catch (error) {
      return String(text === null || text === undefined ? '' : text);
    }
    const lang = Object.prototype.hasOwnProperty.call(SAY, language) ? language : 'en';
    const say = speaker(lang);
    if (!text.includes('/')) return pointWords(text, say);
    const cut = text.indexOf('/');
    const [start, end] = [text.slice(0, cut), text.slice(cut + 1)];
    if (open(start)) return say.upTo(pointWords(end, say));
    if (open(end)) return say.from(pointWords(start, say));
    return between(start, end, say, lang);
  }

  /** A day, month or year in full: "2 November 2022". */
  function day(text, language) {
    if (!/^\d{4}(-\d{2}){0,2}$/.test(text || '')) return words(text, language);
    const say = speaker(language);
    return (say.day || say.point)(split(text));
  }

  /** The month of an ISO day, short: "Nov 2022". */
  function month(text, language) {
    return speaker(language).point(split(text.slice(0, 7)));
  }

  Waybill.dates = {parse, overlaps, words, day, month};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.dates;
})(typeof globalThis === 'object' ? globalThis : this);
