'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {FakeWindow, FakeMap, fakeStore, OPENING} = require('./fakes.js');
require('../../maps/static/state.js');
require('../../maps/static/tristate.js');
const {create, grouped} = require('../../maps/static/permalink.js');
const {tristate, words} = globalThis.Waybill;
globalThis.Waybill.words = Object.assign({}, words, {
  t: (key, values) => key + ' ' + Object.values(values || {}).join('='),
  list: (items) => items.join(', ')
});

const URL = 'https://example.org/map.html';
const VIEW = 'z=5.0&c=40,130';

function open(url, {initial, opening, store: given, ...rest} = {}) {
  const host = new FakeWindow(url, rest);
  const map = new FakeMap(40, 130, 5);
  const store = fakeStore(given);
  const notes = [];
  let homes = 0;
  const link = create(store, map, {
    initial,
    opening: opening || Object.assign({}, OPENING, given),
    onNotes: (texts) => notes.push(texts),
    goHome: () => {
      homes += 1;
      map.setView([40, 130], 5, {animate: false});
    },
    host
  });
  store.subscribe(({changed, options}) => link.update(store, changed, options));
  link.start();
  const move = (lat, lng, zoom) => {
    map.container.emit('pointerdown');
    Object.assign(map, {lat, lng, zoom});
    map.emit('moveend');
  };
  return {host, map, store, notes, link, move, homes: () => homes};
}

