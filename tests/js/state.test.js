'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {decode, encode, span} = require('../../maps/static/state.js');
const vectors = require('../vectors/state.json');

const listed = (notes) => notes.map((note) => [note.key, note.value, note.why]);
function plain(state) {
  return state.centre ? {...state, centre: [state.centre.lat, state.centre.lon]} : {...state};
}
function made(row) {
  let text = row.before;
  for (let i = 0; i < row.times; i += 1) text += row.unit.replace('{i}', i);
  return text;
}

for (const row of vectors.rows) {
  test(row.name, () => {
    const {state, notes} = decode(row.text);
    assert.deepEqual(plain(state), row.fields);
    assert.deepEqual(listed(notes), row.notes);
    assert.equal(encode(state), row.canonical);
    assert.equal(encode(decode(row.canonical).state), row.canonical);
    assert.deepEqual(decode(row.canonical).notes, []);
  });
}
for (const row of vectors.made) {
  test(row.name, () => {
    const {state, notes} = decode(made(row));
    assert.deepEqual(listed(notes), row.notes);
    assert.equal(encode(state), row.canonical);
  });
}
test('a state has no properties that the text did not set', () => {
  const {state} = decode('__proto__=1&constructor=2&sel=e22');
  assert.deepEqual(Object.keys(state), ['sel']);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(state), Object.prototype);
});
for (const value of [null, undefined, 7, {}, [], ['z=5'], {toString: () => 'z=5'}]) {
  test('no text, no state: ' + JSON.stringify(value), () => assert.deepEqual(decode(value), {state: {}, notes: []}));
}
test('what could not be read again is not written', () => {
  const state = {
    zoom: NaN,
    centre: {lat: 91, lon: 0},
    on: ['A B', '<b>'],
    known: 'yesterday',
    from: '2024-03',
    to: '2024-02',
    by: 'us',
    sel: 'a&b=c',
    lang: 'tlh'
  };
  assert.equal(encode(state), 'v=1');
  assert.equal(encode({zoom: -1, on: ['a', 'B', 'a']}), 'v=1&on=a');
});
test('the span of a day, a month and a year', () => {
  assert.deepEqual(span('2024-02-29'), ['2024-02-29', '2024-02-29']);
  assert.deepEqual(span('2024-02'), ['2024-02-01', '2024-02-29']);
  assert.deepEqual(span('2023-02'), ['2023-02-01', '2023-02-28']);
  assert.deepEqual(span('2024'), ['2024-01-01', '2024-12-31']);
  for (const text of ['', 'all', '2024-00', '0000-01', null, 2024]) assert.equal(span(text), null);
});
