import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect, type DatabaseAddress, openDatabase } from '../../src/platform/database.js';
import { dropPostgres, isAlive, runningPostgres } from '../../src/platform/embedded/running-postgres.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { makeFolder } from '../support/gateway.js';
import {
  type CountingFirmable,
  domainsFrom,
  identifiersOf,
  startCountingFirmable,
} from './counting-firmable.js';
import { startGateways } from './gateways.js';
import { openOwnPostgres } from './own-postgres.js';

const count = 20;
let firmable: CountingFirmable;
const cleanups: (() => unknown)[] = [];

beforeEach(async () => {
  firmable = await startCountingFirmable();
  cleanups.push(firmable.close);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
}, 60_000);

const untilCalled = async (calls: number): Promise<void> => {
  await expect.poll(() => firmable.requests.length, { timeout: 20_000, interval: 5 }).toBe(calls);
};

const untilCharged = async (records: number): Promise<void> => {
  await expect.poll(() => firmable.charges.length, { timeout: 20_000, interval: 5 }).toBe(records);
};

const chargesIn = async (address: DatabaseAddress): Promise<string[]> => {
  const sql = connect(address, { max: 1 });
  try {
    const rows = await sql<{ line: string }[]>`
      select concat_ws(' ', kind, charge, credits, count(*)) as line from entries
      where credits <> 0 or kind = 'CORRECTION' group by kind, charge, credits order by 1`;
    return rows.map(({ line }) => line);
  } finally {
    await sql.end();
  }
};

const expectAtRest = async (address: DatabaseAddress): Promise<void> => {
  const database = openDatabase(address);
  try {
    expect(await database.sql`select state from reservations`).toHaveLength(0);
    expect(await verifyLedger(database)).toMatchObject({ disagreements: [], hints: [] });
  } finally {
    await database.close();
  }
};

it('settles and returns what was charged while PostgreSQL was stopped when it runs again', async () => {
  const postgres = await openOwnPostgres();
  cleanups.push(postgres.remove);
  const gateways = await startGateways({
    count: 1,
    store: { DATABASE_URL: postgres.address.url },
    firmableUrl: firmable.url,
  });
  cleanups.push(gateways.close);

  const release = firmable.hold();
  const lookups = gateways.lookUpAll(0, domainsFrom(1, count));
  await untilCalled(count);
  await postgres.stopImmediately();
  release();
  await untilCharged(count);
  await postgres.start();

  const answers = await lookups;
  expect(new Set(answers.map(({ outcome, receipt }) => `${outcome} ${receipt.charge}`))).toEqual(
    new Set(['FOUND CHARGED']),
  );
  expect(await chargesIn(postgres.address)).toEqual([`LOOKUP CHARGED 1 ${count}`]);
  await expectAtRest(postgres.address);
}, 60_000);

it('presumes the charge, and resolves it for free, when the gateway dies before PostgreSQL runs again', async () => {
  const postgres = await openOwnPostgres();
  cleanups.push(postgres.remove);
  const gateways = await startGateways({
    count: 1,
    store: { DATABASE_URL: postgres.address.url },
    firmableUrl: firmable.url,
    env: { RESERVATION_SECONDS: '4' },
  });
  cleanups.push(gateways.close);
  const { domain } = identifiersOf(1);

  const release = firmable.hold();
  const lookups = gateways.lookUp(0, { domain }).catch(() => 'nothing');
  await untilCalled(1);
  await postgres.stopImmediately();
  release();
  await untilCharged(1);
  gateways.processes[0]?.signal('SIGKILL');
  expect(await lookups).toBe('nothing');
  await postgres.start();

  const next = await gateways.add();
  await expect
    .poll(() => chargesIn(postgres.address), { timeout: 15_000, interval: 50 })
    .toEqual(['LOOKUP PRESUMED 1 1']);
  expect(await gateways.lookUp(next, { domain })).toMatchObject({
    outcome: 'FOUND',
    receipt: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0 },
  });
  expect(await chargesIn(postgres.address)).toEqual(['CORRECTION CHARGED 0 1', 'LOOKUP PRESUMED 1 1']);
  expect(firmable.charges).toEqual([1]);
  await expectAtRest(postgres.address);
}, 60_000);

it('keeps every charge when the embedded PostgreSQL is stopped between response and settlement', async () => {
  const { folder, remove } = makeFolder();
  const dataDir = path.join(folder, 'data');
  const clusterDir = path.join(dataDir, 'postgres');
  cleanups.push(remove, () => dropPostgres(clusterDir));
  const gateways = await startGateways({
    count: 1,
    store: { DATA_DIR: dataDir },
    firmableUrl: firmable.url,
  });
  cleanups.push(gateways.close);
  const by = domainsFrom(1, count);

  const release = firmable.hold();
  const lookups = gateways.lookUpAll(0, by);
  await untilCalled(count);
  const { pid = 0, socketDir = null } = runningPostgres(clusterDir) ?? {};
  process.kill(pid, 'SIGQUIT');
  await expect.poll(() => isAlive(pid), { timeout: 10_000, interval: 2 }).toBe(false);
  release();
  await lookups;

  // A settlement is tried for as long as the process lives, also after its caller got an error.
  const address = { socketDir: socketDir ?? '', user: 'postgres', database: 'postgres' };
  await expect
    .poll(() => chargesIn(address).catch(() => []), { timeout: 20_000, interval: 50 })
    .toEqual([`LOOKUP CHARGED 1 ${count}`]);
  const again = await gateways.lookUpAll(0, by);
  expect(new Set(again.map(({ outcome, receipt }) => `${outcome} ${receipt.charge}`))).toEqual(
    new Set(['FOUND ALREADY_UNLOCKED']),
  );
  expect(firmable.charges).toHaveLength(count);
  await expectAtRest(address);
}, 60_000);
