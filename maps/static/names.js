/* Names in the reader's language, and beside them what people on the spot say. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const LOCAL = {KP: 'ko', KR: 'ko', RU: 'ru', BY: 'ru', KZ: 'ru', CN: 'zh', TW: 'zh', JP: 'ja', UA: 'uk', MN: 'mn', DE: 'de', FR: 'fr'};

  function own(names, language) {
    return names && Object.prototype.hasOwnProperty.call(names, language) ? names[language] : '';
  }
  function current() {
    return Waybill.words ? Waybill.words.language() : 'en';
  }

  /** The name of a party, place or layer in a language; the case's own where there is none. */
  function of(item, language) {
    return own(item.names, language || current()) || item.name || item.title || item.id;
  }

  /** The local name of a place where it differs from the one shown; empty for a region or where none is on record. */
  function local(place, language) {
    if (place.kind === 'region') return '';
    const shown = of(place, language);
    const name = (place.country || []).map((code) => own(place.names, own(LOCAL, code))).find(Boolean) || '';
    const known = shown.toLowerCase();
    return name && !known.includes(name.toLowerCase()) ? name : '';
  }

  Waybill.names = {of, place: of, local};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.names;
})(typeof globalThis === 'object' ? globalThis : this);
