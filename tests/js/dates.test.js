'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
require('../../maps/static/dates.js');
require('../../maps/static/datewords.js');
const {parse, overlaps, words, day, month} = globalThis.Waybill.dates;
const vectors = require('../vectors/dates.json');
const LANGUAGES = ['en', 'ko', 'ru', 'zh'];

function said(say, text) {
  return Object.fromEntries(LANGUAGES.map((language) => [language, say(text, language)]));
}

test('the table is large enough', () => assert.ok(vectors.rows.length >= 70 && vectors.refused.length >= 30));
for (const row of vectors.rows) {
  test('the days and words of ' + row.text, () => {
    const {text, words: labels, day: inFull, ...span} = row;
    assert.deepEqual(parse(text), span);
    assert.deepEqual(said(words, text), labels);
    assert.deepEqual(said(day, text), inFull);
  });
}
for (const text of vectors.refused) {
  test('refused: ' + JSON.stringify(text), () => {
    assert.throws(() => parse(text), RangeError);
    // the page shows what it cannot read as it was written
    for (const language of LANGUAGES) {
      assert.equal(words(text, language), text);
      assert.equal(day(text, language), text);
    }
  });
}
for (const value of [null, undefined, 7, {}, []]) {
  test('no text is no date: ' + JSON.stringify(value), () => {
    assert.throws(() => parse(value), RangeError);
    assert.equal(words(value, 'en'), value === null || value === undefined ? '' : String(value));
  });
}
test('text that is no date comes back as text', () => {
  assert.equal(words('<img src=x onerror=alert(1)>', 'ru'), '<img src=x onerror=alert(1)>');
});
test('a language that nobody speaks is English', () => {
  for (const language of ['tlh', 'constructor', '__proto__', undefined]) assert.equal(words('2022-11', language), 'Nov 2022');
});
test('a text is said anew in another language', () => {
  assert.equal(words('2022-11', 'zh'), '2022年11月');
  assert.equal(words('2022-11', 'en'), 'Nov 2022');
});
test('the month of a day', () => {
  assert.deepEqual(said(month, '2023-03-05'), {en: 'Mar 2023', ko: '2023년 3월', ru: 'март 2023\u00a0г.', zh: '2023年3月'});
});
test('a span overlaps a window if any of its days lies in it', () => {
  const span = parse('2022-11');
  assert.ok(overlaps(span, '2022-11-30', null) && overlaps(span, null, '2022-11-01') && overlaps(span, null, null));
  assert.ok(!overlaps(span, '2022-12-01', null) && !overlaps(span, null, '2022-10-31'));
  assert.ok(overlaps(parse('2022-11/..'), '2030-01-01', '2030-01-02') && overlaps(parse('../2022-11'), '1950-01-01', '1950-01-02'));
});
