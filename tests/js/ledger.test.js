'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
require('../../maps/static/words.js');
const order = require('../../maps/static/ledgerorder.js');
const origins = require('../../maps/static/origins.js');
const {create} = require('../../maps/static/index.js');

const span = (earliest, latest, more) => Object.assign({earliest, latest, approximate: false, uncertain: false}, more);
const EVENTS = [
  {id: 'open', span: span('2023-08-01', null)},
  {id: 'until', span: span(null, '2022-11-02')},
  {id: 'day', span: span('2022-11-04', '2022-11-04')},
  {id: 'month', span: span('2022-01-01', '2022-01-31')},
  {id: 'never', span: span(null, null)},
  {id: 'about', span: span('2024-11-01', '2024-11-30', {approximate: true})}
];
const CLAIMS = [
  {id: 'us', party: 'us', stance: 'asserts', about: ['movement']},
  {id: 'us-state', party: 'us-state', stance: 'asserts', about: ['movement', 'cargo']},
  {id: 'paper', party: 'paper', stance: 'asserts', about: ['movement'], derived_from: 'us-state'},
  {id: 'rok', party: 'rok', stance: 'observes', about: ['movement']},
  {id: 'think', party: 'think', stance: 'asserts', about: ['movement'], verified: 'no'},
  {id: 'dprk', party: 'dprk', stance: 'denies', about: ['movement']}
];
const index = create({
  events: [{id: 'e', claims: CLAIMS.map((claim) => claim.id), origins: 2}],
  claims: CLAIMS,
  parties: ['us', 'rok', 'paper', 'dprk', 'think']
    .map((id) => ({id, name: id}))
    .concat({id: 'us-state', name: 'us-state', part_of: 'us'})
});

test('events stand under the year of their first day, or of their last where only that is known', () => {
  assert.deepEqual(
    order.events(EVENTS).map(({year, items}) => [year, items.map((event) => event.id)]),
    [
      ['2022', ['month', 'until', 'day']],
      ['2023', ['open']],
      ['2024', ['about']],
      [null, ['never']]
    ]
  );
});
test('a date is drawn as what it is', () => {
  assert.deepEqual(EVENTS.map(order.dateKind), ['open', 'until', 'day', 'stretch', 'vague', 'vague']);
});
test('claims stand in the order in which they became known, undated ones last', () => {
  const claims = [
    {id: 'b', known_from: '2023-01-31'},
    {id: 'a', known_from: '2022-05-05'},
    {id: 'x', known_from: null}
  ];
  assert.deepEqual(
    order.claims(claims).map(({year, items}) => [year, items.map((claim) => claim.id)]),
    [
      ['2022', ['a']],
      ['2023', ['b']],
      [null, ['x']]
    ]
  );
});
test('a closed entry shows movement and cargo apart, or else what there is', () => {
  assert.deepEqual(order.headline({statuses: {cargo: 'asserted', movement: 'confirmed', path: 'alleged'}}), [
    'movement',
    'cargo'
  ]);
  assert.deepEqual(order.headline({statuses: {occurrence: 'confirmed', movement: 'none'}}), ['occurrence']);
  assert.deepEqual(order.headline({}), []);
});
test('an agency and its state are one origin, a paper that repeats them none, and what is unverified does not count', () => {
  assert.deepEqual(origins.parties(index, index.event('e')), ['us', 'rok']);
});
test('where the number of origins differs from those that can be named, nobody is named', () => {
  assert.deepEqual(origins.parties(index, Object.assign({}, index.event('e'), {origins: 1})), []);
});
test('those who speak stand by origin, with those who repeat them', () => {
  const groups = origins.groups(index, index.claims(index.event('e')));
  assert.deepEqual(
    groups.map((group) => [group.party, group.claims.map((claim) => claim.id), group.repeaters]),
    [
      ['us', ['us', 'us-state'], ['paper']],
      ['rok', ['rok'], []]
    ]
  );
});
test('a circle of claims or parties ends', () => {
  const circle = create({
    claims: [
      {id: 'a', party: 'p', derived_from: 'b'},
      {id: 'b', party: 'q', derived_from: 'a'}
    ],
    parties: [
      {id: 'p', part_of: 'q'},
      {id: 'q', part_of: 'p'}
    ]
  });
  assert.ok(['p', 'q'].includes(origins.of(circle, circle.claim('a'))));
});
