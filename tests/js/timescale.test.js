'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const scale = require('../../maps/static/timescale.js');
const clocks = require('../../maps/static/timewindow.js');

const EXTENT = {first: '2022-09-15', last: '2024-03-10'};
const OPEN = {from: null, to: null};

test('only a day of the calendar is a day', () => {
  assert.equal(scale.number('1970-01-02'), 1);
  assert.equal(scale.iso(scale.number('0099-03-01')), '0099-03-01');
  ['2022-02-30', '2022-13-01', '2022-11', '', null, undefined, '<b>', '2022-11-10T00:00'].forEach((text) =>
    assert.equal(scale.number(text), null)
  );
});
test('months between two days count both ends and cross years', () => {
  assert.deepEqual(scale.months('2022-11-30', '2023-02-01'), ['2022-11', '2022-12', '2023-01', '2023-02']);
  assert.deepEqual(scale.months('2023-02-01', '2022-11-30'), []);
});
test('a month on from its last day stays in the next month', () => {
  assert.equal(scale.addMonths('2024-01-31', 1), '2024-02-29');
  assert.equal(scale.addMonths('2024-03-31', -12), '2023-03-31');
  assert.equal(scale.monthEnd('2024-02-03'), '2024-02-29');
});
test('a position leads back to its day all along the axis', () => {
  const axis = scale.scale(EXTENT, 10, 910);
  assert.equal(axis.first, '2022-09-01');
  assert.equal(axis.last, '2024-03-31');
  assert.equal(axis.x('2022-09-01'), 10);
  assert.equal(axis.end('2024-03-31'), 910);
  ['2022-09-01', '2022-12-31', '2024-02-29', '2024-03-31'].forEach((day) => assert.equal(axis.day(axis.x(day) + 0.01), day));
  assert.equal(axis.day(-50), '2022-09-01');
  assert.equal(axis.day(5000), '2024-03-31');
});
test('thin years before a break take less room, in order and without a gap', () => {
  const extent = {first: '2006-10-14', last: '2026-11-23'};
  const axis = scale.scale(extent, 0, 1000, '2022-01-01');
  assert.equal(axis.bend, 170);
  assert.equal(axis.x('2022-01-01'), 170);
  assert.ok(axis.x('2012-01-01') < axis.x('2013-01-01'));
  assert.equal(axis.day(axis.x('2016-08-01') + 0.01), '2016-08-01');
  assert.equal(axis.day(axis.x('2024-08-01') + 0.01), '2024-08-01');
});
test('a long record breaks where its events begin to crowd, an even or a short one does not', () => {
  const extent = {first: '2006-01-01', last: '2026-12-31'};
  const few = ['2006-05-01', '2012-05-01'];
  const many = Array.from({length: 20}, (_, i) => scale.addMonths('2022-02-01', 2 * i));
  assert.equal(scale.breakAt(few.concat(many), extent), '2022-01-01');
  assert.equal(scale.breakAt(Array.from({length: 20}, (_, i) => 2006 + i + '-06-01'), extent), null);
  assert.equal(scale.breakAt(many, {first: '2022-01-01', last: '2026-12-31'}), null);
});
test('year labels never run into each other', () => {
  const wide = scale.ticks(scale.scale(EXTENT, 0, 900)).filter((tick) => tick.label);
  assert.deepEqual(wide.map((tick) => tick.label), ['2023', '2024']);
  const long = scale.ticks(scale.scale({first: '1950-01-01', last: '2026-12-31'}, 0, 300)).filter((tick) => tick.label);
  assert.ok(long.length > 2 && long.every((tick, i) => !i || tick.x - long[i - 1].x >= 36));
});

