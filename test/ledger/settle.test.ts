import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Settlement } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  askFor,
  buy,
  ended,
  entriesOf,
  found,
  limitWorkspace,
  createAccount,
  openLedger,
  reservationsOf,
} from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
});
afterAll(async () => {
  await ledger.close(1_000);
  await store.close();
});

const cases = [
  { title: 'a bought record', outcome: 'FOUND', charge: 'CHARGED', credits: 1 },
  { title: 'a search', outcome: 'FREE', charge: 'FREE', credits: 0 },
  { title: 'a miss', outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: 0 },
  { title: 'a refusal', outcome: 'REFUSED', charge: 'NONE', credits: 0 },
  { title: 'a fault', outcome: 'FAILED', charge: 'NONE', credits: 0 },
  { title: 'an unknown end', outcome: 'UNKNOWN', charge: 'PRESUMED', credits: 1 },
] as const;

test.each(cases)('$title is entered as $charge and counted as $credits', async (one) => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 5);
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  expect(await counters()).toEqual({ reserved: 1, spent: 0 });
  const settlement: Settlement =
    one.outcome === 'FOUND'
      ? found(ask, 'record')
      : one.outcome === 'FREE'
        ? { reservation: ask, outcome: 'FOUND', found: null, problem: null, latencyMs: 1, charged: null }
        : ended(ask, one.outcome);

  const settled = await ledger.settle(settlement);

  expect(settled).toMatchObject({ settled: true, charge: one.charge, credits: BigInt(one.credits) });
  expect(await entriesOf(store.database, account)).toMatchObject([
    { id: ask.id, kind: 'LOOKUP', charge: one.charge, credits: one.credits, outcome: settlement.outcome },
  ]);
  expect(await counters()).toEqual({ reserved: 0, spent: one.credits });
  expect((await reservationsOf(store.database, account)).map(({ state }) => state)).toEqual(
    one.charge === 'PRESUMED' ? ['PENDING_CONFIRMATION'] : [],
  );
});

test('a second settle of one reservation is refused and writes nothing', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  await ledger.settle(found(ask, 'record'));
  for (const again of [
    found(ask, 'record'),
    found(ask, 'other'),
    ended(ask, 'NOT_FOUND'),
    ended(ask, 'UNKNOWN'),
  ]) {
    expect((await ledger.settle(again)).settled).toBe(false);
  }
  expect(await entriesOf(store.database, account)).toHaveLength(1);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

test('two settlements of one reservation at once: one writes, the other is refused', async () => {
  const account = createAccount();
  const asks = Array.from({ length: 40 }, (_, index) => askFor(account, `s${index}`));
  await Promise.all(asks.map((ask) => ledger.reserve(ask)));
  const { sql } = store.database;
  for (const ask of asks) {
    const both = await Promise.all([
      settleBatch(sql, [found(ask, ask.lookupKey)]),
      settleBatch(sql, [ended(ask, 'FAILED')]),
    ]);
    expect(both.flat().filter(({ settled }) => settled)).toHaveLength(1);
  }
  expect(await entriesOf(store.database, account)).toHaveLength(asks.length);
});

test('a settlement of what was never reserved writes nothing', async () => {
  const account = createAccount();
  expect((await ledger.settle(found(askFor(account, 'a'), 'record'))).settled).toBe(false);
  expect(await entriesOf(store.database, account)).toEqual([]);
});

test('one workspace cannot settle what another has reserved', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  expect((await ledger.settle(found({ ...ask, ...createAccount() }, 'record'))).settled).toBe(false);
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
});

test('a record is known by every alias from the statement that bought it', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'domain'), 'id', { aliases: ['domain', 'abn', 'linkedin'] });
  for (const subject of ['domain', 'id', 'abn', 'linkedin']) {
    expect(await ledger.reserve(askFor(account, subject))).toMatchObject({ status: 'HIT' });
  }
});

test('an identifier that moves to another record leads to that one from then on', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'old id'), 'old', { aliases: ['domain'] });
  await buy(ledger, askFor(account, 'new id'), 'new', { aliases: ['domain'] });
  expect(await ledger.reserve(askFor(account, 'domain'))).toMatchObject({
    status: 'HIT',
    unlock: { recordKey: 'new' },
  });
});

test('a record that its provider has renamed stays the unlock it was, and is not paid again', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'old name');
  const stale = askFor(account, 'a', { maxAgeSeconds: -1 });
  await ledger.reserve(stale);
  expect(await ledger.settle(found(stale, 'new name'))).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    credits: 0n,
  });
  expect(await ledger.reserve(askFor(account, 'new name'))).toMatchObject({ status: 'HIT' });
  const unlocks = await store.database
    .sql`select record_key from unlocks where workspace_id = ${account.workspaceId}`;
  expect([...unlocks]).toEqual([{ record_key: 'old name' }]);
});

test('without a body no copy is kept, and the record stays free to fetch', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record', { body: null });
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ status: 'RESERVED', credits: 0n });
  const rows = await store.database.sql`select from snapshots where workspace_id = ${account.workspaceId}`;
  expect(rows).toHaveLength(0);
});

test('a copy is kept byte for byte as the provider sent it', async () => {
  const account = createAccount();
  const body = JSON.stringify({
    z: 'é "quoted" \\ \n ́ 👩‍🚀',
    a: 1e300,
    n: [12345678901234567890n.toString(), 0.1],
  });
  await buy(ledger, askFor(account, 'a'), 'record', { body });
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ status: 'HIT', body });
});
