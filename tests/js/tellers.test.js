'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {create} = require('../../maps/static/tellers.js');

const PARTIES = [
  {id: 'us'},
  {id: 'us-state', part_of: 'us'},
  {id: 'us-treasury', part_of: 'us'},
  {id: 'rok'},
  {id: 'russia'},
  {id: 'tass', part_of: 'russia'},
  {id: 'prigozhin'},
  {id: 'china'}
];
const GROUPS = [
  {id: 'us-allies', parties: ['us', 'us-state', 'us-treasury', 'rok']},
  {id: 'russia', parties: ['russia', 'tass', 'prigozhin']}
];
const model = create(PARTIES, GROUPS);
const sorted = (set) => [...set].sort();

test('with a party come all that are part of it', () => {
  assert.deepEqual(sorted(model.expand(['us'])), ['us', 'us-state', 'us-treasury']);
  assert.ok(model.tells(['us'])('us-treasury'));
  assert.ok(!model.tells(['us-treasury'])('us'));
  assert.ok(model.tells(null)('china'));
});
test('exactly a preset is written as the preset, other sets as parties', () => {
  assert.deepEqual(model.encode(model.expand(['us-allies'])), ['us-allies']);
  assert.deepEqual(model.encode(model.whole(['us', 'china'])), ['us', 'china']);
  assert.deepEqual(model.encode(model.whole(['us', 'rok', 'china'])), ['us-allies', 'china']);
});
test('a preset whose name is also a party is written out, because the name means the party', () => {
  assert.deepEqual(sorted(model.expand(['russia'])), ['russia', 'tass']);
  const preset = model.presets.find((one) => one.id === 'russia');
  assert.deepEqual(model.encode(preset.members), ['russia', 'prigozhin']);
});
test('nobody and everybody are everyone', () => {
  assert.equal(model.encode(new Set()), null);
  assert.equal(model.encode(model.whole(PARTIES.map((party) => party.id))), null);
});
test('what is written reads back as the same set', () => {
  [['us'], ['us-state'], ['us-allies', 'tass'], ['russia', 'prigozhin', 'china'], ['us-state', 'rok']].forEach((by) => {
    const set = model.expand(by);
    assert.deepEqual(sorted(model.expand(model.encode(set))), sorted(set));
  });
});
test('taking an agency away takes away its state, which would bring it back, and leaves its sisters', () => {
  assert.deepEqual(sorted(model.toggle(model.expand(['us']), ['us-state'], false)), ['us-treasury']);
  assert.deepEqual(sorted(model.toggle(new Set(), ['us'], true)), ['us', 'us-state', 'us-treasury']);
});
test('unknown names and circles of part_of do no harm', () => {
  assert.deepEqual(sorted(model.expand(['nobody', '__proto__'])), []);
  const round = create([{id: 'a', part_of: 'b'}, {id: 'b', part_of: 'a'}], []);
  assert.deepEqual(round.lineage('a'), ['a', 'b']);
  assert.deepEqual(sorted(round.expand(['a'])), ['a', 'b']);
});
