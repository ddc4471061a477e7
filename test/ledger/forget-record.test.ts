import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';
import { forgetRecord } from '../../src/ledger/forget-record.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { newId } from '../../src/platform/ids.js';
import { getUnlock } from '../../src/usage/unlock.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import {
  requestFor,
  buy,
  ended,
  entriesOf,
  createAccount,
  openLedger,
  reservationsOf,
  spentBy,
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

const record = 'person:id:fp1';
const aliases = ['person:workEmail:ada@smec.example', 'person:linkedin:ada'];
const people = async () => {
  const workspace = await createWorkspace(store.database);
  return { ...workspace, account: createAccount(workspace.id) };
};
const identifiersOf = async (workspaceId: string): Promise<string[]> => {
  const rows = await store.database.sql<{ lookup_key: string }[]>`
    select distinct lookup_key, unlock_id from unlock_keys where workspace_id = ${workspaceId} order by lookup_key`;
  return rows.map((row) => row.lookup_key);
};
const copiesOf = async (workspaceId: string): Promise<number> =>
  (await store.database.sql`select from snapshots where workspace_id = ${workspaceId}`).count;

it('erases every snapshot and every lookup key except its own, in every account and nowhere else', async () => {
  const { id, as, account } = await people();
  const other = createAccount(id);
  await buy(ledger, requestFor(account, 'person:linkedin:ada'), record, { aliases });
  await buy(ledger, requestFor(account, record, { variant: 'NZ', maxAgeSeconds: -1 }), record, { aliases });
  await buy(ledger, requestFor(other, record), record, { aliases: [] });
  await buy(ledger, requestFor(account, 'person:id:fp2'), 'person:id:fp2', {
    aliases: ['person:linkedin:bob'],
  });
  const entries = await entriesOf(store.database, account);

  expect(await forgetRecord(store, as.MANAGER, { recordKey: record })).toEqual({ forgotten: 5, unlocks: 2 });
  expect(await identifiersOf(id)).toEqual([record, record, 'person:id:fp2', 'person:linkedin:bob']);
  expect(await copiesOf(id)).toBe(1);
  expect(await entriesOf(store.database, account)).toEqual(entries);
  expect((await verifyLedger(store.database, { workspaceId: id })).disagreements).toEqual([]);
  expect(await forgetRecord(store, as.ADMIN, { recordKey: record })).toEqual({ forgotten: 0, unlocks: 2 });
});

it('erases the record of an unlock in all accounts', async () => {
  const { id, as, account } = await people();
  await buy(ledger, requestFor(account, record), record, { aliases });
  await buy(ledger, requestFor(createAccount(id), record), record, { aliases });
  const [entry] = await entriesOf(store.database, account);
  expect(await forgetRecord(store, as.ADMIN, { unlockId: entry!.unlockId! })).toEqual({
    forgotten: 6,
    unlocks: 2,
  });
  const unlock = await getUnlock(store, as.ADMIN, entry!.unlockId!);
  expect(unlock).toMatchObject({
    identifiers: [{ lookupKey: record, source: 'RESOLVED' }],
    fetchedAt: null,
  });
});

it('finds a renamed record by its new key, and keeps both keys', async () => {
  const { id, as, account } = await people();
  const renamed = 'person:id:fp9';
  await buy(ledger, requestFor(account, record), record, { aliases: [...aliases, renamed] });
  expect(await forgetRecord(store, as.ADMIN, { recordKey: renamed })).toEqual({ forgotten: 3, unlocks: 1 });
  expect(await identifiersOf(id)).toEqual([record, renamed]);
});

it('fetches an erased record for free by an erased key, and stores its keys again', async () => {
  const { id, as, account } = await people();
  await buy(ledger, requestFor(account, record), record, { aliases });
  await forgetRecord(store, as.ADMIN, { recordKey: record });
  const again = requestFor(account, 'person:workEmail:ada@smec.example');
  expect(await ledger.reserve(again)).toMatchObject({ status: 'RESERVED' });
  await ledger.settle({
    reservation: again,
    outcome: 'FOUND',
    problem: null,
    latencyMs: 1,
    charged: null,
    found: { recordKey: record, price: 1n, lookupKeys: [record, ...aliases], body: '{}' },
  });
  const entries = await entriesOf(store.database, account);
  expect(entries.at(-1)).toMatchObject({ charge: 'ALREADY_UNLOCKED', credits: 0, saved: 1 });
  expect(await identifiersOf(id)).toEqual([record, ...aliases].toSorted());
  expect((await verifyLedger(store.database, { workspaceId: id })).disagreements).toEqual([]);
});

