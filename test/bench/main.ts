import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchLedger } from './ledger.js';
import type { Measured } from './numbers.js';
import { openStore } from './open-store.js';

const sets = { ledger: benchLedger } as const;

const isSet = (name: string): name is keyof typeof sets => Object.hasOwn(sets, name);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !isSet(name));
if (unknown.length > 0) {
  console.error(`There is no set ${unknown.join(', ')}: choose from ${Object.keys(sets).join(', ')}.`);
  process.exit(1);
}

const store = await openStore();
const results: Measured[] = [];
try {
  for (const name of names.length === 0 ? Object.keys(sets) : names) {
    if (isSet(name)) results.push(...(await sets[name](store)));
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
