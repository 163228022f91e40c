/* Spellings of one name that a search takes for the same. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const FIRST = 0xac00; // 가, from which a Hangul syllable is (initial * 21 + vowel) * 28 + final
  const LAST = 0xd7a3;
  const [VOWELS, FINALS] = [21, 28];
  const [NIEUN, RIEUL, IEUNG] = [2, 5, 11];
  const IOTATED = [2, 3, 6, 7, 12, 17, 20]; // ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
  // traditional characters of the region's names, as GeoNames has them, and the simplified ones that readers type
  const SIMPLE = {羅: '罗', 圖: '图', 們: '们', 義: '义', 興: '兴', 東: '东', 長: '长', 龍: '龙', 鴨: '鸭', 綠: '绿', 滿: '满', 會: '会', 寧: '宁', 慶: '庆', 關: '关', 烏: '乌', 蘭: '兰', 羣: '群'};

  /**
   * A Korean word as the South writes its first syllable: 라진 as 나진, 려수 as 여수. The North keeps ㄹ and ㄴ there, the
   * South's initial-sound rule (두음법칙) changes them, and a reader types one or the other.
   */
  function initial(word) {
    const code = word.charCodeAt(0);
    if (!(code >= FIRST && code <= LAST)) return word;
    const at = code - FIRST;
    const [consonant, vowel] = [Math.floor(at / (VOWELS * FINALS)), Math.floor(at / FINALS) % VOWELS];
    if (consonant !== RIEUL && consonant !== NIEUN) return word;
    const spoken = IOTATED.includes(vowel) ? IEUNG : NIEUN;
    return String.fromCharCode(code + (spoken - consonant) * VOWELS * FINALS) + word.slice(1);
  }

  /** The word by which its spellings are compared. */
  function same(word) {
    return initial(word).replace(/\p{Script=Han}/gu, (letter) => SIMPLE[letter] || letter);
  }

  Waybill.spellings = {same};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.spellings;
})(typeof globalThis === 'object' ? globalThis : this);
