'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
const {Waybill, facts} = require('./record.js');
const {STRENGTH, record, parties, known, findings, strongest} = Waybill.evidence;
const vectors = require('../vectors/evidence.json');

const PARTIES = Object.entries(vectors.parties).map(([id, party]) => ({id, ...party}));
const NOTHING = {status: 'none', denied_by: [], origins: 0};
const FIELDS = {events: ['e1'], routes: [], evidence: ['none'], about: ['movement']};

/** A row of the table as the page's document has it. */
function rowOf({event, ...row}) {
  return {...FIELDS, ...(event ? {events: event} : {}), ...row};
}
function claimOf(row) {
  return {...rowOf(row), known_from: row.asserted_on ? Waybill.dates.parse(row.asserted_on).latest : null};
}
/** What some claims come to for one aspect of an event, as in tests/unit/routes/test_evidence.py. */
function found({claims, parties: speakers, known: day, by, event, route, aspect}) {
  const rec = record({claims: claims.map(claimOf), parties: speakers || PARTIES});
  const told = known(rec, day || null, by || null);
  const withdrawals = told.filter((claim) => claim.stance === 'withdraws');
  const about = told
    .filter((claim) => claim.events.includes(event || 'e1'))
    .filter((claim) => !route || !claim.routes.length || claim.routes.includes(route));
  const {status, denied_by, origins} = findings(rec, about, {withdrawals, route})[aspect || 'movement'] || NOTHING;
  return {status, denied_by, origins};
}

test('the table is large enough and covers every status', () => {
  assert.ok(vectors.cases.length >= 60 && vectors.routes.length >= 20);
  assert.deepEqual(new Set(vectors.cases.map((vector) => vector.expect.status)), new Set(STRENGTH));
});
for (const vector of vectors.cases) test(vector.name, () => assert.deepEqual(found(vector), vector.expect));

for (const vector of vectors.routes) {
  test(vector.name, () => {
    const document = facts({
      routes: [{title: 'R', layer: 'all', legs: [], ...vector.route}],
      events: vector.events.map((event) => ({title: event.id, ...event})),
      claims: vector.claims.map(rowOf),
      parties: PARTIES
    });
    const drawn = Waybill.view.project(document, {known: vector.known, by: vector.by}, 'en').routes;
    const shown = drawn.map(({status, denied_by}) => ({status, denied_by}));
    assert.deepEqual(shown, vector.expect === null ? [] : [vector.expect]);
  });
}

/** All orders of a list. */
function orders(list) {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => orders(list.filter((_, n) => n !== i)).map((rest) => [one, ...rest]));
}
test('the order of the table does not matter to claims of different days', () => {
  const told = [
    {id: 'a', party: 'us', stance: 'asserts', asserted_on: '2022-11-02'},
    {id: 'b', party: 'dprk', stance: 'denies', asserted_on: '2022-11-08'},
    {id: 'c', party: 'csis', stance: 'observes', asserted_on: '2023-01', evidence: ['imagery']},
    {id: 'd', party: 'dprk', stance: 'confirms', asserted_on: '2024-02-01', evidence: ['admission']},
    {id: 'e', party: 'us', stance: 'withdraws', asserted_on: '2024-03-01'}
  ];
  for (const [day, expect] of [
    ['2022-11-30', {status: 'asserted', denied_by: ['dprk'], origins: 1}],
    ['2023-02-01', {status: 'evidenced', denied_by: ['dprk'], origins: 2}],
    ['2024-02-01', {status: 'confirmed', denied_by: [], origins: 3}],
    ['2024-03-01', {status: 'confirmed', denied_by: [], origins: 2}]
  ])
    for (const claims of orders(told)) assert.deepEqual(found({claims, known: day}), expect);
});
test('who denied first is named first, whatever the order of the table', () => {
  const denials = [
    {id: 'a', party: 'russia', stance: 'denies', asserted_on: '2022-11-03'},
    {id: 'b', party: 'kcna', stance: 'denies', asserted_on: '2022-11-02'},
    {id: 'c', party: 'prigozhin', stance: 'denies', asserted_on: '2022-11-04'}
  ];
  for (const claims of orders(denials)) assert.deepEqual(found({claims}).denied_by, ['dprk', 'russia', 'prigozhin']);
});
test('searches, notes and what nobody has verified change no status', () => {
  const weights = {
    nothing: [],
    asserted: [{id: 'a', party: 'us', stance: 'asserts', asserted_on: '2022-11-02'}],
    evidenced: [{id: 'a', party: 'csis', stance: 'observes', asserted_on: '2022-11-02', evidence: ['imagery']}],
    denied: [{id: 'a', party: 'dprk', stance: 'denies', asserted_on: '2022-11-02'}]
  };
  const idle = [
    {stance: 'searched', evidence: ['imagery']},
    {stance: 'notes', evidence: ['documents']},
    {stance: 'confirms', evidence: ['admission'], verified: 'no'},
    {stance: 'denies', verified: 'no'},
    {stance: 'withdraws', verified: 'no'}
  ];
  for (const claims of Object.values(weights))
    for (const more of idle)
      for (const party of ['us', 'dprk', 'osc'])
        assert.deepEqual(found({claims: [...claims, {id: 'x', party, asserted_on: '2023-01-01', ...more}]}), found({claims}));
});

const HOSTILE = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
for (const id of HOSTILE) {
  test('an id may be ' + id, () => {
    const speakers = [{id, kind: 'state', groups: [id + '-group']}, {id: 'ministry', kind: 'agency', part_of: id}];
    const claims = [
      {id, party: id, stance: 'asserts', asserted_on: '2022-11-02', events: [id]},
      {id: 'b', party: 'ministry', stance: 'denies', asserted_on: '2022-11-03', events: [id], derived_from: id}
    ];
    const ask = {claims, parties: speakers, event: id};
    assert.deepEqual(found(ask), {status: 'asserted', denied_by: [id], origins: 1});
    assert.deepEqual(found({...ask, by: [id], known: '2022-11-02'}), {status: 'asserted', denied_by: [], origins: 1});
    assert.deepEqual(parties(record({claims: [], parties: speakers}), [id + '-group', id]), {ids: [id], unknown: []});
    assert.equal({}.status, undefined);
  });
  test(id + ' is no party where nobody bears that name', () => {
    const claims = [{id: 'a', party: id, stance: 'asserts', asserted_on: '2022-11-02', derived_from: id}];
    assert.deepEqual(found({claims}), {status: 'alleged', denied_by: [], origins: 1});
    assert.deepEqual(parties(record({claims: [], parties: PARTIES}), [id]), {ids: [], unknown: [id]});
  });
}
test('claims and parties that go round in circles come to an end', () => {
  const speakers = [{id: 'p', kind: 'media', part_of: 'q'}, {id: 'q', kind: 'media', part_of: 'p'}];
  const claims = [
    {id: 'a', party: 'p', stance: 'asserts', asserted_on: '2022-11-02', derived_from: 'b'},
    {id: 'b', party: 'p', stance: 'asserts', asserted_on: '2022-11-02', derived_from: 'a'}
  ];
  assert.equal(found({claims, parties: speakers}).status, 'alleged');
});
test('the strongest of some statuses', () => {
  assert.equal(strongest(['alleged', 'confirmed', 'none']), 'confirmed');
  assert.equal(strongest([]), 'none');
  assert.equal(strongest(['infrastructure']), 'infrastructure');
});
