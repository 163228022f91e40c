'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill} = require('./record.js');
const {parts, words, counts, networkKm} = require('../../maps/static/standing.js');

test.afterEach(() => Waybill.words.use('en'));
const route = (status, statuses, more) => Object.assign({kind: 'movement', status, statuses, legs: []}, more);

test('a movement that was shown and a cargo that was only alleged are said apart', () => {
  const arms = route('evidenced', {movement: 'evidenced', cargo: 'alleged'});
  const said = Waybill.words.LANGUAGES.map(({code}) => Waybill.words.use(code) && words(arms));
  assert.deepEqual(said, [
    'Movement evidenced, cargo alleged',
    '이동: 증거 제시됨, 화물: 비공식 주장',
    'Перемещение: представлены доказательства, груз: утверждается неофициально',
    '移动：已出示证据、货物：非官方说法'
  ]);
});
test('one word is enough where movement and cargo stand alike, or nothing is said of the cargo', () => {
  assert.equal(words(route('confirmed', {movement: 'confirmed', cargo: 'confirmed'})), 'Confirmed');
  assert.equal(words(route('confirmed', {movement: 'confirmed'})), 'Confirmed');
  assert.equal(words(route('confirmed', {movement: 'confirmed', cargo: 'none'})), 'Confirmed');
  assert.equal(words(route('infrastructure', {}, {kind: 'infrastructure'})), 'Infrastructure');
  assert.equal(words(route('busy', undefined)), 'busy');
});
test('the line of a declared route stands for its destination', () => {
  const declared = route('asserted', {destination: 'asserted', cargo: 'evidenced', movement: 'alleged'}, {kind: 'declared'});
  assert.deepEqual(parts(declared).map(({aspect}) => aspect), ['destination', 'cargo']);
});
test('routes of a layer are counted by status, the strongest first', () => {
  const statuses = ['alleged', 'confirmed', 'alleged', 'evidenced'];
  assert.deepEqual(counts(statuses.map((status) => route(status))), ['1 confirmed · 1 evidenced · 2 alleged']);
  assert.deepEqual(counts([route('infrastructure'), route('infrastructure')]), ['Infrastructure']);
  assert.deepEqual(counts([route(undefined)]), []);
});
test('a layer counts its cargoes apart where any stands otherwise than its movement', () => {
  const routes = [
    route('evidenced', {movement: 'evidenced', cargo: 'alleged'}),
    route('confirmed', {movement: 'confirmed', cargo: 'confirmed'}),
    route('confirmed', {movement: 'confirmed', cargo: 'none'})
  ];
  assert.deepEqual(counts(routes), ['Movement: 2 confirmed · 1 evidenced', 'Cargo: 1 confirmed · 1 alleged']);
});
test('only legs on a network have a length of record', () => {
  const legs = [
    {basis: 'network', length_km: 4.5},
    {basis: 'network', length_km: 100, fallback: true},
    {basis: 'inferred', length_km: 7313},
    {basis: 'great-circle', length_km: 20},
    {basis: 'notional'}
  ];
  assert.equal(networkKm([route('confirmed', {}, {legs}), route('alleged')]), 4.5);
});
