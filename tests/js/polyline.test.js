'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {decode} = require('../../maps/static/polyline.js');

test('the published example decodes to its three points', () => {
  assert.deepEqual(decode('_p~iF~ps|U_ulLnnqC_mqNvxq`@'), [
    [38.5, -120.2],
    [40.7, -120.95],
    [43.252, -126.453]
  ]);
});
test('nothing and non-text decode to no points', () => {
  [undefined, null, 12, ''].forEach((value) => assert.deepEqual(decode(value), []));
});
test('a tail that breaks off is left out', () => {
  assert.deepEqual(decode('_p~iF~ps|U_ulL'), [[38.5, -120.2]]);
  assert.deepEqual(decode('_p~iF~ps|U_ulLnnq'), [[38.5, -120.2]]);
});
test('fewer digits scale the same text', () => {
  assert.deepEqual(decode('_p~iF~ps|U', 4), [[385, -1202]]);
});
test('longitudes pass 180 without a jump', () => {
  const encode = (value) => {
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    let text = '';
    while (rest >= 32) {
      text += String.fromCharCode(32 + (rest % 32) + 63);
      rest = Math.floor(rest / 32);
    }
    return text + String.fromCharCode(rest + 63);
  };
  const text = encode(1000000) + encode(17900000) + encode(0) + encode(200000);
  assert.deepEqual(decode(text), [
    [10, 179],
    [10, 181]
  ]);
});