const CLAIMS = [
  {party: 'us', known_from: '2022-11-02', events: ['e22']},
  {party: 'csis', known_from: '2023-10-16', events: ['e22', 'e40']},
  {party: 'us', known_from: '2023-10-13', events: ['e34']},
  {party: 'dprk', known_from: '2022-11-07', events: ['e24', 'e22']},
  {party: 'us', known_from: null, events: ['e99']}
];
test('a step is a day on which an event is spoken of for the first time', () => {
  assert.deepEqual(scale.steps(CLAIMS, () => true, () => true), [
    {day: '2022-11-02', events: ['e22']},
    {day: '2022-11-07', events: ['e24']},
    {day: '2023-10-13', events: ['e34']},
    {day: '2023-10-16', events: ['e40']}
  ]);
});
test('as told by others an event may first be spoken of on another day', () => {
  const told = scale.steps(CLAIMS, (party) => party === 'dprk', () => true);
  assert.deepEqual(told, [{day: '2022-11-07', events: ['e24', 'e22']}]);
  assert.deepEqual(scale.steps(CLAIMS, () => true, (id) => id === 'e40').map((step) => step.day), ['2023-10-16']);
});
test('steps go from one day to the next, and back from everything on record', () => {
  const list = scale.steps(CLAIMS, () => true, () => true);
  assert.equal(scale.next(list, '2022-11-02').day, '2022-11-07');
  assert.equal(scale.next(list, '2022-11-05').day, '2022-11-07');
  assert.equal(scale.next(list, null), null);
  assert.equal(scale.next(list, '2023-10-16'), null);
  assert.equal(scale.previous(list, null).day, '2023-10-16');
  assert.equal(scale.previous(list, '2022-11-07').day, '2022-11-02');
  assert.equal(scale.previous(list, '2022-11-02'), null);
});

test('a drag makes a window of whole months, in either direction', () => {
  const window = {from: '2022-11-01', to: '2023-02-28'};
  assert.deepEqual(clocks.between(EXTENT, '2022-11-12', '2023-02-03'), window);
  assert.deepEqual(clocks.between(EXTENT, '2023-02-03', '2022-11-12'), window);
});
test('an end that reaches the end of the record is open', () => {
  assert.deepEqual(clocks.between(EXTENT, '2022-09-20', '2024-03-01'), OPEN);
  assert.deepEqual(clocks.withFrom(EXTENT, {from: '2022-11-01', to: '2023-02-28'}, '2022-08-01'), {from: null, to: '2023-02-28'});
});
test('the ends of a window do not pass each other', () => {
  const window = {from: '2022-11-01', to: '2023-02-28'};
  assert.deepEqual(clocks.withFrom(EXTENT, window, '2023-08-01'), {from: '2023-02-01', to: '2023-02-28'});
  assert.deepEqual(clocks.withTo(EXTENT, window, '2022-01-01'), {from: '2022-11-01', to: '2022-11-30'});
});
test('a moved window keeps its width up to the end of the record', () => {
  const window = {from: '2022-11-01', to: '2023-02-28'};
  assert.deepEqual(clocks.shift(EXTENT, window, 2), {from: '2023-01-01', to: '2023-04-30'});
  assert.deepEqual(clocks.shift(EXTENT, window, -9), {from: null, to: '2022-12-31'});
});
test('keys move the ends of the window by months and years and open them', () => {
  assert.deepEqual(clocks.key(EXTENT, OPEN, 'from', 'ArrowRight'), {from: '2022-10-01', to: null});
  assert.deepEqual(clocks.key(EXTENT, OPEN, 'from', 'PageUp'), {from: '2023-09-01', to: null});
  assert.deepEqual(clocks.key(EXTENT, OPEN, 'to', 'ArrowLeft'), {from: null, to: '2024-02-29'});
  assert.deepEqual(clocks.key(EXTENT, {from: '2022-10-01', to: null}, 'from', 'ArrowLeft'), OPEN);
  assert.deepEqual(clocks.key(EXTENT, {from: '2022-10-01', to: null}, 'from', 'Home'), OPEN);
  assert.deepEqual(clocks.key(EXTENT, {from: null, to: '2023-01-31'}, 'to', 'End'), OPEN);
  ['Enter', 'Tab', 'toString', '__proto__'].forEach((key) => assert.equal(clocks.key(EXTENT, OPEN, 'from', key), null));
});
test('keys move the known day by days and months; the last day of the record is everything', () => {
  assert.deepEqual(clocks.knownKey(EXTENT, null, 'ArrowLeft'), {known: '2024-03-09'});
  assert.deepEqual(clocks.knownKey(EXTENT, '2024-03-09', 'ArrowRight'), {known: null});
  assert.deepEqual(clocks.knownKey(EXTENT, '2023-03-31', 'PageDown'), {known: '2023-02-28'});
  assert.deepEqual(clocks.knownKey(EXTENT, '2023-03-31', 'Home'), {known: '2022-09-15'});
  assert.deepEqual(clocks.knownKey(EXTENT, '2022-09-15', 'ArrowLeft'), {known: '2022-09-15'});
  assert.deepEqual(clocks.knownKey(EXTENT, '2022-09-15', 'End'), {known: null});
  assert.equal(clocks.knownKey(EXTENT, null, 'a'), null);
});
