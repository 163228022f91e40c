'use strict';
const test = require('node:test');
const assert = require('node:assert/strict');
['words', 'dates', 'datewords', 'evidence', 'names', 'figures', 'lens', 'view'].forEach((name) => require('../../maps/static/' + name + '.js'));
const {parse} = require('../../maps/static/dates.js');
const evidence = require('../../maps/static/evidence.js');
const linestyle = require('../../maps/static/linestyle.js');
const {project} = require('../../maps/static/view.js');
const VECTORS = require('../vectors/evidence.json');
const {STRENGTH, strongest} = evidence;

const PARTIES = Object.entries(VECTORS.parties).map(([id, party]) => Object.assign({id, part_of: null, groups: []}, party));
const NOTHING = {status: 'none', denied_by: [], origins: 0};

/** A claim of the table as the page's document has it. */
function row(cells) {
  const {event, ...rest} = cells;
  const plain = {events: event || ['e1'], route: null, place: null, routes: [], sources: [], derived_from: null, verified: 'yes'};
  return Object.assign(plain, rest);
}
function claimOf(cells) {
  return Object.assign(row(cells), {known_from: parse(cells.asserted_on).latest});
}
function recordOf(rows) {
  return evidence.record({claims: rows.map(claimOf), parties: PARTIES});
}
function found(rows, known, by) {
  const record = recordOf(rows);
  return evidence.findings(record, evidence.known(record, known || null, by || null));
}
/** Findings without the order in which their denials came. */
function plain(findings) {
  return Object.fromEntries(
    Object.keys(findings)
      .sort()
      .map((aspect) => {
        const {status, denied_by, origins} = findings[aspect];
        return [aspect, {status, denied_by: denied_by.slice().sort(), origins}];
      })
  );
}

test('the table is there in full and covers every status', () => {
  assert.ok(VECTORS.cases.length >= 60);
  assert.ok(VECTORS.routes.length >= 15);
  assert.deepEqual(new Set(VECTORS.cases.map((vector) => vector.expect.status)), new Set(STRENGTH));
});

VECTORS.cases.forEach((vector) => {
  test('event: ' + vector.name, () => {
    const record = recordOf(vector.claims);
    const all = evidence.known(record, vector.known, vector.by);
    const withdrawals = all.filter((claim) => claim.stance === 'withdraws');
    const route = vector.route || null;
    const claims = all
      .filter((claim) => claim.events.includes(vector.event || 'e1'))
      .filter((claim) => !route || !claim.routes.length || claim.routes.includes(route));

    const one = evidence.findings(record, claims, {withdrawals, route})[vector.aspect] || NOTHING;

    assert.deepEqual({status: one.status, denied_by: one.denied_by, origins: one.origins}, vector.expect);
  });
});

VECTORS.routes.forEach((vector) => {
  test('route: ' + vector.name, () => {
    const facts = {
      routes: [vector.route],
      events: vector.events.map((event) => Object.assign({when: null}, event)),
      claims: vector.claims.map(row),
      parties: PARTIES
    };

    const {routes} = project(facts, {known: vector.known, by: vector.by}, 'en');

    const drawn = routes.map(({status, denied_by}) => ({status, denied_by}));
    assert.deepEqual(drawn, vector.expect ? [vector.expect] : []);
  });
});

/** The same numbers on every machine, so that a failure can be seen again. */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}
const DAYS = ['2022-11-02', '2022-11', '2023-08~', '2023-01-20', '../2022-12-01', '2022-10-07', '2022-12-24', '2023-03'];
const STANCES = ['asserts', 'observes', 'confirms', 'denies', 'withdraws', 'searched', 'notes'];
function someClaims(roll, stances) {
  const pick = (list) => list[roll(list.length)];
  return Array.from({length: 1 + roll(7)}, (_, i) => ({
    id: 'c' + i,
    party: pick(PARTIES).id,
    stance: pick(stances),
    asserted_on: DAYS[i],
    about: pick([['movement'], ['cargo'], ['movement', 'cargo']]),
    evidence: pick([['none'], ['none'], ['imagery'], ['documents'], ['admission']]),
    routes: pick([[], [], ['r1'], ['r1', 'r2']]),
    derived_from: i && !roll(3) ? 'c' + roll(i) : null,
    verified: pick(['yes', 'yes', 'derived', 'no'])
  }));
}
function shuffled(roll, list) {
  const left = list.slice();
  return list.map(() => left.splice(roll(left.length), 1)[0]);
}
const RUNS = 400;
const WITHOUT_WITHDRAWALS = STANCES.filter((stance) => stance !== 'withdraws');

