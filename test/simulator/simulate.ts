import { parseArgs } from 'node:util';
import type { TestProject } from 'vitest/node';
import type { DatabaseAddress } from '../../src/platform/database.js';
import { administer, databaseAt, setup, type TestServer } from '../support/postgres.js';
import { useMemory } from '../support/use-memory.js';
import { makeHistory } from './make-history.js';
import { type Failure, runChecked, runSeeds } from './run-seeds.js';
import { shrinkHistory } from './shrink-history.js';
import { openSimulatorDatabase } from './simulator-database.js';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, seed: { type: 'string' }, from: { type: 'string' } },
});
const concurrency = 6;

useMemory();

let server: TestServer | undefined;
const project = { provide: (_: string, provided: TestServer) => (server = provided) };
// setup() uses only `provide` of the project.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const stop = await setup(project as unknown as TestProject);
try {
  if (server === undefined) throw new Error('the test server has no address');
  const name = 'gateway_simulated';
  await administer(server.address, `drop database if exists ${name} with (force)`);
  await administer(server.address, `create database ${name} template ${server.template}`);
  const address = databaseAt(server.address, name);
  const startedMs = performance.now();
  const failure =
    values.seed === undefined ? await runMany(address) : await replay(address, Number(values.seed));
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  if (failure === null) {
    console.log(
      `${values.seed === undefined ? `${values.seeds} histories` : `Seed ${values.seed}`} in ${seconds} s: no violation.`,
    );
  } else {
    await printFailure(address, failure);
    process.exitCode = 1;
  }
} finally {
  await stop();
}
process.exit();

async function runMany(address: DatabaseAddress): Promise<Failure | null> {
  const first = values.from === undefined ? Math.floor(Math.random() * 1e9) : Number(values.from);
  return await runSeeds(address, { first, count: Number(values.seeds), concurrency }, (completed) => {
    if (completed % 100 === 0) console.log(`${completed} histories so far`);
  });
}

/** Some failures depend on timing: a replay makes ten attempts. */
async function replay(address: DatabaseAddress, seed: number): Promise<Failure | null> {
  const store = await openSimulatorDatabase(address, 'replay');
  const history = makeHistory(seed);
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const faults = await runChecked(store, history);
      if (faults.length > 0) return { history, faults };
    }
    return null;
  } finally {
    await store.close();
  }
}

async function printFailure(address: DatabaseAddress, { history, faults }: Failure): Promise<void> {
  console.log(`Seed ${history.seed} fails: npm run simulate -- --seed ${history.seed}`);
  for (const fault of faults) console.log(`- ${fault}`);
  const store = await openSimulatorDatabase(address, 'shrink');
  let last = faults;
  const shortest = await shrinkHistory(
    history,
    async (candidate) => {
      const found = await runChecked(store, candidate);
      if (found.length > 0) last = found;
      return found.length > 0;
    },
    3,
  );
  await store.close();
  console.log(`Its shortest history (${shortest.steps.length} steps):`);
  console.log(JSON.stringify({ ...shortest, steps: undefined }));
  for (const step of shortest.steps) console.log(JSON.stringify(step));
  console.log('which ends in:');
  for (const fault of last) console.log(`- ${fault}`);
}
