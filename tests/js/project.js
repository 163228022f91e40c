/* Reads {facts, lenses, language} and prints the facts through each lens, for tests in Python. Not a test itself. */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const STATIC = path.join(__dirname, '../../maps/static');
['words', 'dates', 'datewords', 'evidence', 'names', 'figures', 'lens', 'view'].forEach((name) => require(path.join(STATIC, name + '.js')));
const {facts, lenses, language} = JSON.parse(fs.readFileSync(0, 'utf8'));
globalThis.Waybill.words.use(language);
process.stdout.write(JSON.stringify(lenses.map((lens) => globalThis.Waybill.view.project(facts, lens, language))));
