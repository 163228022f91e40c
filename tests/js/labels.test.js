'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {create, around} = require('../../maps/static/collide.js');
require('../../maps/static/dom.js');
const {wrap, shortName, baseLabels} = require('../../maps/static/labels.js');

test('a taken box refuses what overlaps it and nothing else', () => {
  const room = create();
  room.take({x: 0, y: 0, w: 200, h: 10});
  assert.ok(room.taken({x: 190, y: 5, w: 20, h: 20}));
  assert.equal(room.taken({x: 200, y: 0, w: 5, h: 5}), null);
});
test('a label goes where it covers the fewest lines', () => {
  const room = create();
  room.addLine([
    {x: 0, y: 0},
    {x: 300, y: 0}
  ]);
  const {box, crossings} = room.best(around({x: 100, y: 0}, 60, 12, 8));
  assert.equal(crossings, 0);
  assert.ok(box.y + box.h <= 0 || box.y >= 0);
});
test('no label where all is taken', () => {
  const room = create();
  room.take({x: -500, y: -500, w: 1000, h: 1000});
  assert.equal(room.best(around({x: 0, y: 0}, 50, 10, 5)), null);
});
test('long names break before a bracket or near the middle; cities never', () => {
  assert.deepEqual(wrap('Sea of Japan (East Sea)', 'sea'), ['Sea of Japan', '(East Sea)']);
  assert.deepEqual(wrap('Middle East and North Africa', 'region'), ['Middle East and', 'North Africa']);
  assert.deepEqual(wrap('Ho Chi Minh City and more', 'city'), ['Ho Chi Minh City and more']);
  assert.equal(shortName('Dunai (Strelok Bay)'), 'Dunai');
});
test('base labels follow zoom and language, seas and countries before cities', () => {
  const data = {
    seas: [{lat: 0, lon: 0, min_zoom: 3, names: {en: 'Sea', ko: '바다'}}],
    countries: [{lat: 0, lon: 0, min_zoom: 2, names: {en: 'Land'}}],
    cities: [{lat: 0, lon: 0, min_zoom: 6, names: {en: 'Town'}}]
  };
  assert.deepEqual(
    baseLabels(data, 3, 'ko').map((label) => label.text),
    ['Land', '바다']
  );
  assert.deepEqual(
    baseLabels(data, 6, 'en').map((label) => label.kind),
    ['country', 'sea', 'city']
  );
  assert.deepEqual(baseLabels({}, 6, 'en'), []);
});

test('a name moves out where dots of events stand on its place, and no farther than it must', () => {
  const {create, beside} = require('../../maps/static/collide.js');
  const p = {x: 100, y: 100};
  const at = (half) => {
    const room = create();
    if (half) room.take({x: p.x - half, y: p.y - half, w: 2 * half, h: 2 * half});
    const found = beside(room, p, 60, 14, [9, 18, 27]);
    return found && found.box.x - p.x;
  };
  assert.deepEqual([at(0), at(8), at(15), at(24), at(60)], [9, 9, 18, 27, null]);
});