test('a page that is only opened keeps its address, whatever moves by itself', () => {
  const {host, map, notes} = open(URL);
  Object.assign(map, {lat: 41, zoom: 6});
  map.emit('moveend');
  assert.deepEqual(host.entries, [{url: URL, state: null}]);
  assert.deepEqual(notes, []);
});
test('moves of the map replace the address, once the reader moves it', () => {
  const {host, move} = open(URL);
  move(41, 131, 6);
  move(42, 132, 7);
  assert.equal(host.entries.length, 1);
  assert.equal(host.location.href, URL + '#v=1&z=7.0&c=42,132&on=a');
});
test('a choice makes an entry to come back to, and back restores choice and view', () => {
  const {host, map, store, move} = open(URL);
  move(41, 131, 6);
  store.set({on: ['a', 'b', 'lone']});
  assert.equal(host.entries.length, 2);
  assert.equal(host.location.hash, '#v=1&z=6.0&c=41,131&on=g,lone');
  store.set({known: '2022-11-10', by: ['allies']});
  move(50, 100, 4);
  assert.equal(host.location.hash, '#v=1&z=4.0&c=50,100&on=g,lone&known=2022-11-10&by=allies');
  host.go(-1);
  assert.deepEqual([store.state.on, store.state.known, store.state.by], [['a', 'b', 'lone'], null, null]);
  assert.deepEqual([map.lat, map.lng, map.zoom], [41, 131, 6]);
  host.go(-1);
  assert.deepEqual(store.state.on, ['a']);
  host.go(1);
  host.go(1);
  assert.deepEqual([store.state.known, map.lat], ['2022-11-10', 50]);
  assert.equal(host.entries.length, 3, 'going about adds nothing');
});
test('back to an address that was clean restores what stood there, and the address stays clean', () => {
  const {host, map, store} = open(URL);
  map.container.emit('keydown');
  store.set({sel: 'e22'});
  host.go(-1);
  assert.equal(store.state.sel, null);
  assert.equal(host.location.href, URL);
});
test('a drag is no state to come back to; its end is', () => {
  const {host, store} = open(URL);
  store.set({known: '2022-11-01'}, {quiet: true});
  store.set({known: '2022-11-02'}, {quiet: true});
  assert.equal(host.location.href, URL);
  store.set({known: '2022-11-02'});
  assert.equal(host.entries.length, 2);
  assert.ok(host.location.hash.endsWith('&known=2022-11-02'));
});
test('the address goes before the state of the file', () => {
  const {store, map} = open(URL + '#sel=e22&z=7', {initial: 'v=1&known=2022-11'});
  assert.deepEqual([store.state.sel, store.state.known, map.zoom], ['e22', null, 7]);
});
test('without a fragment the file says where the page opens, and back finds it again', () => {
  const {store, host} = open(URL, {initial: 'v=1&known=2022-11&by=dprk&lang=ko'});
  assert.deepEqual([store.state.known, store.state.by, store.state.lang], ['2022-11-30', ['dprk'], 'ko']);
  assert.equal(host.location.href, URL);
  store.set({known: null});
  host.go(-1);
  assert.equal(store.state.known, '2022-11-30');
});
test('a fragment typed by hand is a state; what it lacks is as the case opens', () => {
  const {host, store, homes} = open(URL + '#sel=e22&on=lone');
  host.type('#by=dprk');
  assert.deepEqual([store.state.sel, store.state.on, store.state.by], [null, ['a'], ['dprk']]);
  assert.equal(homes(), 1);
});
test('names that nobody knows are left out and said once, also those of objects', () => {
  const {store, notes} = open(URL + '#on=g,nowhere&by=mars,constructor&sel=tostring');
  assert.deepEqual([store.state.on, store.state.by, store.state.sel], [['a', 'b'], null, null]);
  assert.deepEqual(notes, [['state-unknown nowhere, mars, constructor, tostring']]);
});
test('hostile values change nothing and are said as text', () => {
  const {store, map, notes} = open(URL + '#sel=<script>&z=1e999&c=NaN,1&__proto__=1&known=%00&on=__proto__');
  assert.deepEqual(store.state, OPENING);
  assert.deepEqual([map.lat, map.lng, map.zoom], [40, 130, 5]);
  assert.equal(notes[0].length, 6);
  assert.equal({}.waybill, undefined);
});
test('what the case opens with is not written, and leaving it is', () => {
  const {store, link} = open(URL, {store: {known: '2023-01-01', by: ['us']}});
  assert.equal(link.text(), 'v=1&' + VIEW + '&on=a');
  store.set({known: null, by: null});
  assert.equal(link.text(), 'v=1&' + VIEW + '&on=a&known=all&by=');
  assert.deepEqual(open(URL + '#known=all&by=', {store: {known: '2023-01-01', by: ['us']}}).store.state.by, null);
});
test('a window of whole months is written as months', () => {
  const {store, link} = open(URL);
  store.set({from: '2022-09-01', to: '2024-02-29'});
  assert.ok(link.text().endsWith('&from=2022-09&to=2024-02'));
  store.set({from: '2022-09-02', to: '2024-02-28'});
  assert.ok(link.text().endsWith('&from=2022-09-02&to=2024-02-28'));
});
test('one end of a window that contradicts the end of the case opens the other', () => {
  const {store} = open(URL + '#from=2024', {store: {from: '2022-01-01', to: '2022-12-31'}});
  assert.deepEqual([store.state.from, store.state.to], ['2024-01-01', null]);
});
test('no layer at all is a state too', () => {
  const {store, link} = open(URL + '#on=');
  assert.deepEqual(store.state.on, []);
  assert.ok(link.text().includes('&on='));
});
test('groups stand for their leaves only when all are on', () => {
  const tree = tristate.create([{id: 'g'}, {id: 'a', parent: 'g'}, {id: 'h', parent: 'g'}, {id: 'b', parent: 'h'}, {id: 'c', parent: 'h'}]);
  assert.deepEqual(grouped(tree, ['a', 'b', 'c']), ['g']);
  assert.deepEqual(grouped(tree, ['b', 'c']), ['h']);
  assert.deepEqual(grouped(tree, ['a', 'c']), ['a', 'c']);
});
test('where the address may not be written everything else works', () => {
  const {store, link, move, host} = open('about:srcdoc', {forbidden: true, initial: 'v=1&sel=e22'});
  assert.equal(store.state.sel, 'e22');
  move(41, 131, 6);
  store.set({lang: 'ko'});
  assert.equal(link.text(), 'v=1&z=6.0&c=41,131&on=a&sel=e22&lang=ko');
  assert.equal(link.link(), null);
  assert.equal(host.entries.length, 1);
});
test('in a frame nothing is added to the history of the host', () => {
  const {host, store} = open(URL, {parent: {}});
  store.set({sel: 'e22'});
  store.set({sel: 'r-one'});
  assert.equal(host.entries.length, 1);
  assert.ok(host.location.hash.endsWith('&sel=r-one'));
});
test('a map that was turned round the globe is written within one turn', () => {
  const {link, move} = open(URL);
  move(42, 190, 5);
  assert.ok(link.text().includes('&c=42,190&'));
  move(42, 130 + 720, 5);
  assert.ok(link.text().includes('&c=42,130&'));
});
test('the link is the address at this state, without an older one', () => {
  const {link, move} = open(URL + '#sel=e22');
  move(41, 131, 6);
  assert.equal(link.link(), URL + '#v=1&z=6.0&c=41,131&on=a&sel=e22');
  assert.equal(open('file:///tmp/map.html').link.link(), 'file:///tmp/map.html#v=1&' + VIEW + '&on=a');
});
test('what is taken away hears nothing more', () => {
  const {host, store, link, map} = open(URL);
  link.destroy();
  host.type('#sel=e22');
  assert.equal(store.state.sel, null);
  assert.deepEqual(Object.values(map.heard).flat(), []);
  assert.deepEqual(Object.values(map.container.heard).flat(), []);
});

test('steps that go on by themselves make one entry to come back to, not one each', () => {
  const {host, map, store} = open(URL);
  map.container.emit('pointerdown');
  store.set({known: '2022-11-01'});
  store.set({known: '2022-11-02'}, {replace: true});
  store.set({known: '2022-11-03'}, {replace: true});
  assert.equal(host.entries.length, 2);
  assert.match(host.location.hash, /known=2022-11-03/);
  host.go(-1);
  assert.equal(store.state.known, null);
});
for (const idleFirst of [true, false]) {
  test('a fragment set while an address waits to be written goes first, idle ' + (idleFirst ? 'before' : 'after') + ' its event', () => {
    const {host, map, store} = open(URL);
    let idle = null;
    host.requestIdleCallback = (callback) => {
      idle = callback;
    };
    map.container.emit('pointerdown');
    store.set({known: '2022-11-01'});
    const emit = host.emit.bind(host);
    if (idleFirst) host.emit = () => {};
    host.type('#sel=e22');
    idle();
    host.emit = emit;
    if (idleFirst) host.go(0);
    assert.deepEqual([store.state.sel, store.state.known], ['e22', null]);
    assert.equal(host.location.hash, '#sel=e22');
  });
}
