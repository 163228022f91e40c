/* Search over what the page knows under its lens: places, routes, events, parties and sources. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const spellings = Waybill.spellings || require('./spellings.js');
  const KINDS = ['place', 'route', 'event', 'party', 'source'];
  const MOST = 40;
  const LETTERS = {ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ё: 'е'};
  const APOSTROPHES = /['\u2019\u2018\u02bb\u02bc\u0060\u00b4]/g; // in romanised names, as in Ch'ŏngjin, nobody types them
  const MARKS = /\p{M}/gu;
  // how a word is found in a name or in a text: as a whole, at its beginning, or inside
  const POINTS = {name: [100, 60, 20], text: [12, 8, 3]};
  const WHOLE_NAME = 200;
  const NAME_BEGINS = 50;

  /** Text as it is compared: no case, no accents, letters only. Й stays Й, Ё is Е, Hangul stays whole. */
  function fold(text) {
    return String(text === null || text === undefined ? '' : text)
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[ßæœøłđðþıё]/g, (letter) => LETTERS[letter])
      .replace(APOSTROPHES, '')
      .split(/(й)/)
      .map((part) => (part === 'й' ? part : part.normalize('NFD').replace(MARKS, '')))
      .join('')
      .normalize('NFC');
  }

  function tokens(text) {
    return fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
  }
  function words(text) {
    return tokens(text).map(spellings.same);
  }

  /** Points of one word against the words of a field; 0 if it is not there. */
  function points(word, field, weights) {
    let best = 0;
    for (const other of field.words) {
      if (other === word) return weights[0];
      if (other.startsWith(word)) best = weights[1];
    }
    return best || (field.joined.includes(word) ? weights[2] : 0);
  }

  function field(texts) {
    const found = texts.filter(Boolean).map(words);
    return {
      words: found.flat(),
      joined: found.map((list) => list.join(' ')).join('\n'),
      wholes: found.map((list) => list.join(' '))
    };
  }

  function entry(kind, item, title, {names = [], text = [], detail = ''}) {
    return {
      kind,
      id: item.id,
      title,
      detail,
      names: [title].concat(names.filter((name) => name && name !== title)),
      own: field([title].concat(names)),
      text: field(text)
    };
  }

  /** The documents of a payload, or of anything with its lists. */
  function entries(data) {
    const layers = new Map((data.layers || []).map((layer) => [layer.id, layer.title]));
    const others = (item) => Object.values(item.names || {}).flat();
    return [
      (data.places || []).map((place) =>
        entry('place', place, place.name, {names: others(place), text: [place.locode]})
      ),
      (data.routes || []).map((route) =>
        entry('route', route, route.title, {text: [layers.get(route.layer)], detail: layers.get(route.layer) || ''})
      ),
      (data.events || []).map((event) =>
        entry('event', event, event.title, {
          text: [event.carrier, event.cargo, event.declared_cargo, event.when_text, event.when],
          detail: event.when_text || event.when || ''
        })
      ),
      (data.parties || []).map((party) => entry('party', party, party.name, {names: others(party)})),
      (data.sources || []).map((source) =>
        entry('source', source, source.text || source.url || source.id, {text: [source.note, source.url]})
      )
    ].flat();
  }

  /** Points of an entry for the words of a query: all must be there, and the weakest does not hide behind the strongest. */
  function score(one, asked, whole) {
    let sum = 0;
    for (const word of asked) {
      const found = points(word, one.own, POINTS.name) || points(word, one.text, POINTS.text);
      if (!found) return 0;
      sum += found;
    }
    const mean = sum / asked.length;
    if (one.own.wholes.includes(whole)) return mean + WHOLE_NAME;
    return mean + (one.own.wholes.some((name) => name.startsWith(whole)) ? NAME_BEGINS : 0);
  }

  /** The name that was found, where it is not the title: a place found by its Korean name says so. */
  function foundName(one, asked) {
    const name = one.names.find((text) => asked.every((word) => points(word, field([text]), POINTS.name)));
    return name && name !== one.names[0] ? name : '';
  }

  /** A searcher over the index of the current lens, or over a payload. */
  function build(source) {
    const all = entries(source.payload || source);
    function find(query, limit) {
      const asked = words(query);
      if (!asked.length) return [];
      const whole = asked.join(' ');
      return all
        .map((one, order) => ({one, order, score: score(one, asked, whole)}))
        .filter((hit) => hit.score > 0)
        .sort(
          (a, b) =>
            b.score - a.score ||
            KINDS.indexOf(a.one.kind) - KINDS.indexOf(b.one.kind) ||
            a.one.title.length - b.one.title.length ||
            a.order - b.order
        )
        .slice(0, limit || MOST)
        .map(({one, score: value}) => ({
          kind: one.kind,
          id: one.id,
          title: one.title,
          detail: [foundName(one, asked), one.detail].filter(Boolean).join(' · '),
          score: value
        }));
    }
    return {find, size: all.length};
  }

  /** A text cut into [{text, hit}] where the words of a query begin a word of it, or else stand inside one. */
  function marked(text, query) {
    const shown = Array.from(String(text).normalize('NFC'));
    const folded = shown.map(fold);
    const from = [];
    folded.forEach((letters, place) => Array.from({length: letters.length}, () => from.push(place)));
    const plain = folded.join('');
    const hits = new Array(shown.length).fill(false);
    tokens(query).forEach((word) => {
      const begins = [...plain.matchAll(/[\p{L}\p{N}]+/gu)].find((match) => match[0].startsWith(word));
      const at = begins ? begins.index : plain.indexOf(word);
      if (at >= 0) for (let i = from[at]; i <= from[at + word.length - 1]; i++) hits[i] = true;
    });
    const parts = [];
    shown.forEach((letter, place) => {
      const last = parts[parts.length - 1];
      if (last && last.hit === hits[place]) last.text += letter;
      else parts.push({text: letter, hit: hits[place]});
    });
    return parts;
  }

  Waybill.search = {KINDS, fold, words, build, marked};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.search;
})(typeof globalThis === 'object' ? globalThis : this);
