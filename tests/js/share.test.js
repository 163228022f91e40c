'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
require('../../maps/static/dom.js');
const {snippet} = require('../../maps/static/share.js');

const WORDS = path.join(__dirname, '../../maps/static/words');
const read = (name) => JSON.parse(fs.readFileSync(path.join(WORDS, name), 'utf8'));

test('the frame carries link and title as text that ends no attribute', () => {
  const html = snippet('https://example.org/map.html#v=1&on=a', 'Said "seen" <b>&</b>');
  assert.ok(html.startsWith('<iframe src="https://example.org/map.html#v=1&amp;on=a" title="Said &quot;seen&quot; &lt;b&gt;&amp;&lt;/b&gt;" '));
  assert.equal(html.split('"').length % 2, 1);
});
test('a file is named without its folder, which is nobody else\'s business', () => {
  assert.ok(snippet('file:///home/someone/map.html#v=1&c=1,2', 'x').startsWith('<iframe src="map.html#v=1&amp;c=1,2"'));
});
for (const name of ['share.json', 'state.json']) {
  test(name + ' speaks four languages with the same placeholders', () => {
    for (const [key, texts] of Object.entries(read(name))) {
      assert.deepEqual(Object.keys(texts), ['en', 'ko', 'ru', 'zh'], key);
      const places = Object.values(texts).map((text) => (text.match(/\{\w+\}/g) || []).sort().join());
      assert.equal(new Set(places).size, 1, key);
    }
  });
}
test('every reason for which a part of a state is ignored has its words', () => {
  const vectors = require('../vectors/state.json');
  const reasons = new Set(vectors.rows.concat(vectors.made).flatMap((row) => row.notes.map((note) => note[2])));
  assert.equal(reasons.size, 9);
  for (const reason of reasons) assert.ok(Object.hasOwn(read('state.json'), 'state-' + reason), reason);
});
