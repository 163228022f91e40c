'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {bins, spans, highest, undated} = require('../../maps/static/histogram.js');

const EXTENT = {first: '2022-09-01', last: '2024-03-31'};
const event = (id, status, earliest, latest, more) => ({
  id,
  status,
  span: Object.assign({earliest, latest, approximate: false, uncertain: false}, more)
});
const EVENTS = [
  event('denied', 'unsupported', '2022-11-07', '2022-11-07'),
  event('train', 'confirmed', '2022-11-04', '2022-11-04'),
  event('horses', 'confirmed', '2022-11-02', '2022-11-02'),
  event('papers', 'alleged', '2022-11-01', '2022-11-30'),
  event('guns', 'evidenced', '2023-11-01', '2023-11-30', {approximate: true}),
  event('summit', 'confirmed', '2022-12-30', '2023-01-06'),
  event('ships', 'confirmed', '2023-08-01', null),
  event('cover', 'asserted', null, '2022-11-02'),
  event('count', 'asserted', '2023-09-01', '2023-12-31', {uncertain: true}),
  {id: 'sometime', status: 'alleged', span: null}
];

test('events stand in the month in which they happened, the strongest first', () => {
  const list = bins(EVENTS, EXTENT);
  assert.deepEqual(list.map((bin) => bin.month), ['2022-11', '2023-11']);
  assert.deepEqual(list[0].events, ['horses', 'train', 'papers', 'denied']);
  assert.deepEqual(list[0].counts, {confirmed: 2, alleged: 1, unsupported: 1});
  assert.deepEqual(list[0].uncertain, {});
  assert.equal(highest(list), 4);
});
test('an event whose date is doubtful is counted apart from the others', () => {
  const [, november] = bins(EVENTS, EXTENT);
  assert.deepEqual(november.counts, {});
  assert.deepEqual(november.uncertain, {evidenced: 1});
});
test('events of several months or with an open end are no bar but a span', () => {
  const list = spans(EVENTS, EXTENT);
  assert.deepEqual(list.map((span) => span.id).sort(), ['count', 'cover', 'ships', 'summit']);
  const by = Object.fromEntries(list.map((span) => [span.id, span]));
  assert.deepEqual([by.ships.from, by.ships.to, by.ships.openStart, by.ships.openEnd], ['2023-08-01', null, false, true]);
  assert.deepEqual([by.cover.from, by.cover.to, by.cover.openStart, by.cover.openEnd], [null, '2022-11-02', true, false]);
  assert.equal(by.ships.stop, '2024-03-31');
  assert.equal(by.count.approximate, true);
  assert.equal(by.summit.approximate, false);
});
test('spans that overlap stand in different rows, and rows are used again', () => {
  const list = spans(EVENTS, EXTENT);
  list.forEach((one, i) =>
    list.slice(i + 1).forEach((other) => {
      if (one.row === other.row) assert.ok(one.stop < other.start || other.stop < one.start);
    })
  );
  assert.equal(new Set(list.map((span) => span.row)).size, 2);
});
test('an event without a date is on no chart, and can be counted', () => {
  assert.deepEqual(undated(EVENTS).map((one) => one.id), ['sometime']);
  assert.ok(!bins(EVENTS, EXTENT).some((bin) => bin.events.includes('sometime')));
});
test('what lies outside the extent is left out, and the given events are not changed', () => {
  const given = JSON.stringify(EVENTS);
  assert.deepEqual(bins(EVENTS, {first: '2023-01-01', last: '2023-12-31'}).map((bin) => bin.month), ['2023-11']);
  assert.equal(JSON.stringify(EVENTS), given);
});
test('a status nobody knows is stacked last, not lost', () => {
  const [bin] = bins([event('x', 'rumoured', '2023-01-02', '2023-01-02'), event('y', 'none', '2023-01-03', '2023-01-03')], EXTENT);
  assert.deepEqual(bin.events, ['y', 'x']);
  assert.deepEqual(bin.counts, {none: 1, rumoured: 1});
});
