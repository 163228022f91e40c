'use strict';
const {test} = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const STATIC = path.join(__dirname, '../../maps/static');
globalThis.window = globalThis;
['mercator.js', 'geodesic.js', 'unpack.js', 'rows.js', 'shapes.js', 'evidence.js', 'linestyle.js', 'polyline.js', 'details.js', 'strands.js', 'nearest.js', 'strokes.js'].forEach((file) =>
  require(path.join(STATIC, file))
);
const {mercator, unpack, rows, shapes, details, strands, nearest, strokes, geodesic} = globalThis.Waybill;
const vectors = (name) => JSON.parse(fs.readFileSync(path.join(__dirname, '../vectors', name), 'utf8'));

function pointsOf(lines) {
  const flat = lines.flat();
  return {
    sizes: Int32Array.from(lines, (line) => line.length),
    lon: Int32Array.from(flat, ([lon]) => Math.round(lon * 1e5)),
    lat: Int32Array.from(flat, ([, lat]) => Math.round(lat * 1e5)),
    scale: 1e5
  };
}
function made(lines, parts) {
  const work = shapes.make(pointsOf(lines), parts || null);
  let state = work.next();
  while (!state.done) state = work.next();
  return state.value;
}
/** A line that wanders, the same every time. */
function wander(count, seed) {
  let state = seed;
  const random = () => ((state = (state * 16807) % 2147483647) / 2147483647) - 0.5;
  let [lon, lat, heading] = [20, 10, 0];
  return Array.from({length: count}, () => {
    heading += random();
    lon += 0.05 * Math.cos(heading);
    lat += 0.05 * Math.sin(heading);
    return [Number(lon.toFixed(5)), Number(lat.toFixed(5))];
  });
}

vectors('packed.json').rows.forEach(({name, lines, packed}) =>
  test('packed lines are read as Python wrote them: ' + name, async () => {
    const read = await unpack.points(packed);
    const flat = [...read.lon].map((lon, i) => [lon / read.scale, read.lat[i] / read.scale]);
    assert.deepEqual([...read.sizes], lines.map((line) => line.length));
    assert.deepEqual(flat, lines.flat());
  })
);

test('damaged planes and sizes are refused', async () => {
  await assert.rejects(unpack.integers([['raw', 'AAAA']], 7), /damaged/);
  const {packed} = vectors('packed.json').rows[2];
  await assert.rejects(unpack.points(Object.assign({}, packed, {sizes: [['raw', 'AAAA']]})), /damaged/);
  await assert.rejects(unpack.points(Object.assign({}, packed, {axes: [{order: 2, planes: [['deflate', 'AAAA']]}, packed.axes[1]]})));
});

test('a row reads its columns, and a name of a column is never a property', () => {
  const at = (values) => ({at: (row) => values[row], codes: null, values});
  const columns = {
    number: Int32Array.of(0, 4), id: null, title: at(['Lane', null]), layer: at(['a', 'b']), mode: at(['sea', null]), status: at([null, 'alleged']),
    known_from: at([null, '2022-01-02']), attributes: [{name: '__proto__', column: at(['<b>', null])}, {name: 'tons', column: at(['1.5', null])}]
  };
  const [first, second] = rows.create({count: 2, columns, shapes: null});
  assert.equal(first.title, 'Lane');
  assert.equal(second.title, 'Line 5');
  assert.deepEqual([first.id, second.id], ['line-1', 'line-5']);
  assert.deepEqual([first.mode, second.mode], ['sea', 'unknown']);
  assert.equal(first.status, undefined);
  assert.deepEqual(Object.keys(first.attributes), ['__proto__', 'tons']);
  assert.equal(Object.getPrototypeOf(first.attributes), Object.prototype);
  assert.equal(first.length_km, null);
  assert.deepEqual(second.events, []);
});

test('one example stands for lines of one layer, means and status', () => {
  const codes = (list, values) => ({at: (row) => values[list[row] - 1], codes: Int32Array.from(list), values});
  const columns = {layer: codes([1, 1, 1, 2], ['a', 'b']), mode: codes([1, 1, 2, 1], ['sea', 'rail']), status: {at: () => null, codes: null, values: []}};
  const all = rows.create({count: 4, columns, shapes: null});
  assert.deepEqual(rows.examples(all).map((row) => row.at), [0, 2, 3]);
});

