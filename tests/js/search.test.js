'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {build, fold, marked} = require('../../maps/static/search.js');

const HOSTILE = '<img src=x onerror=bad()> {{ 7*7 }} $& \\d+ ((';
const PAYLOAD = {
  layers: [{id: 'sea', title: 'Sea shipments'}],
  places: [
    {id: 'tumangang-stn', name: 'Tumangang', names: {ko: '두만강역', ru: 'Туманган', zh: '豆满江站'}},
    {id: 'tumen', name: 'Tumen', names: {zh: '图们'}},
    {id: 'chongjin', name: "Ch'ŏngjin", names: {ko: '청진'}},
    {id: 'dunai', name: 'Dunai', names: {ru: 'Дунай'}},
    {id: 'hostile', name: HOSTILE, names: {}}
  ],
  routes: [{id: 'r-sea', title: 'Ships Rajin–Dunai', layer: 'sea'}],
  events: [
    {id: 'e33', title: 'About 73 freight cars stood at Tumangang', when: '2023-10-05', when_text: '5 Oct 2023'},
    {id: 'e41', title: 'Last calls before a pause', carrier: 'Lady R;Maia-1', cargo: 'containers', when: '2024-02'}
  ],
  parties: [{id: 'us', name: 'United States', names: {ko: '미국', ru: 'США', zh: '美国'}}],
  sources: [{id: 's1', text: 'The Guardian, Ships seen at Dunai, 2024', url: 'https://example.org/a'}]
};
const searcher = build(PAYLOAD);
const ids = (query, limit) => searcher.find(query, limit).map((hit) => hit.id);

for (const query of ['tumangang', 'TUMANG', 'Tuman', '두만강', '두만강역', 'Туман', 'туманган', '豆满江'])
  test('the station is found by ' + query, () => assert.equal(ids(query)[0], 'tumangang-stn'));

test('Hangul typed as single letters and Hangul typed whole are one text', () => {
  assert.deepEqual(ids('두만강'.normalize('NFD')), ids('두만강'));
});
test('accents, apostrophes and case do not matter', () => {
  for (const query of ['Chongjin', "ch'ongjin", 'CH’ŎNGJIN', 'chŏngjin']) assert.equal(ids(query)[0], 'chongjin');
});
test('Й is a letter of its own and Ё may be written Е', () => {
  assert.equal(ids('дунай')[0], 'dunai');
  assert.equal(ids('дунай'.normalize('NFD'))[0], 'dunai');
  assert.deepEqual(ids('дунаи'), []);
  assert.equal(fold('Королёв'), fold('Королев'));
});
test('all words must be there, in any order', () => {
  assert.deepEqual(ids('tumangang freight'), ['e33']);
  assert.deepEqual(ids('freight tumangang'), ['e33']);
  assert.deepEqual(ids('tumangang ships'), []);
});
test('the beginning of a word comes before its middle, and a name before a text', () => {
  assert.deepEqual(ids('tum').slice(0, 2).sort(), ['tumangang-stn', 'tumen']);
  assert.deepEqual(ids('mangang'), ['tumangang-stn', 'e33']);
  assert.equal(ids('dunai')[0], 'dunai');
  assert.equal(ids('ships dunai')[0], 'r-sea');
});
test('carrier, cargo, layer and address are searched too', () => {
  assert.deepEqual(ids('maia-1'), ['e41']);
  assert.deepEqual(ids('lady containers'), ['e41']);
  assert.deepEqual(ids('shipments'), ['r-sea']);
});
test('parties are found in every language, and the name that was found is said', () => {
  assert.deepEqual(ids('США'), ['us']);
  assert.equal(searcher.find('美国')[0].detail, '美国');
  assert.equal(searcher.find('united')[0].detail, '');
});
test('hostile text is a text like any other, in the data and in the query', () => {
  assert.deepEqual(ids('onerror'), ['hostile']);
  for (const query of ['((', '\\d+', '$&', '.*', '[', '__proto__', 'constructor']) assert.ok(Array.isArray(ids(query)));
  assert.equal(searcher.find('onerror')[0].title, HOSTILE);
  assert.deepEqual(ids('.*'), []);
});
test('nothing asked, nothing found', () => {
  for (const query of ['', '   ', '--', null, undefined]) assert.deepEqual(searcher.find(query), []);
});
test('a limit holds', () => assert.equal(ids('tumangang', 1).length, 1));
test('only what the payload holds is found', () => {
  const earlier = build({payload: Object.assign({}, PAYLOAD, {events: []})});
  assert.deepEqual(earlier.find('maia-1'), []);
});
test('what was found is marked, and the text stays whole', () => {
  const bold = (text, query) =>
    marked(text, query)
      .map((part) => (part.hit ? '[' + part.text + ']' : part.text))
      .join('');
  assert.equal(bold("Ch'ŏngjin port", 'chong port'), "[Ch'ŏng]jin [port]");
  assert.equal(bold('두만강역', '두만'), '[두만]강역');
  assert.equal(bold('Khasan–Tumangang', 'tuman'), 'Khasan–[Tuman]gang');
  assert.equal(bold(HOSTILE, 'zzz'), HOSTILE);
});

test('a Korean name is found as the North and as the South spell its first syllable', () => {
  const places = [
    {id: 'rajin', name: 'Rajin', names: {ko: '라진역', zh: '羅津'}},
    {id: 'ryongchon', name: 'Ryongch’ŏn', names: {ko: '룡천'}},
    {id: 'nampo', name: 'Namp’o', names: {ko: '남포항', zh: '南浦'}}
  ];
  const {find} = build({places});
  const first = (query) => (find(query)[0] || {}).id;
  assert.deepEqual(['나진', '라진', '나진역', '용천', '룡천', '남포'].map(first), ['rajin', 'rajin', 'rajin', 'ryongchon', 'ryongchon', 'nampo']);
  assert.deepEqual(['罗津', '羅津', '南浦'].map(first), ['rajin', 'rajin', 'nampo']);
  assert.equal(first('가진'), undefined);
});
test('what was typed is marked as it stands', () => {
  assert.deepEqual(marked('라진역', '라진'), [
    {text: '라진', hit: true},
    {text: '역', hit: false}
  ]);
});
