'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill} = require('./record.js');
const {figure, quantity, measure} = Waybill.figures;

test.afterEach(() => Waybill.words.use('en'));

function inEach(say) {
  return ['en', 'ko', 'ru', 'zh'].map((language) => {
    Waybill.words.use(language);
    return say();
  });
}

test('figures are grouped as the language does', () => {
  assert.deepEqual(inEach(() => figure(15809)), ['15,809', '15,809', '15\u202f809', '15,809']);
  assert.deepEqual(inEach(() => figure(1234567.25)), ['1,234,567.25', '1,234,567.25', '1\u202f234\u202f567,25', '1,234,567.25']);
  assert.deepEqual([0, 999, 0.5, -1000, 50.69].map(figure), ['0', '999', '0.5', '-1,000', '50.69']);
});
test('a claim counts exactly unless it says otherwise', () => {
  assert.equal(quantity({quantity: 5, unit: 'wagons'}), '5 wagons');
  assert.equal(quantity({quantity: 10000, unit: 'containers', quantity_is: 'at-least'}), 'at least 10,000 containers');
  assert.equal(quantity({quantity: 10000, unit: 'containers', quantity_is: 'at-most'}), 'at most 10,000 containers');
  assert.equal(quantity({quantity: 3, unit: 'trains', quantity_is: 'about'}), 'about 3 trains');
});
test('a range has both its ends, and a figure may go without a unit', () => {
  const range = {quantity: 1000, quantity_max: 3000, unit: 'containers'};
  assert.deepEqual(inEach(() => quantity(range)), [
    '1,000 to 3,000 containers',
    '1,000~3,000 containers',
    '1\u202f000–3\u202f000 containers',
    '1,000至3,000 containers'
  ]);
  assert.equal(quantity({quantity: 7}), '7');
});
test('nothing counted is a count, no figure is none', () => {
  assert.equal(quantity({quantity: 0, unit: 'wagons'}), '0 wagons');
  for (const claim of [{}, {quantity: null}, {quantity: undefined, unit: 'wagons'}]) assert.equal(quantity(claim), null);
});
test('a published length says what, between which places and as of when', () => {
  const row = {value: 50.69, unit: 'km', what: 'length', from: 'a', to: 'b', as_of: '2023-08'};
  assert.equal(measure(row, (id) => id.toUpperCase(), (text) => 'day ' + text), '50.69 km length, A–B, as of day 2023-08');
  assert.equal(measure({value: 9, value_max: 10, unit: 'km', what: 'distance', from: 'a'}, String, String), '9 to 10 km distance, a');
  assert.equal(measure({value: 40, unit: 'km'}, String, String), '40 km length');
});
test('units pass through as text', () => {
  assert.equal(quantity({quantity: 2, unit: '<b>$&{low}</b>'}), '2 <b>$&{low}</b>');
  assert.equal(quantity({quantity: 2, unit: 'constructor'}), '2 constructor');
  assert.equal(measure({value: 1, unit: '{date}', from: '<i>'}, String, String), '1 {date} length, <i>');
});