test('at every zoom a drawn line stays within half a pixel of the whole one', () => {
  const line = wander(900, 7);
  const one = made([line]);
  for (let zoom = 0; zoom < 16; zoom += 1) {
    const {numbers} = shapes.kept(one, zoom);
    const scale = 2 ** zoom;
    const drawn = [...numbers];
    for (let i = 0; i < one.x.length; i++) {
      const after = drawn.findIndex((k) => k >= i);
      const [a, b] = [drawn[Math.max(0, after - 1)], drawn[after]];
      const d = away(one, i, a, b) * scale;
      assert.ok(d <= 0.5 + 1e-3, 'zoom ' + zoom + ', vertex ' + i + ': ' + d);
    }
  }
  function away({x, y}, i, a, b) {
    const dx = x[b] - x[a];
    const dy = y[b] - y[a];
    const length2 = dx * dx + dy * dy;
    const t = length2 ? Math.max(0, Math.min(1, ((x[i] - x[a]) * dx + (y[i] - y[a]) * dy) / length2)) : 0;
    return Math.hypot(x[i] - x[a] - t * dx, y[i] - y[a] - t * dy);
  }
});

test('fewer vertices are drawn on a small scale, all of them on a large one, and the ends always', () => {
  const one = made([wander(900, 3), wander(40, 5)]);
  const counts = [0, 4, 8, 23].map((zoom) => new Set(shapes.kept(one, zoom).numbers).size);
  assert.ok(counts[0] < 20 && counts[0] < counts[1] && counts[1] < counts[2], counts.join());
  assert.equal(counts[3], 940);
  [0, 899, 900, 939].forEach((end) => assert.ok(shapes.kept(one, 0).numbers.includes(end)));
});

test('a line that turns on itself without end is ranked in bounded time', () => {
  const spiral = Array.from({length: 60000}, (_, i) => [(i / 60000) * 50 * Math.cos(i), (i / 60000) * 50 * Math.sin(i)]);
  const begun = performance.now();
  made([spiral]);
  assert.ok(performance.now() - begun < 5000);
});

test('lengths are those of the ellipsoid, for short steps and long ones', () => {
  vectors('geodesics.json')
    .filter((row) => !row.nearly_opposite)
    .forEach(({name, from, to, metres}) => {
      const dLon = ((to[0] - from[0] + 540) % 360) - 180;
      const km = made([[from, [from[0] + dLon, to[1]]]]).km[0];
      // coordinates are kept to about a metre
      assert.ok(Math.abs(km - metres / 1000) <= 2e-6 * km + 0.002, name + ': ' + km + ' is not ' + metres / 1000);
    });
  for (let lat = -89; lat <= 89; lat += 7)
    [[0.01, 0.01], [1.9, 0], [0, 1.9], [-1.5, 1.1]].forEach(([dLon, dLat]) => {
      const line = [[10, lat], [10 + dLon, Math.min(90, lat + dLat)]];
      const km = geodesic.inverse({lon: 10, lat}, {lon: line[1][0], lat: line[1][1]}).metres / 1000;
      assert.ok(Math.abs(made([line]).km[0] - km) <= 2e-6 * km + 1e-6, JSON.stringify([line, made([line]).km[0], km]));
    });
});

test('the parts of a line count together and are not joined', () => {
  const two = made([[[0, 0], [1, 0]], [[5, 0], [6, 0]], [[9, 9], [9, 8]]], [2, 1]);
  assert.deepEqual([...two.lines], [0, 2, 3]);
  assert.ok(Math.abs(two.km[0] - 2 * 111.319) < 0.01);
  const calls = [];
  const ctx = {beginPath: () => {}, moveTo: () => calls.push('M'), lineTo: () => calls.push('L'), stroke: () => {}, setLineDash: () => {}};
  const look = {width: 3, casing: 0, dash: [], cap: 'round', colour: 'x', opacity: 1, hollow: 0};
  strokes.paint(ctx, two, shapes.kept(two, 3), [0], {scale: 8, dx: 0, dy: 0, box: [0, 0, 256, 256]}, look, {colour: () => '#000', factor: 1, ratio: 1, crowded: false});
  assert.deepEqual(calls, ['M', 'L', 'M', 'L']);
});

test('what is out of view is not traced, and a view of another copy of the world sees the line again', () => {
  const one = made([[[0, 0], [10, 10]], [[170, 0], [190, 10]]]);
  const seen = [];
  const ctx = {beginPath: () => {}, moveTo: (x) => seen.push(x), lineTo: () => {}, stroke: () => {}, setLineDash: () => {}};
  const look = {width: 3, casing: 0, dash: [], cap: 'round', colour: 'x', opacity: 1, hollow: 0};
  const frame = {scale: 1, dx: 0, dy: 0, box: [120, 100, 140, 130]};
  strokes.paint(ctx, one, shapes.kept(one, 2), [0, 1], frame, look, {colour: () => '#000', factor: 1, ratio: 1, crowded: false});
  assert.deepEqual(seen, [128]);
  const map = {getZoom: () => 0, getPixelOrigin: () => ({x: 0, y: 0})};
  const bounds = (west, east) => ({min: {x: west, y: 0}, max: {x: east, y: 256}});
  assert.deepEqual(mercator.copies(map, bounds(0, 256), ...details.reach(one)), [-1, 0]);
  assert.deepEqual(mercator.copies(map, bounds(200, 400), ...details.reach(one)), [0, 1]);
});

