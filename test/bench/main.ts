import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchExports } from './exports.js';
import { benchLedger } from './ledger.js';
import { openStore } from './open-store.js';
import { benchReports } from './reports.js';

const sets = { ledger: benchLedger, reports: benchReports, exports: benchExports } as const;

const isSet = (name: string): name is keyof typeof sets => Object.hasOwn(sets, name);

const given = process.argv.slice(2);
/** Also the sizes that take minutes to make. */
const full = given.includes('--full');
const names = given.filter((name) => name !== '--full');
const unknown = names.filter((name) => !isSet(name));
if (unknown.length > 0) {
  console.error(`There is no set ${unknown.join(', ')}: choose from ${Object.keys(sets).join(', ')}.`);
  process.exit(1);
}

const store = await openStore();
const results: object[] = [];
try {
  for (const name of names.length === 0 ? Object.keys(sets) : names) {
    if (isSet(name)) results.push(...(await sets[name](store, full)));
  }
} finally {
  await store.close();
}
console.table(results);
const file = 'bench-results.json';
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cores: cpus().length, results }, null, 2)}\n`,
);
console.log(`Wrote ${file}.`);
process.exit(0);
