'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill, ids, facts, claim} = require('./record.js');
const {project, say, prepare} = Waybill.view;

test.afterEach(() => Waybill.words.use('en'));

const CASE = facts({
  case: {title: 'A case', updated: '2025-01-01', summary: [['A train left.', null], ['It was empty.', '2023-05-01']]},
  layers: [
    {id: 'moves', title: 'Moves', note: [['Early.', '2022-11-01'], ['Late.', '2023-01-01']]},
    {id: 'rail', title: 'Rail', parent: 'moves'},
    {id: 'later', title: 'What came later'},
    {id: 'bridges', title: 'Bridges'}
  ],
  routes: [
    {
      id: 'line',
      title: 'Line',
      layer: 'rail',
      kind: 'movement',
      note: 'By rail.',
      attributes: {crew: [['Two.', null], ['Three, it turned out.', '2023-02-01']], owner: [['Nobody.', '2024-01-01']]},
      measures: [
        {value: 40, unit: 'km', what: 'length', sources: ['s-early', 's-late'], verified: 'yes'},
        {value: 41, unit: 'km', what: 'length', from: 'a', to: 'b', as_of: '2023', since: '2023-06-01', verified: 'yes'}
      ],
      legs: [{seq: 1, from: 'a', to: 'b', mode: 'rail', published_source: {source: 's-late'}, note: [['Steep.', '2023-03-01']]}]
    },
    {id: 'later-line', title: 'Later', layer: 'later', kind: 'movement', legs: [{seq: 1, from: 'b', to: 'c', mode: 'sea'}]},
    {id: 'picture', title: 'Picture', layer: 'rail', kind: 'illustration', illustrates: 'e2', legs: []},
    {id: 'bridge', title: 'Bridge', layer: 'bridges', kind: 'infrastructure', exists: '2022-12-01/2024-06-30', legs: []}
  ],
  places: [
    {id: 'a', name: 'A', names: {ru: 'А'}, kind: 'depot', measures: [{value: 3, unit: 'km', what: 'distance', since: '2023-01-01'}]},
    {id: 'b', name: 'B', kind: 'depot', note: [['A yard.', null], ['A port too.', '2023-04-01']]},
    {id: 'c', name: 'C', kind: 'port'},
    {id: 'd', name: 'D', kind: 'port'},
    {id: 'unused', name: 'Unused', kind: 'port'}
  ],
  events: [
    {
      id: 'e1',
      title: 'A train',
      when: '2022-11-18/2022-11-19',
      layer: 'rail',
      routes: ['line'],
      related: ['e2'],
      declared_destination: ['d'],
      not_found: ['No waybill.', '2023-01-20'],
      note: [['Five wagons.', null], ['Six, on a second look.', '2023-01-20']]
    },
    {id: 'e2', title: 'A ship', when: '2023-08~', layer: 'later', routes: ['later-line'], related: ['e1']},
    {id: 'undated', title: 'Some day', layer: 'rail', routes: ['line'], related: []}
  ],
  claims: [
    claim('c1', {
      events: ['e1'],
      asserted_on: '2022-12-22',
      about: ['movement', 'cargo'],
      sources: ['s-early', 's-late'],
      quantity: 5,
      unit: 'wagons',
      counted_from: '2022-11',
      note: [['In a briefing.', null], ['Said again.', '2023-01-20']]
    }),
    claim('c2', {events: ['e1'], party: 'ministry', stance: 'denies', asserted_on: '2023-01-05', about: ['cargo'], derived_from: 'c3'}),
    claim('c3', {events: ['e2'], party: 'csis', stance: 'observes', asserted_on: '2023-10-16', evidence: ['imagery'], sources: ['s-late']}),
    claim('c4', {events: ['undated'], asserted_on: '2022-12-24', about: ['occurrence']})
  ],
  parties: [
    {id: 'us', name: 'US', kind: 'state', groups: ['allies']},
    {id: 'csis', name: 'CSIS', kind: 'think-tank'},
    {id: 'russia', name: 'Russia', kind: 'state'},
    {id: 'ministry', name: 'Ministry', kind: 'agency', part_of: 'russia'}
  ],
  sources: [
    {id: 's-early', text: 'Early', since: '2022-12-22', note: [['Read.', null], ['Moved since.', '2023-09-01']]},
    {id: 's-late', text: 'Late', since: '2023-10-16'},
    {id: 's-unused', text: 'Unused'}
  ]
});