test('the order of claims of different days in their table changes nothing', () => {
  const roll = dice(1);
  for (let i = 0; i < RUNS; i++) {
    const rows = someClaims(roll, STANCES);
    assert.deepEqual(plain(found(shuffled(roll, rows))), plain(found(rows)), JSON.stringify(rows));
  }
});
test('searches, notes and unverified claims change no status, no denial and no count', () => {
  const roll = dice(2);
  for (let i = 0; i < RUNS; i++) {
    const rows = someClaims(roll, STANCES);
    const idle = [
      {stance: 'searched', verified: 'yes'},
      {stance: 'notes', verified: 'yes'},
      {stance: 'asserts', verified: 'no'},
      {stance: 'denies', verified: 'no'},
      {stance: 'withdraws', verified: 'no'}
    ].map((one, n) => Object.assign({id: 'idle' + n, party: 'us', asserted_on: '2023-09-01', about: ['movement', 'cargo'], evidence: ['imagery']}, one));
    assert.deepEqual(found(rows.concat(idle)), found(rows), JSON.stringify(rows));
  }
});
test('without withdrawals a status only grows stronger with time, and weaker with fewer tellers', () => {
  const roll = dice(3);
  for (let i = 0; i < RUNS; i++) {
    const rows = someClaims(roll, WITHOUT_WITHDRAWALS);
    const all = found(rows);
    const by = PARTIES.filter(() => roll(2)).map((party) => party.id);
    [found(rows, '2022-12-31'), found(rows, null, by)].forEach((some) =>
      Object.keys(some).forEach((aspect) =>
        assert.ok(STRENGTH.indexOf(all[aspect].status) <= STRENGTH.indexOf(some[aspect].status), JSON.stringify({rows, by}))
      )
    );
  }
});
test('a denial lowers no status', () => {
  const roll = dice(4);
  for (let i = 0; i < RUNS; i++) {
    const rows = someClaims(roll, STANCES);
    const denial = {id: 'no', party: 'prigozhin', stance: 'denies', asserted_on: '2023-09-01', about: ['movement'], evidence: ['none']};
    const [before, after] = [found(rows).movement, found(rows.concat(denial)).movement];
    assert.ok(after.denied_by.includes('prigozhin'));
    assert.equal(after.status, before ? before.status : 'unsupported');
  }
});

test('claims come in the order in which they were made, undated last, those of one day as in their table', () => {
  const said = (id, known_from) => Object.assign(row({id, party: 'us', stance: 'asserts', about: ['cargo'], evidence: ['none']}), {known_from});
  const claims = [said('open', null), said('late', '2023-01-01'), said('b', '2022-11-02'), said('a', '2022-11-02')];
  const record = evidence.record({claims, parties: PARTIES});
  const ids = (list) => list.map((claim) => claim.id);
  assert.deepEqual(ids(evidence.known(record, null, null)), ['b', 'a', 'late', 'open']);
  assert.deepEqual(ids(evidence.known(record, '2022-11-02', null)), ['b', 'a']);
  assert.deepEqual(ids(evidence.known(record, '2022-11-01', null)), []);
  assert.deepEqual(evidence.known(record, null, []), []);
});
test('unverified claims are known, they only do not count', () => {
  const rows = [{id: 'a', party: 'us', stance: 'asserts', asserted_on: '2022-11-02', about: ['cargo'], evidence: ['none'], verified: 'no'}];
  const record = recordOf(rows);
  assert.equal(evidence.known(record, '2022-11-02', ['us']).length, 1);
  assert.deepEqual(evidence.findings(record, evidence.known(record, null, null)), {});
});
test('circles of parties and of claims end', () => {
  const parties = [{id: 'a', kind: 'media', part_of: 'b'}, {id: 'b', kind: 'media', part_of: 'a'}];
  const say = (id, party, derived_from) => claimOf({id, party, derived_from, stance: 'asserts', asserted_on: '2022', about: ['cargo'], evidence: ['none']});
  const record = evidence.record({claims: [say('x', 'a', 'y'), say('y', 'b', 'x')], parties});
  assert.deepEqual(record.lineage('a'), ['a', 'b']);
  assert.equal(record.top('a'), 'b');
  assert.deepEqual(record.ancestry(record.claims.get('x')).map((claim) => claim.id), ['x', 'y']);
  assert.equal(evidence.findings(record, evidence.known(record, null, null)).cargo.status, 'alleged');
});
test('ids that are words of JavaScript are ids like any other', () => {
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const parties = names.map((id, i) => ({id, kind: 'state', part_of: names[i + 1] || null, groups: ['valueOf']}));
  const claims = names.map((id) => claimOf({id, party: id, stance: 'denies', asserted_on: '2022', about: ['cargo'], evidence: ['none']}));
  const record = evidence.record({claims, parties});
  assert.deepEqual(record.lineage('constructor'), names);
  assert.deepEqual(evidence.findings(record, evidence.known(record, null, ['__proto__'])).cargo.denied_by, ['hasOwnProperty']);
  assert.deepEqual(evidence.parties(record, ['valueOf']), {ids: names, unknown: []});
  assert.deepEqual(evidence.parties(evidence.record({claims: [], parties: []}), names), {ids: [], unknown: names});
  assert.deepEqual(record.lineage('isPrototypeOf'), ['isPrototypeOf']);
});
test('groups become their parties, and an id that is both is the party', () => {
  const parties = [
    {id: 'us', kind: 'state', groups: ['allies', 'dprk']},
    {id: 'rok', kind: 'state', groups: ['allies']},
    {id: 'dprk', kind: 'state', groups: []}
  ];
  const record = evidence.record({claims: [], parties});
  assert.deepEqual(evidence.parties(record, ['dprk', 'allies', 'us', 'nobody']), {ids: ['dprk', 'us', 'rok'], unknown: ['nobody']});
});
test('strength is defined once', () => {
  assert.equal(linestyle.strongest, strongest);
  assert.equal(linestyle.STRENGTH, STRENGTH);
  assert.equal(strongest([]), 'none');
  STRENGTH.forEach((status, i) => assert.equal(strongest(STRENGTH.slice(i).reverse()), status));
});