it('resolves a presumed charge before its lookup key is erased, and returns its credits', async () => {
  const { id, as, account } = await people();
  const email = 'person:workEmail:ada@smec.example';
  // In one batch, so that neither sees the other: the charge is presumed although the record is known by its key.
  const [slow, quick] = [requestFor(account, email), requestFor(account, record)];
  await Promise.all([ledger.reserve(slow), ledger.reserve(quick)]);
  await ledger.settle(ended(slow, 'UNKNOWN'));
  await store.database.sql`
    insert into unlocks (
      workspace_id, id, account_id, record_key, operation, provider, sandbox, price, entry_id, unlocked_at)
    values (${id}, ${newId()}, ${account.accountId}, ${record}, 'PERSON', 'FIRMABLE', false, 1, ${quick.id}, now())`;
  await store.database.sql`
    insert into unlock_keys (workspace_id, account_id, lookup_key, unlock_id, source)
    select workspace_id, account_id, unnest(array[${email}, record_key]), id, 'REPORTED' from unlocks where workspace_id = ${id}`;
  expect(await spentBy(store.database, account)).toBe(1);

  await forgetRecord(store, as.ADMIN, { recordKey: record });
  expect(
    (await reservationsOf(store.database, account)).filter(({ state }) => state === 'PENDING_CONFIRMATION'),
  ).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(0);
  expect(await identifiersOf(id)).toEqual([record]);
});

it('keeps the presumed charges of other records', async () => {
  const { as, account } = await people();
  await buy(ledger, requestFor(account, record), record, { aliases });
  const lost = requestFor(account, 'person:linkedin:bob');
  await ledger.reserve(lost);
  await ledger.settle(ended(lost, 'UNKNOWN'));
  await forgetRecord(store, as.ADMIN, { recordKey: record });
  expect(await reservationsOf(store.database, account)).toMatchObject([
    { id: lost.id, state: 'PENDING_CONFIRMATION' },
  ]);
});

it('keeps the ledger consistent when a record is erased while it is fetched repeatedly', async () => {
  const { id, as, account } = await people();
  await buy(ledger, requestFor(account, record), record, { aliases });
  const work: Promise<unknown>[] = [];
  for (let round = 0; round < 20; round += 1) {
    work.push(
      buy(ledger, requestFor(account, record, { variant: `v${round}`, maxAgeSeconds: -1 }), record, {
        aliases,
      }),
    );
    work.push(forgetRecord(store, as.ADMIN, { recordKey: record }));
  }
  await Promise.all(work);
  await forgetRecord(store, as.ADMIN, { recordKey: record });
  expect(await copiesOf(id)).toBe(0);
  expect(await spentBy(store.database, account)).toBe(1);
  expect((await verifyLedger(store.database, { workspaceId: id })).disagreements).toEqual([]);
});

describe('refused', () => {
  it.each(['INTEGRATION', 'MEMBER', 'VIEWER'] as const)('refuses a %s', async (role) => {
    const { id, as, account } = await people();
    await buy(ledger, requestFor(account, record), record, { aliases });
    expect(await outcomeOf(forgetRecord(store, as[role], { recordKey: record }))).toBe('FORBIDDEN');
    expect(await copiesOf(id)).toBe(1);
  });

  it("does not find another workspace's record and unlock", async () => {
    const { id, account } = await people();
    const stranger = await people();
    await buy(ledger, requestFor(account, record), record, { aliases });
    const [entry] = await entriesOf(store.database, account);
    expect(await outcomeOf(forgetRecord(store, stranger.as.ADMIN, { recordKey: record }))).toBe('NOT_FOUND');
    expect(await outcomeOf(forgetRecord(store, stranger.as.ADMIN, { unlockId: entry!.unlockId! }))).toBe(
      'NOT_FOUND',
    );
    expect([await copiesOf(id), (await identifiersOf(id)).length]).toEqual([1, 3]);
  });

  it.each([
    { recordKey: 'person:id:fp404' },
    { recordKey: 'person:linkedin:ada' },
    { recordKey: 'company:id:f1\0' },
    { unlockId: newId() },
    { unlockId: 'malformed' },
  ])('throws NOT_FOUND for what was never bought: %o', async (name) => {
    const { as } = await people();
    expect(await outcomeOf(forgetRecord(store, as.ADMIN, name))).toBe('NOT_FOUND');
  });
});
