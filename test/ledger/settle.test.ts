import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settlement } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  requestFor,
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

it.each(cases)('settles $title as $charge with $credits credits', async (one) => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 5);
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  expect(await counters()).toEqual({ reserved: 1, spent: 0 });
  const settlement: Settlement =
    one.outcome === 'FOUND'
      ? found(request, 'record')
      : one.outcome === 'FREE'
        ? { reservation: request, outcome: 'FOUND', found: null, problem: null, latencyMs: 1, charged: null }
        : ended(request, one.outcome);

  const settled = await ledger.settle(settlement);

  expect(settled).toMatchObject({ settled: true, charge: one.charge, credits: BigInt(one.credits) });
  expect(await entriesOf(store.database, account)).toMatchObject([
    { id: request.id, kind: 'LOOKUP', charge: one.charge, credits: one.credits, outcome: settlement.outcome },
  ]);
  expect(await counters()).toEqual({ reserved: 0, spent: one.credits });
  expect((await reservationsOf(store.database, account)).map(({ state }) => state)).toEqual(
    one.charge === 'PRESUMED' ? ['PENDING_CONFIRMATION'] : [],
  );
});

it('writes nothing when a reservation is settled again', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  await ledger.settle(found(request, 'record'));
  for (const again of [
    found(request, 'record'),
    found(request, 'other'),
    ended(request, 'NOT_FOUND'),
    ended(request, 'UNKNOWN'),
  ]) {
    expect((await ledger.settle(again)).settled).toBe(false);
  }
  expect(await entriesOf(store.database, account)).toHaveLength(1);
  expect(await reservationsOf(store.database, account)).toEqual([]);
});

it('writes one of two concurrent settlements of one reservation', async () => {
  const account = createAccount();
  const requests = Array.from({ length: 40 }, (_, index) => requestFor(account, `s${index}`));
  await Promise.all(requests.map((request) => ledger.reserve(request)));
  const { sql } = store.database;
  for (const request of requests) {
    const both = await Promise.all([
      settleBatch(sql, [found(request, request.lookupKey)]),
      settleBatch(sql, [ended(request, 'FAILED')]),
    ]);
    expect(both.flat().filter(({ settled }) => settled)).toHaveLength(1);
  }
  expect(await entriesOf(store.database, account)).toHaveLength(requests.length);
});

it('writes nothing when nothing was reserved', async () => {
  const account = createAccount();
  expect((await ledger.settle(found(requestFor(account, 'a'), 'record'))).settled).toBe(false);
  expect(await entriesOf(store.database, account)).toEqual([]);
});

it('does not settle a reservation of another workspace', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  expect((await ledger.settle(found({ ...request, ...createAccount() }, 'record'))).settled).toBe(false);
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
});

it('finds a record by every lookup key as soon as it is bought', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'domain'), 'id', { aliases: ['domain', 'abn', 'linkedin'] });
  for (const subject of ['domain', 'id', 'abn', 'linkedin']) {
    expect(await ledger.reserve(requestFor(account, subject))).toMatchObject({ status: 'HIT' });
  }
});

it('moves a lookup key to another record when the provider does', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'domain'), 'old', { aliases: ['domain'] });
  await buy(ledger, requestFor(account, 'domain', { maxAgeSeconds: -1, looksUpAgain: true }), 'new', {
    aliases: ['domain'],
  });
  expect(await ledger.reserve(requestFor(account, 'domain'))).toMatchObject({
    status: 'HIT',
    unlock: { recordKey: 'new' },
  });
});

it('keeps the unlock of a renamed record, and does not charge it again', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'old name');
  const stale = requestFor(account, 'a', { maxAgeSeconds: -1 });
  await ledger.reserve(stale);
  expect(await ledger.settle(found(stale, 'new name'))).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    credits: 0n,
  });
  expect(await ledger.reserve(requestFor(account, 'new name'))).toMatchObject({ status: 'HIT' });
  const unlocks = await store.database
    .sql`select record_key from unlocks where workspace_id = ${account.workspaceId}`;
  expect([...unlocks]).toEqual([{ record_key: 'old name' }]);
});

it('stores no snapshot without a body, and keeps the record free to fetch', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record', { body: null });
  expect(await ledger.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'RESERVED', credits: 0n });
  const rows = await store.database.sql`select from snapshots where workspace_id = ${account.workspaceId}`;
  expect(rows).toHaveLength(0);
});

it('stores a snapshot byte for byte', async () => {
  const account = createAccount();
  const body = JSON.stringify({
    z: 'é "quoted" \\ \n ́ 👩‍🚀',
    a: 1e300,
    n: [12345678901234567890n.toString(), 0.1],
  });
  await buy(ledger, requestFor(account, 'a'), 'record', { body });
  expect(await ledger.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'HIT', body });
});

it.each([1, 2, 7, 8, 9, 15, 16, 17, 64])(
  'stores each snapshot of a batch of %i at its record',
  async (count) => {
    const account = createAccount();
    const requests = Array.from({ length: count }, (_, at) => requestFor(account, `key ${at}`));
    // Every fifth has none, and one is empty of fields.
    const bodies = requests.map((_, at) =>
      at % 5 === 4 ? null : at === 3 ? '{}' : JSON.stringify({ at, é: 'ü' }),
    );
    for (const request of requests) await ledger.reserve(request);
    await settleBatch(
      store.database.sql,
      requests.map((request, at) => found(request, `record ${at}`, { body: bodies[at] ?? null })),
    );
    const rows = await store.database.sql<{ record_key: string; body: string | null }[]>`
    select u.record_key, s.body from unlocks u
    left join snapshots s on s.workspace_id = u.workspace_id and s.unlock_id = u.id
    where u.workspace_id = ${account.workspaceId}`;
    const expected = bodies.map((body, at) => [`record ${at}`, body] as const);
    expect(new Map(rows.map((row) => [row.record_key, row.body]))).toEqual(new Map(expected));
  },
);