const through = (lens, language) => project(CASE, lens || {}, language || 'en');
const on = (known) => through({known});
const one = (rows, id) => rows.find((row) => row.id === id);

test('a text without days is said as it is, one with days sentence by sentence', () => {
  assert.equal(say('Plain.', '2022-01-01'), 'Plain.');
  const text = [['First.', null], ['Second.', '2023-01-20'], ['Third.', '2023-01-21']];
  assert.equal(say(text, '2023-01-19'), 'First.');
  assert.equal(say(text, '2023-01-20'), 'First. Second.');
  assert.equal(say(text, null), 'First. Second. Third.');
  for (const nothing of [null, undefined, '', [], [['Late.', '2023-01-01']]]) assert.equal(say(nothing, '2022-01-01'), null);
});
test('every note says on each day what was known, from its day on', () => {
  const notes = (known) => {
    const shown = on(known);
    return [
      shown.case.summary,
      one(shown.events, 'e1').note,
      one(shown.claims, 'c1').note,
      one(shown.layers, 'moves').note,
      one(shown.places, 'b').note,
      one(shown.routes, 'line').legs[0].note
    ];
  };
  assert.deepEqual(notes('2022-12-31'), ['A train left.', 'Five wagons.', 'In a briefing.', 'Early.', 'A yard.', null]);
  assert.deepEqual(notes('2023-01-19').slice(1, 4), ['Five wagons.', 'In a briefing.', 'Early. Late.']);
  assert.deepEqual(notes(null), [
    'A train left. It was empty.',
    'Five wagons. Six, on a second look.',
    'In a briefing. Said again.',
    'Early. Late.',
    'A yard. A port too.',
    'Steep.'
  ]);
  assert.equal(one(on('2023-08-31').sources, 's-early').note, 'Read.');
  assert.equal(one(on('2023-09-01').sources, 's-early').note, 'Read. Moved since.');
});
test('columns of the author\'s own wait for their day, and are left out while they say nothing', () => {
  const own = (known) => one(on(known).routes, 'line').attributes;
  assert.deepEqual(own('2023-01-31'), {crew: 'Two.'});
  assert.deepEqual(own('2024-01-01'), {crew: 'Two. Three, it turned out.', owner: 'Nobody.'});
});
test('what was looked for and not found is told from its day', () => {
  assert.equal(one(on('2023-01-19').events, 'e1').not_found, null);
  assert.equal(one(on('2023-01-20').events, 'e1').not_found, 'No waybill.');
  assert.equal(one(on(null).events, 'undated').not_found, null);
});
test('an event, its claims, places, parties, layers and sources come with its first claim', () => {
  const before = on('2023-10-15');
  const after = on('2023-10-16');
  assert.deepEqual(ids(before.events), ['e1', 'undated']);
  assert.deepEqual(ids(after.events), ['e1', 'e2', 'undated']);
  assert.deepEqual([ids(before.claims), ids(after.claims)], [['c1', 'c4', 'c2'], ['c1', 'c4', 'c2', 'c3']]);
  assert.deepEqual([ids(before.layers), ids(after.layers)], [['moves', 'rail', 'bridges'], ['moves', 'rail', 'later', 'bridges']]);
  assert.deepEqual([ids(before.places), ids(after.places)], [['a', 'b', 'd'], ['a', 'b', 'c', 'd']]);
  assert.deepEqual([ids(before.parties), ids(after.parties)], [['us', 'russia', 'ministry'], ['us', 'csis', 'russia', 'ministry']]);
  assert.deepEqual([ids(before.sources), ids(after.sources)], [['s-early'], ['s-early', 's-late']]);
  assert.deepEqual([one(before.events, 'e1').related, one(after.events, 'e1').related], [[], ['e2']]);
});
test('of a source that came later a claim tells only that there is one', () => {
  const cites = (known) => one(on(known).claims, 'c1');
  assert.deepEqual([cites('2023-01-01').sources, cites('2023-01-01').later_sources], [['s-early'], 1]);
  assert.deepEqual([cites(null).sources, cites(null).later_sources], [['s-early', 's-late'], 0]);
});
test('a claim rests on no claim that is not known', () => {
  assert.equal(one(on('2023-01-05').claims, 'c2').derived_from, null);
  assert.equal(one(on(null).claims, 'c2').derived_from, 'c3');
});
test('a published length, and what it cites, waits for its day', () => {
  const measures = (known) => one(on(known).routes, 'line').measures;
  assert.deepEqual(measures('2023-05-31'), [{text: '40 km length, Line', sources: ['s-early'], verified: 'yes', note: null}]);
  assert.deepEqual(measures('2023-06-01').map((row) => row.text), ['40 km length, Line', '41 km length, A–B, as of 2023']);
  assert.deepEqual(measures(null)[0].sources, ['s-early', 's-late']);
  assert.deepEqual(one(on('2022-12-31').places, 'a').measures, []);
  assert.equal(one(on('2023-01-01').places, 'a').measures[0].text, '3 km distance, A');
  assert.equal(one(on('2023-01-01').routes, 'line').legs[0].published_source.source, null);
  assert.equal(one(on(null).routes, 'line').legs[0].published_source.source, 's-late');
});
test('a published length says of what it is: its stretch, its note, or else its subject', () => {
  const says = (row) => one(project(facts({routes: [{id: 'r', title: 'Line', layer: 'all', kind: 'infrastructure', measures: [row]}]}), {}, 'en').routes, 'r');
  const row = {value: 10.6, unit: 'km', what: 'length'};
  assert.deepEqual(says(row).measures.map(({text, note}) => [text, note]), [['10.6 km length, Line', null]]);
  const noted = says({...row, note: 'Its double track.'});
  assert.deepEqual(noted.measures.map(({text, note}) => [text, note]), [['10.6 km length', 'Its double track.']]);
});
test('an illustration waits for the event that it illustrates, and is no evidence', () => {
  assert.equal(one(on('2023-10-15').routes, 'picture'), undefined);
  assert.equal(one(on('2023-10-16').routes, 'picture').status, 'illustration');
  assert.equal(one(through({by: ['us']}).routes, 'picture'), undefined);
});
test('infrastructure is shown while it exists, on the day and in the window', () => {
  const stands = (lens) => ids(through(lens).routes).includes('bridge');
  assert.deepEqual(['2022-11-30', '2022-12-01', '2024-06-30', '2024-07-01'].map((known) => stands({known})), [false, true, true, false]);
  assert.ok(!stands({}), 'the case was last updated when it was gone');
  assert.ok(!stands({known: '2023-01-01', to: '2022-11-30'}));
  assert.ok(stands({known: '2023-01-01', to: '2022-12-01'}));
});
test('a window hides events that cannot have happened in it, and routes left without any', () => {
  const shown = through({from: '2023-01-01'});
  assert.deepEqual(ids(shown.events), ['e2', 'undated']);
  assert.deepEqual(one(shown.routes, 'line').events, ['undated']);
  const early = through({to: '2022-11-18'});
  assert.deepEqual(ids(early.events), ['e1', 'undated']);
  assert.equal(one(early.routes, 'later-line'), undefined);
  assert.ok(!ids(early.layers).includes('later'));
  assert.deepEqual(ids(early.claims), ['c1', 'c4', 'c2']);
});
test('an event of which no day is known is in every window', () => {
  assert.deepEqual(ids(through({from: '1950-01-01', to: '1950-12-31'}).events), ['undated']);
});
test('as told by some: their claims alone, and those of whoever is part of them', () => {
  const shown = through({by: ['allies']});
  assert.deepEqual([ids(shown.claims), ids(shown.events), shown.by], [['c1', 'c4'], ['e1', 'undated'], ['allies']]);
  assert.deepEqual(ids(through({by: ['russia']}).claims), ['c2']);
  assert.deepEqual(one(through({by: ['russia']}).events, 'e1').statuses, {cargo: 'unsupported'});
  assert.deepEqual(ids(through({by: ['nobody']}).events), []);
});
test('an event has the status of its movement, its other aspects beside it, and the day it was first spoken of', () => {
  const {status, statuses, denied_by, origins, said_first, when_text} = one(on(null).events, 'e1');
  assert.deepEqual(
    {status, statuses, denied_by, origins, said_first, when_text},
    {
      status: 'asserted',
      statuses: {movement: 'asserted', cargo: 'asserted'},
      denied_by: {cargo: ['russia']},
      origins: 1,
      said_first: '2022-12-22',
      when_text: '18–19 Nov 2022'
    }
  );
  assert.deepEqual([one(on(null).routes, 'line').status, one(on(null).routes, 'line').denied_by], ['asserted', ['russia']]);
});
test('dates, figures and names of places are said in the language that is asked for', () => {
  Waybill.words.use('ru');
  const shown = through({}, 'ru');
  assert.equal(one(shown.events, 'e1').when_text, '18–19 нояб. 2022\u00a0г.');
  assert.equal(one(shown.claims, 'c1').counted_from_text, 'нояб. 2022\u00a0г.');
  assert.match(one(shown.routes, 'line').measures[1].text, /А–B/);
  assert.equal(one(through({}, 'zh').events, 'e2').when_text, '2023年8月前后');
});
test('a document that is cut is shown as of its day, and told by those it was cut to', () => {
  const cut = project({...CASE, cut: {known: '2024-06-30', by: ['us']}}, {}, 'en');
  assert.deepEqual([cut.known, cut.by], ['2024-06-30', ['us']]);
  assert.ok(ids(cut.routes).includes('bridge'));
});
test('facts stay as they were, and are prepared once', () => {
  const before = JSON.stringify(CASE);
  assert.equal(prepare(CASE), prepare(CASE));
  on('2022-12-31').events[0].routes.push('mine');
  assert.equal(JSON.stringify(CASE), before);
  assert.deepEqual(one(on(null).events, 'e1').routes, ['line']);
});
test('a document without rows is shown empty', () => {
  const shown = project({version: 2}, {known: '2022-01-01', by: ['us'], from: '2021-01-01'}, 'en');
  for (const key of ['layers', 'routes', 'events', 'claims', 'places', 'parties', 'sources']) assert.deepEqual(shown[key], []);
});

