'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill} = require('./record.js');
const {of, place, local} = Waybill.names;

test.afterEach(() => Waybill.words.use('en'));

const KHASAN = {id: 'khasan', name: 'Khasan', kind: 'station', country: ['RU'], names: {ko: '하산', ru: 'Хасан'}};

test('a name is that of the language, else the case\'s own, else a title or the id', () => {
  assert.deepEqual(['en', 'ko', 'ru', 'zh'].map((language) => place(KHASAN, language)), ['Khasan', '하산', 'Хасан', 'Khasan']);
  assert.equal(of({id: 'x', title: 'Layer'}, 'ko'), 'Layer');
  assert.equal(of({id: 'x', names: {ko: ''}}, 'ko'), 'x');
});
test('unless a language is given it is the one of the page', () => {
  Waybill.words.use('ru');
  assert.equal(of(KHASAN), 'Хасан');
});
test('beside the name stands what people on the spot say', () => {
  assert.equal(local(KHASAN), 'Хасан');
  Waybill.words.use('ko');
  assert.equal(local(KHASAN), 'Хасан');
});
test('the local name is not said twice, nor for a region, nor without one on record', () => {
  Waybill.words.use('ru');
  assert.equal(local(KHASAN), '');
  Waybill.words.use('en');
  assert.equal(local({...KHASAN, name: 'Khasan (хасан)'}), '');
  assert.equal(local({...KHASAN, kind: 'region'}), '');
  assert.equal(local({...KHASAN, names: {}}), '');
  assert.equal(local({...KHASAN, names: undefined}), '');
  assert.equal(local({...KHASAN, country: undefined}), '');
  assert.equal(local({...KHASAN, country: ['XX']}), '');
});
test('a place of two countries takes the first local name on record', () => {
  assert.equal(local({...KHASAN, country: ['CN', 'KP', 'RU']}), '하산');
});
test('names are looked for in what is written, not in what an object inherits', () => {
  const plain = {id: 'x', name: '<b>X</b>', names: {ru: '<i>Х</i>'}, country: ['constructor', '__proto__', 'RU']};
  for (const language of ['constructor', '__proto__', 'toString']) assert.equal(of(plain, language), '<b>X</b>');
  assert.equal(local(plain), '<i>Х</i>');
});
