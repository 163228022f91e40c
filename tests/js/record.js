'use strict';
/* The page's view of a record, without the page. Not a test itself. */
const path = require('node:path');
const STATIC = path.join(__dirname, '../../maps/static');
['words', 'dates', 'datewords', 'evidence', 'names', 'figures', 'tristate', 'lens', 'view', 'index', 'selection', 'store'].forEach((name) =>
  require(path.join(STATIC, name + '.js'))
);

/** The rows by their ids. */
function byId(rows) {
  return new Map(rows.map((row) => [row.id, row]));
}
const ids = (rows) => rows.map((row) => row.id);

/** Facts as maps/payload.py writes them, with what every case has; `rows` are its tables. */
function facts(rows) {
  return Object.assign(
    {
      version: 2,
      case: {title: 'A case', updated: '2026-01-01'},
      cut: {known: null, by: null},
      view: {},
      layers: [{id: 'all', title: 'All'}],
      routes: [],
      places: [],
      events: [],
      claims: [],
      parties: [],
      sources: [],
      credits: []
    },
    rows
  );
}
function claim(id, more) {
  const own = {id, events: ['e1'], party: 'us', stance: 'asserts', asserted_on: '2022-11-02', about: ['movement'], evidence: ['none']};
  return Object.assign(own, {statement: 's'}, more);
}

module.exports = {Waybill: globalThis.Waybill, byId, ids, facts, claim};
