import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ReportedBalance } from '../../src/balances/balance.js';
import { createBalanceRecorder } from '../../src/balances/balance-recorder.js';
import { listReadings, writeReadings } from '../../src/balances/readings.js';
import { openDatabase } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';
import { createPayer, daysAgo, read } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

type Payer = Awaited<ReturnType<typeof createPayer>>;

const readingsOf = async ({ as, connection }: Payer): Promise<[number, string][]> => {
  const page = { accountId: connection.accountId, first: 50, after: null };
  const { items } = await listReadings({ database: store.database }, as.VIEWER, page);
  return items.map(({ credits, source }) => [Number(credits), source]);
};
const hourOf = (): number => Math.floor(Date.now() / 3_600_000);
const noted = (
  payer: Payer,
  credits: number,
  source: ReportedBalance['source'] = 'REPORTED',
): ReportedBalance => ({
  workspaceId: payer.id,
  accountId: payer.connection.accountId,
  credits: BigInt(credits),
  source,
});

it('writes the first reported balance at once and later ones together', async () => {
  const startedIn = hourOf();
  const payer = await createPayer(store.database);
  const recorder = createBalanceRecorder({ database: store.database, log: silentLog }, 60_000);
  recorder.reportBalance(noted(payer, 90));
  await vi.waitFor(async () => expect(await readingsOf(payer)).toEqual([[90, 'REPORTED']]));
  for (let left = 89; left > 60; left -= 1) recorder.reportBalance(noted(payer, left));
  expect(await readingsOf(payer)).toEqual([[90, 'REPORTED']]);
  await recorder.close();
  // Within one hour the last report stands for all; only where the hour has just turned does the first stay.
  const older = hourOf() === startedIn ? [] : [[90, 'REPORTED']];
  expect(await readingsOf(payer)).toEqual([[61, 'REPORTED'], ...older]);
});

it('records the lowest balance when responses overtake each other', async () => {
  const payer = await createPayer(store.database);
  const recorder = createBalanceRecorder({ database: store.database, log: silentLog }, 60_000);
  for (const left of [80, 77, 79, 78]) recorder.reportBalance(noted(payer, left));
  await recorder.close();
  expect(await readingsOf(payer)).toEqual([[77, 'REPORTED']]);
});

it('records 0 when the provider refuses because no credits are left, beside a person’s readings', async () => {
  const payer = await createPayer(store.database);
  const place = { workspaceId: payer.id, accountId: payer.connection.accountId };
  const recorder = createBalanceRecorder({ database: store.database, log: silentLog }, 0);
  recorder.reportBalance(noted(payer, 5));
  await vi.waitFor(async () => expect(await readingsOf(payer)).toHaveLength(1));
  await read(store.database, place, { at: new Date(), credits: 4 });
  recorder.reportBalance(noted(payer, 0, 'OUT_OF_CREDITS'));
  await recorder.close();
  expect(await readingsOf(payer)).toEqual([
    [0, 'OUT_OF_CREDITS'],
    [4, 'RECORDED'],
    [5, 'REPORTED'],
  ]);
});

it('keeps one reading per hour and source', async () => {
  const startedIn = hourOf();
  const payer = await createPayer(store.database);
  for (let count = 0; count < 5; count += 1) {
    await writeReadings(store.database.db, [{ ...noted(payer, 6), agoMs: 0 }]);
    await writeReadings(store.database.db, [{ ...noted(payer, 0, 'OUT_OF_CREDITS'), agoMs: 0 }]);
  }
  const hours = hourOf() - startedIn + 1;
  expect((await readingsOf(payer)).length).toBeLessThanOrEqual(2 * hours);
});

it('records no balance that the API cannot show', async () => {
  const payer = await createPayer(store.database);
  const recorder = createBalanceRecorder({ database: store.database, log: silentLog }, 1);
  recorder.reportBalance(noted(payer, 1e12));
  recorder.reportBalance(noted(payer, 2 ** 31 - 1));
  await recorder.close();
  expect(await readingsOf(payer)).toEqual([[2 ** 31 - 1, 'REPORTED']]);
});

it('records another reading when the hour changes', async () => {
  const payer = await createPayer(store.database);
  const place = { workspaceId: payer.id, accountId: payer.connection.accountId };
  await read(store.database, place, { at: daysAgo(1 / 12), credits: 9, source: 'REPORTED' });
  const recorder = createBalanceRecorder({ database: store.database, log: silentLog }, 0);
  recorder.reportBalance(noted(payer, 8));
  await recorder.close();
  expect(await readingsOf(payer)).toEqual([
    [8, 'REPORTED'],
    [9, 'REPORTED'],
  ]);
});

it('writes nothing when the balance is unchanged, for each account', async () => {
  const [one, two] = [await createPayer(store.database), await createPayer(store.database)];
  const recorder = createBalanceRecorder({ database: store.database, log: silentLog }, 0);
  recorder.reportBalance(noted(one, 7));
  recorder.reportBalance(noted(two, 8));
  await vi.waitFor(async () => expect(await readingsOf(two)).toEqual([[8, 'REPORTED']]));
  await store.database.sql`delete from balance_readings where workspace_id = ${one.id}`;
  recorder.reportBalance(noted(one, 7));
  await recorder.close();
  expect(await readingsOf(one)).toEqual([]);
});

it('neither throws nor waits when the database is lost, and writes later balances', async () => {
  const payer = await createPayer(store.database);
  const lost = openDatabase(store.address);
  await lost.close();
  const warned: object[] = [];
  const log = { ...silentLog, warn: (facts: object) => warned.push(facts) } as typeof silentLog;
  const database = { ...store.database, db: lost.db };
  const recorder = createBalanceRecorder({ database, log }, 0);
  for (let left = 1_000; left > 0; left -= 1) recorder.reportBalance(noted(payer, left));
  await vi.waitFor(() => expect(warned).toHaveLength(1));
  expect(warned).toEqual([{ accounts: 1 }]);
  database.db = store.database.db;
  recorder.reportBalance(noted(payer, 1));
  await recorder.close();
  expect(await readingsOf(payer)).toEqual([[1, 'REPORTED']]);
});
