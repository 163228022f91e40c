'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {group, spider} = require('../../maps/static/clusters.js');

const REACH = 24;
const DOT = 24; // a dot is as wide as its target
const at = (key, x, y) => ({key, x, y});
const keys = (groups) => groups.map((one) => one.items.map((item) => item.key).join(''));
const apart = (points) => {
  let least = Infinity;
  points.forEach((a, i) => points.slice(i + 1).forEach((b) => (least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y)))));
  return least;
};

test('points that do not touch stay alone', () => {
  assert.deepEqual(keys(group([at('a', 0, 0), at('b', 24, 0), at('c', 0, 60)], REACH)), ['a', 'b', 'c']);
});
test('points on one place are one group in their middle, in the order they came', () => {
  const [one, ...rest] = group([at('a', 10, 10), at('b', 10, 10), at('c', 16, 10)], REACH);
  assert.deepEqual(rest, []);
  assert.deepEqual([one.x, one.y], [12, 10]);
  assert.equal(one.items.map((item) => item.key).join(''), 'abc');
});
test('no two groups are left too near each other, however they grew', () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const items = Array.from({length: 300}, (_, i) => at('e' + i, random() * 400, random() * 300));
  const groups = group(items, REACH);
  assert.ok(apart(groups) >= REACH);
  assert.equal(groups.flatMap((one) => one.items).length, 300);
  assert.ok(groups.length > 20);
});
test('a group keeps its key when its events come in another order', () => {
  const [a] = group([at('x', 0, 0), at('y', 1, 0)], REACH);
  const [b] = group([at('y', 1, 0), at('x', 0, 0)], REACH);
  assert.equal(a.key, b.key);
  assert.notEqual(a.key, group([at('x","y', 0, 0)], REACH)[0].key);
});
test('nothing gives no groups', () => assert.deepEqual(group([], REACH), []));
for (let n = 2; n <= 22; n++)
  test(n + ' dots unfold without touching each other or the middle', () => {
    const points = spider(n);
    assert.equal(points.length, n);
    assert.ok(apart(points.concat({x: 0, y: 0})) >= DOT, String(apart(points.concat({x: 0, y: 0}))));
  });
test('more than two rings hold are not unfolded', () => assert.equal(spider(23), null));
