'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {create} = require('../../maps/static/tristate.js');

const LAYERS = [
  {id: 'g'},
  {id: 'a', parent: 'g'},
  {id: 'h', parent: 'g'},
  {id: 'b', parent: 'h'},
  {id: 'c', parent: 'h'},
  {id: 'lone'}
];

test('a group is on, off or mixed as its leaves are, through all levels', () => {
  const tree = create(LAYERS);
  assert.equal(tree.state('g'), 'off');
  tree.set('b', true);
  assert.deepEqual(['b', 'h', 'g', 'a'].map(tree.state), ['on', 'mixed', 'mixed', 'off']);
  tree.set('c', true);
  assert.deepEqual(['h', 'g'].map(tree.state), ['on', 'mixed']);
  tree.set('a', true);
  assert.equal(tree.state('g'), 'on');
});
test('setting a group sets everything below it and nothing else', () => {
  const tree = create(LAYERS);
  tree.set('g', true);
  assert.deepEqual(tree.on(), ['a', 'b', 'c']);
  tree.set('h', false);
  assert.deepEqual(tree.on(), ['a']);
  assert.equal(tree.state('lone'), 'off');
});
test('all and none', () => {
  const tree = create(LAYERS);
  tree.setAll(true);
  assert.deepEqual(tree.on(), ['a', 'b', 'c', 'lone']);
  tree.setAll(false);
  assert.deepEqual(tree.on(), []);
});
test('a view may name groups; unknown ids come back and change nothing', () => {
  const tree = create(LAYERS);
  tree.setAll(true);
  assert.deepEqual(tree.only(['h', 'nowhere']), ['nowhere']);
  assert.deepEqual(tree.on(), ['b', 'c']);
  tree.set('nowhere', true);
  assert.deepEqual(tree.on(), ['b', 'c']);
});
test('a missing parent and a circle of parents make roots', () => {
  assert.deepEqual(create([{id: 'a', parent: 'gone'}]).roots, ['a']);
  assert.deepEqual(
    create([
      {id: 'a', parent: 'b'},
      {id: 'b', parent: 'a'}
    ]).roots,
    ['a', 'b']
  );
  assert.deepEqual(create([{id: 'a', parent: 'a'}]).roots, ['a']);
});
