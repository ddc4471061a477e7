import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchLookups } from './lookups.js';
import { benchDashboard } from './dashboard.js';
import { benchExports } from './exports.js';
import { benchInstances } from './instances.js';
import { benchJobs } from './jobs.js';
import { benchLedger } from './ledger.js';
import { type BenchStore, openStore } from './open-store.js';
import { type BenchOptions, readOptions } from './read-options.js';
import { benchReports } from './reports/bench-reports.js';
import type { SetResult } from './sets.js';
import { benchSoak } from './soak.js';
import { benchStart } from './start.js';
import { benchUploads } from './uploads.js';

type Set = (options: BenchOptions) => Promise<SetResult>;

/** A set that needs a database and no gateway in front of it. */
const onStore =
  (measure: (store: BenchStore, full: boolean) => Promise<object[]>): Set =>
  async ({ full }) => {
    const store = await openStore();
    try {
      return { rows: await measure(store, full), outcomes: [] };
    } finally {
      await store.close();
    }
  };

const sets = {
  lookups: ({ lookups }) => benchLookups(lookups),
  start: benchStart,
  soak: ({ full }) => benchSoak(full),
  instances: benchInstances,
  jobs: ({ full }) => benchJobs(full),
  ledger: onStore(benchLedger),
  reports: ({ entries, full }) => benchReports(full, entries),
  exports: onStore(benchExports),
  uploads: onStore(benchUploads),
  dashboard: benchDashboard,
} as const satisfies Record<string, Set>;

const isSet = (name: string): name is keyof typeof sets => Object.hasOwn(sets, name);

const options = readOptions(process.argv.slice(2));
const unknown = options.sets.filter((name) => !isSet(name));
if (unknown.length > 0) {
  console.error(`There is no set ${unknown.join(', ')}: choose from ${Object.keys(sets).join(', ')}.`);
  process.exit(1);
}

const results: object[] = [];
const outcomes: object[] = [];
for (const name of options.sets.length === 0 ? Object.keys(sets) : options.sets) {
  if (!isSet(name)) continue;
  const result = await sets[name](options);
  console.log(name);
  console.table(result.rows);
  if (result.outcomes.length > 0) console.table(result.outcomes);
  results.push(...result.rows);
  outcomes.push(...result.outcomes);
}
const file = 'bench-results.json';
const machine = { at: new Date().toISOString(), node: process.version, cores: cpus().length };
writeFileSync(file, `${JSON.stringify({ ...machine, results, outcomes }, null, 2)}\n`);
console.log(`Wrote ${file}.`);
process.exit(0);
