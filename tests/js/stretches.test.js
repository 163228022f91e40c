'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {between, total, figures} = require('../../maps/static/stretches.js');

const at = (lat, lon) => ({lat, lon});

test('a line of n points has n - 1 stretches that add up', () => {
  const found = between([at(0, 0), at(0, 1), at(0, 3)]);
  assert.deepEqual(found.map(({metres}) => Math.round(metres)), [111319, 222639]);
  assert.equal(Math.round(total(found)), 333958);
});
test('no point and one point measure nothing', () => {
  assert.deepEqual(between([]), []);
  assert.deepEqual(between([at(1, 2)]), []);
  assert.equal(total([]), 0);
});
test('stretches over the antimeridian hang together', () => {
  const found = between([at(40, 170), at(45, -170), at(50, -160)]);
  assert.ok(Math.abs(found[0].path.at(-1).lon - 190) < 1e-9);
  assert.deepEqual(found[1].path[0], found[0].path.at(-1));
  assert.ok(Math.abs(found[1].path.at(-1).lon - 200) < 1e-9);
});
test('a long stretch is drawn curved and a short one straight', () => {
  assert.ok(between([at(39, 125), at(56, 38)])[0].path.length > 100);
  assert.equal(between([at(39, 125), at(39, 125.01)])[0].path.length, 2);
});
test('a point set twice adds nothing and does no harm', () => {
  const found = between([at(39, 125), at(39, 125)]);
  assert.equal(found[0].metres, 0);
  assert.equal(found[0].path.length, 2);
});
test('lengths are in kilometres and nautical miles, as fine as a click can mean', () => {
  assert.deepEqual(figures(1234000, 'en'), {km: '1,234', nmi: '666'});
  assert.deepEqual(figures(1852, 'en'), {km: '1.9', nmi: '1.0'});
  assert.deepEqual(figures(185.2, 'en'), {km: '0.19', nmi: '0.10'});
  assert.deepEqual(figures(0, 'en'), {km: '0.00', nmi: '0.00'});
  assert.deepEqual(figures(1234000, 'ru').km.replace(/\s/, '_'), '1_234');
  assert.equal(figures(1852, 'ru').km, '1,9');
});
