'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
require('../../maps/static/words.js');
require('../../maps/static/names.js');
const {create, sortKey} = require('../../maps/static/index.js');
const words = require('../../maps/static/words.js');
require('../../maps/static/names.js');

const PAYLOAD = {
  layers: [{id: 'l', title: 'L'}],
  routes: [
    {
      id: 'r',
      layer: 'l',
      events: ['late', 'early'],
      claims: ['own'],
      legs: [
        {seq: 2, mode: 'rail'},
        {seq: 1, mode: 'sea'}
      ]
    }
  ],
  places: [
    {id: 'p', kind: 'depot', lon: 1, lat: 2},
    {id: 'area', kind: 'region', lon: 1, lat: 2}
  ],
  events: [
    {id: 'late', when: '2023-08/..', routes: ['r'], claims: ['all', 'other', 'mine']},
    {id: 'early', when: '../2022-11-02', routes: ['r'], claims: ['all']},
    {id: 'dot', place: 'p'},
    {id: 'vague', place: 'area'},
    {id: 'gone', place: 'nowhere'}
  ],
  claims: [
    {id: 'own', asserted_on: '2021', sources: ['s2']},
    {id: 'all', asserted_on: '2022-11', sources: ['s1']},
    {id: 'other', routes: ['x'], asserted_on: '2023'},
    {id: 'mine', routes: ['r'], asserted_on: '2024', sources: ['s1', 's3']}
  ],
  parties: [{id: 'us', name: 'United States'}],
  sources: []
};
const index = create(PAYLOAD);

test('legs come in their order and events by date', () => {
  assert.deepEqual(index.modes(index.route('r')), ['sea', 'rail']);
  assert.deepEqual(
    index.events(index.route('r')).map((event) => event.id),
    ['early', 'late']
  );
});
test('a claim narrowed to other routes is not shown on this one', () => {
  assert.deepEqual(
    index.claims(index.event('late'), index.route('r')).map((claim) => claim.id),
    ['all', 'mine']
  );
});
test('a claim on several events is counted once', () => {
  assert.deepEqual(
    index.allClaims(index.route('r')).map((claim) => claim.id),
    ['own', 'all', 'mine']
  );
});
test('only events with a point and no route become dots', () => {
  assert.deepEqual(
    index.pointEvents().map((event) => event.id),
    ['dot']
  );
});
test('an id without an entry is shown as it is', () => {
  assert.deepEqual(index.names('parties', ['us', 'them']), ['United States', 'them']);
});
test('who denies is listed in one order, each once', () => {
  const parties = [{id: 'dprk', name: 'DPRK'}, {id: 'russia', name: 'Russia'}];
  const {deniers} = create({parties});
  assert.deepEqual(deniers(['russia', 'x', 'dprk']), ['DPRK', 'Russia', 'x']);
  assert.deepEqual(deniers(['russia'], undefined, ['dprk', 'russia']), ['DPRK', 'Russia']);
  assert.deepEqual(deniers(undefined), []);
});
test('an empty payload is no error', () => {
  const empty = create({});
  assert.deepEqual([empty.routes, empty.layers, empty.pointEvents(), empty.routesIn('x')], [[], [], [], []]);
});
test('EDTF texts sort by the first date they name', () => {
  assert.deepEqual(['2023-08~', '../2022-11-02', '2022-11', '', '2022-11-18/2022-11-19'].map(sortKey), [
    '2023-08',
    '2022-11-02',
    '2022-11',
    '9999',
    '2022-11-18'
  ]);
});
test('dates, lengths and unknown codes in words', () => {
  assert.equal(words.date('2022-11-02'), '2 November 2022');
  assert.equal(words.date('2022-11'), 'November 2022');
  assert.equal(words.date('2022-11~'), '2022-11~');
  assert.equal(words.kilometres(10272), '10\u202f272\u00a0km');
  assert.equal(words.kilometres(5.26), '5.3\u00a0km');
  assert.equal(words.kilometres(null), '');
  assert.equal(words.name('basis', 'constructor'), 'constructor');
  assert.equal(words.t('denied', {who: '{who}'}), 'Denied by {who}');
});
