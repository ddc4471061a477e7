import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BalanceEstimate } from '../../src/balances/balance.js';
import { createBalanceReader, estimateFor } from '../../src/balances/get-balance.js';
import { setBalancePlan } from '../../src/balances/set-balance-plan.js';
import { batchRun } from '../../src/platform/batcher.js';
import type { Database } from '../../src/platform/database.js';
import { openArchive } from '../ledger/archive/open-archive.js';
import { archiveMonth } from '../../src/ledger/archive/archive-month.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { charge, createPayer, daysAgo, read } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const readerOf = (database: Database) =>
  createBalanceReader({ database, refreshBalance: () => Promise.resolve() });

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
  const readBalance = readerOf(database);
  const batches: { name: string; items: number }[] = [];
  const note = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of the channel
    batches.push(message as { name: string; items: number });
  };
  subscribe(batchRun, note);
  const viewers = await Promise.all(
    Array.from({ length: 6 }, () => Promise.all(connections.map(({ id }) => readBalance(as.VIEWER, id)))),
  );
  unsubscribe(batchRun, note);
  for (const balances of viewers) expect(balances.map(lasting)).toEqual(expected.map(lasting));
  const ofBalances = batches.filter(({ name }) => name === 'balance');
  expect(ofBalances.reduce((sum, { items }) => sum + items, 0)).toBe(24);
  expect(ofBalances.length).toBeLessThan(24);
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
  const readBalance = readerOf(database);
  const [refused, given] = await Promise.allSettled([
    readBalance(archive.viewer, lost.id),
    readBalance(archive.viewer, other.id),
  ]);
  await archive.close();
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'ARCHIVED' } });
  expect(given).toMatchObject({ status: 'fulfilled', value: { remaining: null } });
});
