/* Reads {facts, lenses, language} and prints the facts through each lens, for tests in Python. Not a test itself. */
'use strict';
const fs = require('node:fs');
const {Waybill} = require('./record.js');
const {facts, lenses, language} = JSON.parse(fs.readFileSync(0, 'utf8'));
Waybill.words.use(language);
process.stdout.write(JSON.stringify(lenses.map((lens) => Waybill.view.project(facts, lens, language))));