test('a line has the dash of its status at every width, and a single pixel and no dash where it is crowded', () => {
  const one = made([[[0, 0], [10, 10]]]);
  const style = JSON.parse(fs.readFileSync(path.join(STATIC, 'linestyle.json'), 'utf8'));
  const painted = (status, how) => {
    const said = [];
    const ctx = {
      beginPath: () => {}, moveTo: () => {}, lineTo: () => {},
      setLineDash(dash) { this.dash = dash; },
      stroke() { said.push({dash: this.dash, width: this.lineWidth, colour: this.strokeStyle}); }
    };
    const look = globalThis.Waybill.linestyle.resolve(style, {status, mode: 'sea'});
    const frame = {scale: 8, dx: 0, dy: 0, box: [0, 0, 256, 256]};
    strokes.paint(ctx, one, shapes.kept(one, 3), [0], frame, look, Object.assign({colour: (name) => name, factor: 1, ratio: 2}, how));
    return said;
  };
  const {dash, width} = style.statuses.evidenced;
  assert.deepEqual(painted('evidenced', {crowded: false}), [{dash, width, colour: 'mode-sea'}]);
  assert.deepEqual(painted('confirmed', {crowded: false})[0].dash, []);
  assert.deepEqual(painted('evidenced', {crowded: false, under: true}), [{dash: [], width: width + 2 * style.casing, colour: 'casing'}]);
  assert.deepEqual(painted('evidenced', {crowded: true, dash: 0.7}), [{dash: dash.map((n) => n * 0.7), width: 0.5, colour: 'mode-sea'}]);
  assert.deepEqual(painted('evidenced', {crowded: true, dash: 0}), [{dash: [], width: 0.5, colour: 'mode-sea'}]);
  assert.deepEqual(painted('evidenced', {crowded: true, dash: 0.7, under: true}), []);
  const {unsupported} = style.statuses;
  assert.deepEqual(painted('unsupported', {crowded: false}).map((one) => [one.width, one.colour]), [
    [unsupported.width, 'mode-sea'],
    [unsupported.hollow, 'casing']
  ]);
});

test('the nearest line is found from its steps, not from its box', () => {
  const both = made([[[0, 0], [40, 40]], [[0, 5], [40, 5]]]);
  const at = (lon, lat) => [256 * (lon / 360 + 0.5), both.y[2] + (5 - lat) * (256 / 360)];
  const found = nearest.find(both, Uint8Array.of(1, 1), ...at(30, 6), 2);
  assert.deepEqual(found.map((hit) => hit.row), [1]);
  assert.deepEqual(nearest.find(both, Uint8Array.of(1, 0), ...at(30, 6), 2), []);
  assert.equal(nearest.find(both, Uint8Array.of(1, 1), ...at(4, 4.4), 2).length, 2);
});

test('layers are shared out over surfaces in their order and about evenly', () => {
  assert.deepEqual(details.spread([5, 1, 9], 8), [0, 1, 2]);
  const many = details.spread(Array(50).fill(200), 8);
  assert.deepEqual([...many].sort((a, b) => a - b), many);
  const counts = Array.from({length: 8}, (_, band) => many.filter((one) => one === band).length);
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join());
  assert.deepEqual([...new Set(details.spread([1, 1, 1e6, 1, 1, 1, 1, 1, 1, 1], 4))].every((band) => band >= 0 && band < 4), true);
});

test('a record is large by its legs or its vertices, and a small one is not', () => {
  const leg = (line) => ({seq: 1, mode: 'sea', line});
  const facts = (count, line) => ({routes: Array.from({length: count}, (_, i) => ({id: 'r' + i, legs: [leg(line)]}))});
  assert.equal(strands.of(facts(100, '_p~iF~ps|U')), null);
  const many = strands.of(facts(1600, '_p~iF~ps|U_ulLnnqC'));
  assert.equal(many.count, 1600);
  assert.equal(many.id(7), 'r7');
  assert.ok(strands.of(facts(2, '_p~iF~ps|U' + '??'.repeat(150000))));
});
