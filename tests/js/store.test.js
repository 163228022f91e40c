'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill, ids, facts, claim} = require('./record.js');
const {create, groupsOf} = Waybill.store;

test.afterEach(() => Waybill.words.use('en'));

const CASE = facts({
  layers: [{id: 'group', title: 'G'}, {id: 'a', title: 'A', parent: 'group'}, {id: 'b', title: 'B', parent: 'group'}, {id: 'alone', title: 'C'}],
  events: [
    {id: 'e1', title: 'E1', when: '2022-11-18/2022-11-19', layer: 'a', routes: []},
    {id: 'e2', title: 'E2', when: '2023-08~', layer: 'b', routes: []}
  ],
  claims: [claim('c1', {asserted_on: '2022-12-22'}), claim('c2', {events: ['e2'], party: 'csis', asserted_on: '2023-10-16'})],
  parties: [
    {id: 'us', name: 'US', kind: 'state', groups: ['allies', 'west']},
    {id: 'csis', name: 'CSIS', kind: 'think-tank', groups: ['independent']},
    {id: 'rok', name: 'ROK', kind: 'state', groups: ['allies']}
  ]
});

/** A store and what its listener is told. */
function opened(initial) {
  const store = create(CASE, {}, initial);
  const told = [];
  const leave = store.subscribe(({changed, options}) => told.push({changed: [...changed].sort(), quiet: !!options.quiet}));
  return {store, told, leave};
}
const events = (index) => ids(index.payload.events);

