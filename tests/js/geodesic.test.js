'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const rows = require('../vectors/geodesics.json');
const {inverse, direct, line} = require('../../maps/static/geodesic.js');

const point = ([lon, lat]) => ({lat, lon});
const turn = (a, b) => Math.abs(((a - b + 540) % 360) - 180);

assert.ok(rows.length >= 40);
for (const row of rows) {
  const from = point(row.from);
  const to = point(row.to);
  test(row.name + ': distance and directions', () => {
    const found = inverse(from, to);
    if (found.approximate) {
      assert.ok(row.nearly_opposite, 'only opposite points may be approximate');
      assert.ok(Math.abs(found.metres / row.metres - 1) < 0.005, found.metres + ' is not ' + row.metres);
      return;
    }
    assert.ok(Math.abs(found.metres - row.metres) < 0.001, found.metres + ' is not ' + row.metres);
    // A direction over a metre cannot be better than the rounding of the degrees that give the points.
    const fine = row.metres > 1000 ? 1e-6 : 1e-4;
    assert.ok(turn(found.azimuth1, row.azimuth1) < fine, found.azimuth1 + ' is not ' + row.azimuth1);
    assert.ok(turn(found.azimuth2, row.azimuth2) < fine, found.azimuth2 + ' is not ' + row.azimuth2);
  });
  test(row.name + ': the same distance back', () => {
    assert.ok(Math.abs(inverse(from, to).metres - inverse(to, from).metres) < 0.001);
  });
  if (!row.nearly_opposite)
    test(row.name + ': going there arrives', () => {
      const end = direct(from, row.azimuth1, row.metres);
      assert.ok(inverse(end, to).metres < 0.01, JSON.stringify(end));
    });
  test(row.name + ': the line begins and ends where it should, without a jump', () => {
    const points = line(from, to, 32);
    assert.equal(points.length, 33);
    assert.deepEqual(points[0], from);
    assert.equal(points[32].lat, to.lat);
    assert.ok(turn(points[32].lon, to.lon) < 1e-9);
    points.slice(1).forEach((p, i) => assert.ok(Math.abs(p.lon - points[i].lon) <= 180));
    points.forEach((p) => assert.ok(Number.isFinite(p.lat) && Number.isFinite(p.lon)));
    const sum = points.slice(1).reduce((metres, p, i) => metres + inverse(points[i], p).metres, 0);
    const allowed = inverse(from, to).approximate ? 0.005 * row.metres : 0.01;
    assert.ok(Math.abs(sum - row.metres) <= allowed, sum + ' is not ' + row.metres);
  });
}
test('a line over the antimeridian runs on beyond 180', () => {
  const points = line({lat: 50, lon: 170}, {lat: 50, lon: -170}, 10);
  assert.ok(Math.abs(points[10].lon - 190) < 1e-9);
  assert.ok(points.every((p, i) => !i || p.lon > points[i - 1].lon));
});
test('a line begins in the copy of the world where it is drawn', () => {
  const points = line({lat: 50, lon: 530}, {lat: 50, lon: -170}, 4);
  assert.equal(points[0].lon, 530);
  assert.ok(Math.abs(points[4].lon - 550) < 1e-9);
});
test('the geodesic bulges towards the pole', () => {
  assert.ok(line({lat: 50, lon: 0}, {lat: 50, lon: 90}, 2)[1].lat > 58);
});
