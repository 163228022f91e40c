'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {safeUrl, escapeText} = require('../../maps/static/dom.js');

test('http, https and doi lead somewhere', () => {
  assert.equal(safeUrl('https://example.org/a?b=c#d'), 'https://example.org/a?b=c#d');
  assert.equal(safeUrl('HTTP://Example.org'), 'http://example.org/');
  assert.equal(safeUrl('  https://example.org/Хасан '), 'https://example.org/%D0%A5%D0%B0%D1%81%D0%B0%D0%BD');
  assert.equal(safeUrl('10.1000/182'), 'https://doi.org/10.1000/182');
  assert.equal(safeUrl('doi:10.1000/182'), 'https://doi.org/10.1000/182');
});
const HOSTILE = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript://https://example.org/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/x',
  'about:blank',
  'ftp://example.org/x',
  'view-source:https://example.org',
  '//example.org/x',
  '/x',
  'x',
  '#x',
  '?x',
  '',
  ' ',
  'http:',
  'https://',
  'http:example.org',
  'https:javascript:alert(1)',
  'https://user:secret@example.org/',
  'https://exa mple.org',
  'doi:javascript:alert(1)',
  '10.1000/"onmouseover="alert(1)',
  '10.1000/<script>',
  null,
  undefined,
  7,
  {},
  [],
  ['https://example.org'],
  {toString: () => 'https://example.org'}
];
for (const value of HOSTILE) {
  test('no link for ' + JSON.stringify(value), () => assert.equal(safeUrl(value), null));
}
test('text for the attribution control is harmless and whole', () => {
  assert.equal(
    escapeText('<img src=x onerror="a(1)"> & \'b\''),
    '&lt;img src=x onerror=&quot;a(1)&quot;&gt; &amp; &#39;b&#39;'
  );
  assert.equal(escapeText(null), '');
});
