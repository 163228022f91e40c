'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const words = require('../../maps/static/words.js');
const {t, name, use, language} = words;

test.afterEach(() => use('en'));

test('the same key speaks the chosen language', () => {
  assert.deepEqual(
    words.LANGUAGES.map(({code}) => use(code) && t('close')),
    ['Close', '닫기', 'Закрыть', '关闭']
  );
});
test('a language nobody translated is English', () => {
  for (const code of ['tlh', '', null, undefined, '__proto__', 'constructor']) {
    assert.equal(use(code), 'en');
    assert.equal(language(), 'en');
  }
});
test('coded values have names by group, unknown ones stay as they are', () => {
  use('ru');
  assert.equal(name('status', 'unsupported'), 'Только отрицания');
  assert.equal(name('quantity_signs', 'at-least', {figure: '10'}), 'не менее 10');
  assert.equal(name('status', 'constructor'), 'constructor');
  assert.equal(name('constructor', 'name'), 'name');
  assert.equal(name('mode', null), '');
});
test('values are put in as they are, and never looked for in what an object inherits', () => {
  assert.equal(t('denied', {who: '{who} <b>$&'}), 'Denied by {who} <b>$&');
  assert.equal(t('denied', {}), 'Denied by ');
  assert.equal(t('constructor'), 'constructor');
  assert.equal(t('groups'), 'groups');
});
test('numbers, lengths and lists follow the language', () => {
  const said = words.LANGUAGES.map(({code}) => {
    use(code);
    return [words.kilometres(10272), words.kilometres(5.26), words.list(['a', '', 'b'])];
  });
  assert.deepEqual(said, [
    ['10\u202f272\u00a0km', '5.3\u00a0km', 'a, b'],
    ['10,272\u00a0km', '5.3\u00a0km', 'a, b'],
    ['10\u202f272\u00a0км', '5,3\u00a0км', 'a, b'],
    ['10,272\u00a0公里', '5.3\u00a0公里', 'a、b']
  ]);
});
test('a round precision has no decimals', () => {
  assert.deepEqual([900, 1000, 1500, 5000, 25000].map(words.metres), [
    '900\u00a0m',
    '1\u00a0km',
    '1.5\u00a0km',
    '5\u00a0km',
    '25\u00a0km'
  ]);
});
test('days are written as the language writes them', () => {
  assert.deepEqual(
    words.LANGUAGES.map(({code}) => use(code) && words.date('2022-11-02')),
    ['2 November 2022', '2022년 11월 2일', '2 ноября 2022 г.', '2022年11月2日']
  );
  assert.equal(use('ko') && words.date('2022-11'), '2022년 11월');
});
test('dates are left to the dates of the page where it has them', () => {
  const Waybill = globalThis.Waybill;
  Waybill.dates = {words: (text, code) => 'words ' + text + code, day: (text, code) => 'day ' + text + code};
  try {
    use('ko');
    assert.deepEqual(
      ['2022-11-02', '2022-11', '2023-08~', ''].map(words.date),
      ['day 2022-11-02ko', 'words 2022-11ko', 'words 2023-08~ko', '']
    );
  } finally {
    delete Waybill.dates;
  }
});
test('the case keeps its language where the page speaks another', () => {
  const payload = {case: {language: 'en'}};
  assert.equal(words.caseLang(payload), null);
  use('ru');
  assert.equal(words.caseLang(payload), 'en');
  assert.equal(words.caseLang({}), null);
  assert.equal(words.caseLang(null), null);
});
test('words that a page lacks, or holds in a wrong form, are no error', () => {
  const whole = require('node:module').createRequire(__filename);
  const path = whole.resolve('../../maps/static/words.js');
  const kept = require.cache[path];
  delete require.cache[path];
  const fresh = require(path);
  try {
    for (const block of [null, undefined, 7, 'x', [], {en: null}, {en: {close: 3, groups: []}}]) {
      fresh.load(block);
      assert.equal(fresh.t('close'), 'close');
      assert.equal(fresh.name('mode', 'sea'), 'sea');
    }
    fresh.load({en: {a: 'A'}, ko: {b: 'ㄴ'}});
    fresh.use('ko');
    assert.deepEqual([fresh.t('a'), fresh.t('b')], ['A', 'ㄴ']);
  } finally {
    require.cache[path] = kept;
    globalThis.Waybill.words = words;
  }
});
