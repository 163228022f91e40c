'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const style = require('../../maps/static/linestyle.json');
const {resolve, dashArray, variables, strongest} = require('../../maps/static/linestyle.js');

const MODES = ['rail', 'sea', 'road', 'air', 'river', 'unknown'];
const STATUSES = ['confirmed', 'evidenced', 'asserted', 'alleged', 'unsupported', 'none'];
const BASES = ['network', 'drawn', 'great-circle', 'inferred', 'notional'];
const look = (what) =>
  resolve(style, Object.assign({kind: 'movement', status: 'confirmed', mode: 'rail', basis: 'network'}, what));

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4)));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
const lightness = (hex) => 116 * Math.cbrt(luminance(hex)) - 16;

for (const mode of MODES)
  for (const status of STATUSES)
    for (const basis of BASES) {
      test(`${mode}, ${status}, ${basis}: colour is the mode, dash the status unless the basis rules`, () => {
        const found = look({mode, status, basis});
        assert.equal(found.colour, 'mode-' + mode);
        assert.equal(found.known, true);
        const rule = style.bases[basis] || style.statuses[status];
        assert.deepEqual(found.dash, rule.dash);
        assert.equal(found.width, rule.width);
        assert.equal(found.halo > 0, basis === 'notional');
        assert.equal(found.hollow > 0, status === 'unsupported' && !style.bases[basis]);
      });
    }
test('every status has a dash pattern of its own', () => {
  const looks = STATUSES.map((status) =>
    JSON.stringify([look({status}).dash, look({status}).width, look({status}).hollow])
  );
  assert.equal(new Set(looks).size, STATUSES.length);
});
test('width does not grow with anything but the class of line', () => {
  ['confirmed', 'evidenced', 'asserted', 'alleged'].forEach((status) => assert.equal(look({status}).width, 3));
});
test('infrastructure is thin, grey, under everything and without arrows', () => {
  const found = look({kind: 'infrastructure', status: 'infrastructure'});
  assert.equal(found.colour, 'infrastructure');
  assert.ok(found.width < 2 && found.under && !found.arrows && found.tick);
  assert.equal(look({kind: 'infrastructure', mode: 'road'}).tick, null);
});
test('an illustration looks notional and neutral whatever its mode and basis', () => {
  for (const mode of MODES)
    for (const basis of BASES) {
      const found = look({kind: 'illustration', status: 'illustration', mode, basis});
      assert.equal(found.colour, 'illustration');
      assert.ok(found.halo > 0);
    }
});
test('a leg that fell back is lighter', () => {
  assert.ok(look({fallback: true}).opacity < look({}).opacity);
});
test('unknown modes and statuses, also hostile ones, get the neutral style', () => {
  for (const value of ['teleport', '', null, undefined, 'constructor', '__proto__', 'toString']) {
    assert.equal(look({mode: value}).colour, 'neutral');
    assert.equal(look({mode: value}).known, false);
    if (value !== null && value !== undefined) {
      assert.deepEqual(look({status: value}).dash, style.neutral.dash);
      assert.equal(look({status: value}).known, false);
    }
    assert.deepEqual(look({basis: value}).dash, style.statuses.confirmed.dash);
  }
});
test('a line of which no status is said is plain', () => {
  for (const value of [null, undefined]) {
    assert.deepEqual(look({status: value}).dash, []);
    assert.equal(look({status: value}).colour, look({status: 'confirmed'}).colour);
    assert.equal(look({status: value}).known, true);
  }
});
test('a denial is never a dash: nothing of it reaches the style', () => {
  assert.deepEqual(
    resolve(style, {kind: 'movement', status: 'asserted', mode: 'sea', basis: 'network', denied_by: ['x']}),
    look({status: 'asserted', mode: 'sea'})
  );
});
test('dash lists become attributes and dots keep a length', () => {
  assert.equal(dashArray([]), null);
  assert.equal(dashArray(undefined), null);
  assert.equal(dashArray([0, 5]), '0.01 5');
});
test('the strongest status wins', () => {
  assert.equal(strongest(['alleged', 'evidenced', 'none']), 'evidenced');
  assert.equal(strongest(['infrastructure']), 'infrastructure');
  assert.equal(strongest(['infrastructure', 'none']), 'none');
  assert.equal(strongest([]), 'none');
});
for (const theme of ['light', 'dark']) {
  const ground = style.palette[theme];
  test(`${theme}: every mode stands out from land and sea by 3:1 or more`, () => {
    for (const mode of MODES)
      for (const place of ['land', 'sea'])
        assert.ok(contrast(style.modes[mode][theme], ground[place]) >= 3, mode + ' on ' + place);
  });
  test(`${theme}: text on the map has 4.5:1 against its ground, sea names 3:1`, () => {
    for (const ink of ['label', 'label-city', 'label-place']) assert.ok(contrast(ground[ink], ground.land) >= 4.5, ink);
    assert.ok(contrast(ground['label-sea'], ground.sea) >= 3);
  });
  test(`${theme}: modes differ in grey`, () => {
    const values = MODES.map((mode) => lightness(style.modes[mode][theme])).sort((a, b) => a - b);
    values.slice(1).forEach((value, i) => assert.ok(value - values[i] >= 4, values.join(' ')));
  });
  test(`${theme}: all palette entries become custom properties`, () => {
    const list = variables(style, theme);
    assert.equal(list['--wb-mode-rail'], style.modes.rail[theme]);
    assert.deepEqual(Object.keys(style.palette.light), Object.keys(style.palette.dark));
    assert.equal(list['--wb-land'], ground.land);
  });
}