for (const id of ['constructor', '__proto__', '"><script>alert(1)</script>']) {
  test('ids and texts pass through as they are: ' + id, () => {
    const document = facts({
      layers: [{id, title: id}],
      routes: [{id, title: id, layer: id, kind: 'movement', legs: [{seq: 1, from: id, to: id, mode: 'rail'}], attributes: {constructor: id}}],
      places: [{id, name: id, kind: 'depot'}],
      events: [{id, title: id, when: '2022-11-02', layer: id, routes: [id], related: [id], note: id}],
      claims: [claim(id, {events: [id], party: id, routes: [id], sources: [id], statement: id, unit: id, quantity: 1})],
      parties: [{id, name: id, kind: 'state'}],
      sources: [{id, text: id}]
    });
    const shown = project(document, {by: [id], known: '2023-01-01'}, 'en');
    for (const key of ['layers', 'routes', 'events', 'claims', 'places', 'parties', 'sources']) assert.deepEqual(ids(shown[key]), [id]);
    assert.deepEqual([shown.events[0].note, shown.claims[0].statement, shown.claims[0].quantity_text], [id, id, '1 ' + id]);
    assert.equal(shown.routes[0].attributes.constructor, id);
    assert.deepEqual([shown.events[0].status, shown.routes[0].events], ['asserted', [id]]);
    assert.equal({}.title, undefined);
  });
}
