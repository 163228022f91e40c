'use strict';
/* Damaged and random input of the page: the state in its address never throws, and a packed frame is read soundly or refused. */
const {test} = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const STATIC = path.join(__dirname, '../../maps/static');
['mercator.js', 'geodesic.js', 'unpack.js', 'shapes.js', 'polyline.js'].forEach((file) => require(path.join(STATIC, file)));
const {unpack, shapes, polyline} = globalThis.Waybill;
const {decode, encode} = require('../../maps/static/state.js');
const vectors = (name) => JSON.parse(fs.readFileSync(path.join(__dirname, '../vectors', name), 'utf8'));

/** Numbers below `most`, the same every time. */
function dice(seed) {
  let state = seed;
  return (most) => Math.floor(((state = (state * 48271) % 2147483647) / 2147483647) * most);
}
const PIECES = ['&', '=', '#', ',', '%', '%zz', '%00', '%ED%A0%80', '\ud800', '\0', '\u202e', 'z=', 'on=', 'v=2', '1e999', 'NaN', '-', '9'.repeat(5000), 'a'.repeat(9000), '__proto__=1', 'constructor=x'];
const THINGS = [null, undefined, 0, -1, 1.5, 2 ** 31, 1e308, NaN, Infinity, '', 'x', [], {}, [[]], [['deflate', 'AAAA']], [['raw', '']], [['raw', '!']], true];

function changed(text, roll) {
  let out = text;
  for (let n = 1 + roll(4); n > 0; n--) {
    const at = roll(out.length + 1);
    out = out.slice(0, at) + (roll(2) ? PIECES[roll(PIECES.length)] : String.fromCharCode(roll(65536))) + out.slice(at + roll(6));
  }
  return out;
}

test('no address can break the state of the page, and what is understood of it is written in one way', () => {
  const roll = dice(7);
  const texts = vectors('state.json').rows.map((row) => row.text);
  for (let n = 0; n < 20000; n++) {
    const text = changed(texts[roll(texts.length)], roll);
    const canonical = encode(decode(text).state);
    assert.equal(encode(decode(canonical).state), canonical, JSON.stringify(text));
    assert.deepEqual(decode(canonical).notes, [], JSON.stringify(text));
  }
});

/** A copy of which one value, deep inside or not, is another one or has other letters. */
function otherwise(value, roll) {
  if (value && typeof value === 'object' && Object.keys(value).length && roll(6)) {
    const keys = Object.keys(value);
    const key = keys[roll(keys.length)];
    const copy = Array.isArray(value) ? value.slice() : Object.assign({}, value);
    copy[key] = otherwise(value[key], roll);
    return copy;
  }
  if (typeof value === 'string' && roll(2)) return changed(value, roll);
  if (typeof value === 'number' && roll(2)) return value + roll(5) - 2;
  return THINGS[roll(THINGS.length)];
}

test('a damaged frame is refused, or its lines can be drawn', async () => {
  const roll = dice(11);
  const rows = vectors('packed.json').rows;
  let refused = 0;
  for (let n = 0; n < 3000; n++) {
    const packed = otherwise(rows[roll(rows.length)].packed, roll);
    let read = null;
    let parts = null;
    try {
      const reading = unpack.points(packed);
      [read, parts] = await Promise.all([reading, unpack.parts(null, Object(packed).lines, reading)]);
    } catch (error) {
      assert.ok(error instanceof Error || error.name, String(error));
      refused += 1;
      continue;
    }
    assert.equal(read.sizes.length, packed.lines);
    const work = shapes.make(read, parts);
    let state = work.next();
    while (!state.done) state = work.next();
    assert.ok([...state.value.x, ...state.value.y, ...state.value.km].every(Number.isFinite), JSON.stringify(packed));
  }
  assert.ok(refused > 500 && refused < 3000, `${refused} of 3000 were refused`);
});

test('columns of another shape are refused, or give a text or nothing for each row', async () => {
  const deflated = (value) => require('node:zlib').deflateSync(JSON.stringify(value)).toString('base64');
  const sound = {
    number: [['raw', 'AAIC']], id: ['a', 'b', 'c'], title: {values: ['x', 'y'], codes: [['raw', 'AAIE']]}, layer: {values: ['l', 'l', 'm']}, attributes: [['note', {values: ['n'], codes: [['raw', 'AgAC']]}]]
  };
  assert.equal((await unpack.columns(deflated(sound), 3)).title.at(1), 'x');
  const roll = dice(13);
  let refused = 0;
  for (let n = 0; n < 1500; n++) {
    let read = null;
    try {
      read = await unpack.columns(deflated(otherwise(sound, roll)), 3);
    } catch (error) {
      refused += 1;
      continue;
    }
    for (let row = 0; row < 3; row++) [read.title, read.layer, read.mode, ...read.attributes.map((one) => one.column)].forEach((column) => column.at(row));
  }
  assert.ok(refused > 200 && refused < 1500, `${refused} of 1500 were refused`);
});

test('an encoded line of any letters is read as far as it goes', () => {
  const roll = dice(17);
  for (let n = 0; n < 3000; n++) {
    const text = Array.from({length: roll(40)}, () => String.fromCharCode(roll(300))).join('');
    assert.ok(Array.isArray(polyline.decode(text, 5)));
  }
});