test('a new store shows everything on record', () => {
  const {store, told} = opened();
  assert.deepEqual(events(store.index), ['e1', 'e2']);
  const {on, ...rest} = store.state;
  assert.deepEqual(rest, {known: null, from: null, to: null, by: null, sel: null, lang: 'en', view: null});
  assert.deepEqual([on, told], [[], []]);
});
test('a store may open through a lens', () => {
  const {store} = opened({known: '2022-12-31', on: ['a'], lang: 'ru'});
  assert.deepEqual(events(store.index), ['e1']);
  assert.equal(store.index.event('e1').when_text, '18–19 нояб. 2022\u00a0г.');
  assert.ok(store.isOn('a') && !store.isOn('b'));
});
test('a change of the lens makes a new index and is told; another leaves the index alone', () => {
  const {store, told} = opened();
  const first = store.index;
  store.set({sel: 'e1'});
  assert.equal(store.index, first);
  store.set({known: '2022-12-31'});
  assert.notEqual(store.index, first);
  assert.deepEqual(events(store.index), ['e1']);
  assert.deepEqual(told, [{changed: ['sel'], quiet: false}, {changed: ['index', 'known'], quiet: false}]);
});
test('what changes nothing is told to nobody', () => {
  const {store, told} = opened({known: '2022-12-31', by: ['us'], on: ['a'], view: {lat: 1, lon: 2, zoom: 3}});
  store.set({known: '2022-12-31', by: ['us'], on: ['a'], view: {lat: 1, lon: 2, zoom: 3}});
  store.set({});
  store.set({known: undefined, colour: 'red', constructor: 'x', index: null});
  assert.deepEqual(told, []);
  assert.ok(!('colour' in store.state) && store.state.known === '2022-12-31');
});
test('several changes are one', () => {
  const {store, told} = opened();
  store.set({known: '2023-12-31', from: '2023-01-01', sel: 'e2'});
  assert.deepEqual(told, [{changed: ['from', 'index', 'known', 'sel'], quiet: false}]);
});
test('the end of a drag is told although nothing moves any more', () => {
  const {store, told} = opened();
  store.set({known: '2023-01-01'}, {quiet: true});
  store.set({known: '2022-12-31'}, {quiet: true});
  store.set({known: '2022-12-31'});
  assert.deepEqual(told, [
    {changed: ['index', 'known'], quiet: true},
    {changed: ['index', 'known'], quiet: true},
    {changed: [], quiet: false}
  ]);
  store.set({known: '2022-12-31'});
  assert.equal(told.length, 3, 'and only once');
});
test('a drag that went nowhere settles nothing', () => {
  const {store, told} = opened({known: '2022-12-31'});
  store.set({known: '2022-12-31'}, {quiet: true});
  store.set({known: '2022-12-31'});
  assert.deepEqual(told, []);
});
test('told by nobody in particular is told by everyone', () => {
  const {store, told} = opened({by: ['us']});
  assert.deepEqual(events(store.index), ['e1']);
  store.set({by: []});
  assert.equal(store.state.by, null);
  assert.deepEqual(events(store.index), ['e1', 'e2']);
  store.set({by: null});
  assert.equal(told.length, 1);
});
test('a window that ends before it begins is turned round', () => {
  const {store} = opened();
  store.set({from: '2023-12-31', to: '2023-01-01'});
  assert.deepEqual([store.state.from, store.state.to], ['2023-01-01', '2023-12-31']);
  assert.deepEqual(events(store.index), ['e2']);
});
test('an empty text takes a choice back', () => {
  const {store} = opened({known: '2022-12-31', sel: 'e1'});
  store.set({known: '', sel: ''});
  assert.deepEqual([store.state.known, store.state.sel], [null, null]);
  assert.deepEqual(events(store.index), ['e1', 'e2']);
});
test('without its window the record is the same day and tellers, with every event', () => {
  const {store} = opened({known: '2022-12-31', from: '2023-01-01'});
  assert.deepEqual([events(store.index), events(store.unwindowed)], [[], ['e1']]);
  assert.equal(store.unwindowed, store.unwindowed);
  store.set({known: null});
  assert.deepEqual([events(store.index), events(store.unwindowed)], [['e2'], ['e1', 'e2']]);
  store.set({from: null});
  assert.equal(store.unwindowed, store.index);
});
test('a group that is on means its leaves', () => {
  const {store, told} = opened();
  store.set({on: ['group', 'nowhere', '__proto__']});
  assert.deepEqual(store.state.on, ['a', 'b']);
  assert.ok(store.isOn('a') && store.isOn('b') && !store.isOn('alone'));
  store.set({on: ['b', 'a']});
  assert.equal(told.length, 1, 'the same leaves are no change');
  store.set({on: ['alone']});
  assert.deepEqual([store.isOn('a'), store.isOn('alone')], [false, true]);
  assert.deepEqual(told[1], {changed: ['on'], quiet: false});
});
test('another language says the record anew', () => {
  const {store, told} = opened();
  store.set({lang: 'zh'});
  assert.deepEqual(told, [{changed: ['index', 'lang'], quiet: false}]);
  assert.equal(Waybill.words.language(), 'zh');
  assert.equal(store.index.event('e1').when_text, '2022年11月18日至19日');
});
test('who has left is told nothing more', () => {
  const {store, told, leave} = opened();
  leave();
  store.set({sel: 'e1'});
  assert.deepEqual(told, []);
});
test('everything on record stays at hand, with the first and last day it speaks of', () => {
  const {store} = opened({known: '2022-12-31'});
  assert.deepEqual(store.facts.events.map((row) => [row.id, row.span.earliest]), [['e1', '2022-11-18'], ['e2', '2023-08-01']]);
  assert.deepEqual(store.facts.claims.map((row) => row.known_from), ['2022-12-22', '2023-10-16']);
  assert.deepEqual(store.extent, {first: '2022-11-18', last: '2026-01-01'});
  assert.deepEqual(create({...CASE, cut: {known: '2022-12-31', by: null}}, {}).extent.last, '2022-12-31');
});
test('presets come in order of first appearance', () => {
  assert.deepEqual(groupsOf(CASE.parties), [
    {id: 'allies', parties: ['us', 'rok']},
    {id: 'west', parties: ['us']},
    {id: 'independent', parties: ['csis']}
  ]);
  const hostile = [{id: 'constructor', groups: ['__proto__']}, {id: 'p'}];
  assert.deepEqual(groupsOf(hostile), [{id: '__proto__', parties: ['constructor']}]);
});
test('a document of version 1 is shown as it stands', () => {
  const old = {version: 1, layers: [], events: [{id: 'e1', status: 'confirmed'}], routes: [], places: [], claims: [], parties: [], sources: []};
  const store = create(old, {}, {known: '1999-01-01'});
  assert.deepEqual([store.derived, store.index.event('e1').status, store.extent], [false, 'confirmed', {first: null, last: null}]);
});
