'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, '../../maps/static');
const manifest = JSON.parse(fs.readFileSync(path.join(FOLDER, 'manifest.json'), 'utf8'));
const read = (name) => fs.readFileSync(path.join(FOLDER, name), 'utf8');
const present = (ending) => fs.readdirSync(FOLDER).filter((name) => name.endsWith(ending));

test('the manifest names every script and style, once', () => {
  assert.deepEqual(manifest.js.slice().sort(), present('.js').sort());
  assert.deepEqual(manifest.css.slice().sort(), present('.css').sort());
});
for (const name of manifest.js) {
  test(name + ' puts no text into HTML, runs no text as code and loads nothing', () => {
    const code = read(name);
    for (const word of ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'eval(', 'new Function', 'fetch(', 'XMLHttpRequest', 'import(', 'setAttribute(\'style\''])
      assert.ok(!code.includes(word), word);
  });
  test(name + ' stays within 250 lines and can stand in a script element', () => {
    const code = read(name);
    assert.ok(code.split('\n').length <= 251);
    assert.ok(!/<\/?script|<!--/i.test(code));
    // the page takes the indentation away, which a text over several lines would miss
    assert.ok(!code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '').includes('`'));
    // and with it the comments that have lines of their own: none has code behind it on its last line
    assert.ok(!/^[ ]*\/\*(?:(?!\*\/)[\s\S])*\*\/[ ]*[^\s]/m.test(code));
  });
}
test('styles load nothing', () => {
  for (const name of manifest.css) assert.ok(!/url\(|@import|@font-face/.test(read(name)));
});
