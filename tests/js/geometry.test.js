'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {offset, laneOffset, simplify, pointAt, length} = require('../../maps/static/geometry.js');

const near = (actual, expected) =>
  actual.forEach((p, i) => {
    assert.ok(
      Math.hypot(p.x - expected[i][0], p.y - expected[i][1]) < 1e-6,
      JSON.stringify(actual) + ' is not ' + JSON.stringify(expected)
    );
  });
const line = (...points) => points.map(([x, y]) => ({x, y}));

test('a straight line moves sideways by exactly the offset', () => {
  near(offset(line([0, 0], [10, 0], [20, 0]), 3), [
    [0, 3],
    [10, 3],
    [20, 3]
  ]);
});
test('a right angle is mitred on both sides', () => {
  near(offset(line([0, 0], [10, 0], [10, 10]), 2), [
    [0, 2],
    [8, 2],
    [8, 10]
  ]);
  near(offset(line([0, 0], [10, 0], [10, 10]), -2), [
    [0, -2],
    [12, -2],
    [12, 10]
  ]);
});
test('a hairpin stays within the mitre limit', () => {
  offset(line([0, 0], [100, 0], [0, 1]), 5).forEach((p, i) => {
    const original = [
      [0, 0],
      [100, 0],
      [0, 1]
    ][i];
    assert.ok(Math.hypot(p.x - original[0], p.y - original[1]) <= 10 + 1e-9);
  });
});
test('a line that turns straight back gives finite points', () => {
  offset(line([0, 0], [10, 0], [0, 0]), 4).forEach((p) => assert.ok(Number.isFinite(p.x) && Number.isFinite(p.y)));
});
test('repeated points and a single point do no harm', () => {
  near(offset(line([0, 0], [0, 0], [10, 0]), 1), [
    [0, 1],
    [10, 1]
  ]);
  near(offset(line([3, 4]), 5), [[3, 4]]);
  assert.deepEqual(offset([], 5), []);
});
test('lanes spread evenly around the track and a lone lane stays on it', () => {
  assert.deepEqual(
    [0, 1, 2].map((lane) => laneOffset(lane, 3, 4)),
    [-4, 0, 4]
  );
  assert.deepEqual(
    [0, 1].map((lane) => laneOffset(lane, 2, 4)),
    [-2, 2]
  );
  assert.equal(laneOffset(0, 1, 4), 0);
  assert.equal(laneOffset(0, undefined, 4), 0);
});
test('a lane already mirrored for the opposite direction stays on its own side', () => {
  const points = line([0, 0], [10, 0]);
  near(offset(points, laneOffset(0, 2, 4)), [
    [0, -2],
    [10, -2]
  ]);
  near(offset(points.slice().reverse(), laneOffset(0, 2, 4)), [
    [10, 2],
    [0, 2]
  ]);
});
test('simplify keeps the ends and drops what cannot be seen', () => {
  near(simplify(line([0, 0], [5, 0.2], [10, 0]), 0.5), [
    [0, 0],
    [10, 0]
  ]);
  near(simplify(line([0, 0], [5, 3], [10, 0]), 0.5), [
    [0, 0],
    [5, 3],
    [10, 0]
  ]);
});
test('a point along a line has place and direction, also beyond its end', () => {
  const path = line([0, 0], [10, 0], [10, 10]);
  assert.equal(length(path), 20);
  assert.deepEqual(pointAt(path, 15), {x: 10, y: 5, angle: Math.PI / 2});
  assert.deepEqual(pointAt(path, 99), {x: 10, y: 10, angle: Math.PI / 2});
  assert.equal(pointAt([], 1), null);
});
