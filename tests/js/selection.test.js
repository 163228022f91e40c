'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill} = require('./record.js');
const {find, routesOf, layersOf} = Waybill.selection;

const index = Waybill.index.create({
  layers: [{id: 'rail'}, {id: 'sea'}],
  routes: [
    {id: 'both', layer: 'rail', legs: [{seq: 1, from: 'a', to: 'b'}]},
    {id: 'ship', layer: 'sea', legs: [{seq: 1, from: 'b', to: 'c'}]},
    {id: 'sketch', layer: 'sea'},
    {id: 'constructor', layer: 'sea', legs: []}
  ],
  events: [
    {id: 'both', layer: 'sea', routes: ['ship', 'gone']},
    {id: 'statement', layer: 'rail'}
  ],
  places: [{id: 'both'}, {id: 'ship'}, {id: 'b'}, {id: '__proto__'}]
});

test('an event comes before a route, a route before a place', () => {
  assert.deepEqual(['both', 'ship', 'b'].map((id) => find(index, id).kind), ['event', 'route', 'place']);
  assert.equal(find(index, 'ship').item, index.route('ship'));
});
test('nothing is found for what is not there', () => {
  for (const id of [null, undefined, '', 'gone', 'toString', 'hasOwnProperty', '<b>']) assert.equal(find(index, id), null);
});
test('an id may be a word that every object knows', () => {
  assert.deepEqual([find(index, 'constructor').kind, find(index, '__proto__').kind], ['route', 'place']);
});
test('a route lights itself up, an event its routes, a place those that end there', () => {
  assert.deepEqual(routesOf(index, find(index, 'ship')), ['ship']);
  assert.deepEqual(routesOf(index, find(index, 'both')), ['ship', 'gone']);
  assert.deepEqual(routesOf(index, find(index, 'statement')), []);
  assert.deepEqual(routesOf(index, find(index, 'b')), ['both', 'ship']);
  assert.deepEqual(routesOf(index, null), []);
});
test('to be seen, an event needs its own layer and those of its routes, a place none', () => {
  assert.deepEqual(layersOf(index, find(index, 'both')), ['sea', 'sea']);
  assert.deepEqual(layersOf(index, find(index, 'statement')), ['rail']);
  assert.deepEqual(layersOf(index, find(index, 'ship')), ['sea']);
  assert.deepEqual(layersOf(index, find(index, 'b')), []);
});
