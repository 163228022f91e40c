'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {FakeWindow, FakeMap} = require('./fakes.js');
require('../../maps/static/state.js');
const {create, heightAt, asked} = require('../../maps/static/frame.js');

function framed() {
  const posted = [];
  const parent = {postMessage: (message, origin) => posted.push({message, origin})};
  const host = new FakeWindow('about:srcdoc', {parent});
  const map = new FakeMap(40, 130, 5);
  const link = {now: 'v=1', applied: [], text: () => link.now, apply: (text) => link.applied.push((link.now = text))};
  const frame = create({}, link, map, host);
  return {posted, parent, host, map, link, frame};
}

test('only a state, and nothing beside it, is a message to the map', () => {
  assert.equal(asked({waybill: {state: 'sel=e22'}}), 'sel=e22');
  assert.equal(asked({waybill: {state: ''}}), '');
  const others = [
    null, undefined, '', 'waybill', 7, [], {}, {waybill: null}, {waybill: 'sel=e22'}, {waybill: {}}, {waybill: []},
    {waybill: {state: 7}}, {waybill: {state: null}}, {waybill: {state: ['sel=e22']}}, {waybill: {state: {toString: () => 'x'}}},
    {waybill: {state: 'x', run: 'alert(1)'}}, {waybill: {state: 'x'}, type: 'y'}, {waybill: {state: 'x'.repeat(8193)}},
    Object.create({waybill: {state: 'inherited'}}), {waybill: {state: 'v=1', height: 640, version: 1}}
  ];
  for (const other of others) assert.equal(asked(other), undefined, JSON.stringify(other));
});
test('the map says at the start where it is and how high it wants to be', async () => {
  const {posted} = framed();
  assert.deepEqual(posted, [], 'not before the page is built');
  await null;
  assert.deepEqual(posted, [{message: {waybill: {state: 'v=1', height: 600, version: 1}}, origin: '*'}]);
});
test('a message of the host is followed and answered, one of anybody else is not', async () => {
  const {posted, parent, host, link} = framed();
  await null;
  host.emit('message', {source: {}, data: {waybill: {state: 'sel=e1'}}});
  host.emit('message', {source: parent, data: {waybill: {state: 'sel=e22'}, more: 1}});
  assert.deepEqual(link.applied, []);
  host.emit('message', {source: parent, data: {waybill: {state: 'sel=e22'}}});
  assert.deepEqual(link.applied, ['sel=e22']);
  assert.equal(posted.at(-1).message.waybill.state, 'sel=e22');
});
test('a change is told once, and a drag not before its end', async () => {
  const {posted, link, frame, map} = framed();
  await null;
  link.now = 'v=1&sel=e22';
  frame.update({}, new Set(), {quiet: true});
  assert.equal(posted.length, 1);
  frame.update({}, new Set(), {});
  frame.update({}, new Set(), {});
  map.emit('moveend');
  assert.equal(posted.length, 2);
});
test('another width asks for another height', async () => {
  const {posted, map} = framed();
  await null;
  map.width = 400;
  map.emit('resize');
  assert.equal(posted.at(-1).message.waybill.height, 720);
});
test('narrow maps want a taller frame, and no width an absurd one', () => {
  assert.deepEqual([320, 519, 520, 899, 900, 1000, 1200, 3000].map(heightAt), [720, 720, 640, 640, 560, 600, 720, 800]);
});
test('a page of its own neither listens nor speaks', async () => {
  const host = new FakeWindow('https://example.org/');
  host.postMessage = () => assert.fail('a page that is no frame has nobody to tell');
  const frame = create({}, {text: () => 'v=1'}, new FakeMap(1, 1, 1), host);
  await null;
  frame.update({}, new Set());
  assert.deepEqual(host.heard, {});
});
test('a frame that is taken away hears nothing more', () => {
  const {host, map, frame} = framed();
  frame.destroy();
  assert.deepEqual(Object.values(host.heard).flat().concat(Object.values(map.heard).flat()), []);
});
