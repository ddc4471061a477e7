import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { BalanceEstimate } from '../../src/balances/balance.js';
import { createBalanceReader, estimateFor } from '../../src/balances/read-balance.js';
import { setBalancePlan } from '../../src/balances/set-balance-plan.js';
import { batchRun, type BatchRun } from '../../src/platform/batcher.js';
import type { Database } from '../../src/platform/database.js';
import { openArchive } from '../ledger/archive/open-archive.js';
import { archiveMonth } from '../../src/ledger/archive/archive-month.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { untilWaiting } from '../jobs/setup.js';
import { charge, createPayer, daysAgo, read } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const readerOf = (database: Database, onRead = (): void => {}) =>
  createBalanceReader({
    database,
    refreshBalance: () => {
      onRead();
      return Promise.resolve();
    },
  });

/** The sizes of the batches of balances that end while `run` runs. */
const batchesOf = async (run: () => Promise<unknown>): Promise<number[]> => {
  const sizes: number[] = [];
  const note = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of the channel
    const { name, items } = message as BatchRun;
    if (name === 'balance') sizes.push(items);
  };
  subscribe(batchRun, note);
  try {
    await run();
  } finally {
    unsubscribe(batchRun, note);
  }
  return sizes;
};

/** Begins a read, and the others while the first waits for the database: those are one batch. */
const readTogether = async (
  database: Database,
  first: () => Promise<unknown>,
  others: () => Promise<unknown>[],
  areWaiting: () => boolean,
): Promise<void> => {
  const reads = await database.sql.begin(async (tx) => {
    await tx`lock table balance_plans in access exclusive mode`;
    const begun = first();
    await untilWaiting(database.sql, 1);
    const joined = others();
    await vi.waitFor(() => expect(areWaiting()).toBe(true));
    return { all: [begun, ...joined] };
  });
  await Promise.allSettled(reads.all);
};

/** What does not depend on the instant of the estimate. */
const lasting = ({ connection, remaining, pools, plan, latestReading, drift }: BalanceEstimate) => ({
  connection: connection.id,
  remaining,
  pools,
  plan,
  latestReading,
  drift,
});

it('computes the balances of all accounts that are waited for together, each as by itself', async () => {
  const { database } = store;
  const { id: workspaceId, as, connection: none, more } = await createPayer(database);
  const [plan, readings, all] = [await more(), await more(), await more()];
  const connections = [none, plan, readings, all];
  for (const [at, { id }] of [plan, all].entries()) {
    await setBalancePlan({ database }, as.ADMIN, {
      connection: id,
      monthlyCredits: 500n,
      renewalDay: daysAgo(5).getUTCDate(),
      timeZone: 'UTC',
      rollover: at === 1,
      pools: [{ name: 'launch', credits: 40n, startsAt: daysAgo(20), endsAt: daysAgo(-20) }],
    });
  }
  for (const [at, { accountId }] of [readings, all].entries()) {
    await read(database, { workspaceId, accountId }, { at: daysAgo(9), credits: 90 + at });
    await read(database, { workspaceId, accountId }, { at: daysAgo(2), credits: 70 + at });
  }
  for (const [at, { accountId }] of connections.entries()) {
    await charge(database, { workspaceId, accountId }, [
      { at: daysAgo(4), credits: 3 + at },
      { at: daysAgo(1), credits: at },
    ]);
  }
  const expected = await Promise.all(
    connections.map((connection) => estimateFor({ database }, as.VIEWER, connection)),
  );
  let reads = 0;
  const readBalance = readerOf(database, () => {
    reads += 1;
  });
  const balances: Promise<BalanceEstimate>[] = [];
  const readAll = () => connections.map(({ id }) => readBalance(as.VIEWER, id));
  const sizes = await batchesOf(() =>
    readTogether(
      database,
      () => readBalance(as.VIEWER, none.id),
      () => {
        balances.push(...readAll(), ...readAll(), ...readAll());
        return balances;
      },
      () => reads === 13,
    ),
  );
  expect(sizes).toEqual([1, 12]);
  const each = expected.map(lasting);
  expect((await Promise.all(balances)).map(lasting)).toEqual([...each, ...each, ...each]);
});

it('returns what was written before the request, also while another is read', async () => {
  const { database } = store;
  const { id: workspaceId, as, connection } = await createPayer(database);
  const { id, accountId } = connection;
  const readBalance = readerOf(database);
  const others: Promise<unknown>[] = [];
  for (let credits = 1; credits <= 20; credits += 1) {
    others.push(readBalance(as.VIEWER, id));
    await read(database, { workspaceId, accountId }, { at: new Date(), credits });
    expect((await readBalance(as.VIEWER, id)).remaining).toBe(BigInt(credits));
  }
  await Promise.all(others);
});

it('returns no balance to another workspace, nor to a caller who may not read', async () => {
  const { database } = store;
  const [ours, theirs] = [await createPayer(database), await createPayer(database)];
  const { id, accountId } = ours.connection;
  const readBalance = readerOf(database);
  const scoped = { ...ours.as.VIEWER, scopes: { ...ours.as.VIEWER.scopes, connections: [] } };
  const [mine, foreign, refused] = await Promise.allSettled(
    [ours.as.VIEWER, theirs.as.VIEWER, scoped].map((caller) => readBalance(caller, id)),
  );
  expect(mine).toMatchObject({ status: 'fulfilled', value: { accountId } });
  expect(foreign).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'FORBIDDEN' } });
});

it('fails only the account whose entries are archived', async () => {
  const archive = await openArchive();
  const { database } = archive.store;
  const [{ workspaceId, accountId }] = archive.ledgers;
  const { connection: lost, more } = await createPayer(database);
  const other = await more();
  const places = [
    { id: lost.id, account: accountId },
    { id: other.id, account: other.accountId },
  ];
  for (const { id, account } of places) {
    await database.sql`
      insert into accounts (workspace_id, id, provider) values (${workspaceId}, ${account}, 'FIRMABLE')
      on conflict do nothing`;
    await database.sql`
      update connections set workspace_id = ${workspaceId}, account_id = ${account} where id = ${id}`;
  }
  await archiveMonth(database.sql, archive.folder, '2025-01');
  await read(database, { workspaceId, accountId }, { at: new Date('2025-01-07T13:07:45Z'), credits: 100 });
  let reads = 0;
  const readBalance = readerOf(database, () => {
    reads += 1;
  });
  const results: Promise<BalanceEstimate>[] = [];
  const sizes = await batchesOf(() =>
    readTogether(
      database,
      () => readBalance(archive.viewer, other.id),
      () => {
        results.push(...[lost, other, lost].map(({ id }) => readBalance(archive.viewer, id)));
        return results;
      },
      () => reads === 4,
    ),
  );
  const settled = await Promise.allSettled(results);
  await archive.close();
  expect(sizes).toEqual([1, 3]);
  const archived = { status: 'rejected', reason: { code: 'ARCHIVED' } };
  expect(settled).toMatchObject([archived, { status: 'fulfilled', value: { remaining: null } }, archived]);
});
