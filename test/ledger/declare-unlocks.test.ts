import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeclaredUnlocks, declareUnlocks } from '../../src/ledger/declare-unlocks.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
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
  type TestAccount,
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

const declare = (account: TestAccount, ...records: DeclaredUnlocks['records']): Promise<number> =>
  declareUnlocks(
    store,
    { ...account, operation: 'COMPANY', provider: 'FIRMABLE', sandbox: false, price: 1n, records },
    () => Promise.resolve(),
  );
const named = (record: string, ...aliases: string[]) => ({
  recordKey: record,
  lookupKeys: [record, ...aliases],
});

const createWorkspaceAccount = async (): Promise<TestAccount> =>
  createAccount((await createWorkspace(store.database)).id);

const unlocksOf = (account: TestAccount) => store.database.sql<
  { recordKey: string; origin: string; price: number; entryId: string | null }[]
>`
  select record_key as "recordKey", origin, price::int, entry_id as "entryId" from unlocks
  where workspace_id = ${account.workspaceId} order by record_key`;

const disagreements = async ({ workspaceId }: TestAccount): Promise<string[]> =>
  (await verifyLedger(store.database, { workspaceId })).disagreements.map(({ line }) => line);

it('fetches a declared record for free by each of its keys, and reports its price as saved', async () => {
  const account = await createWorkspaceAccount();
  await limitWorkspace(store.database, account.workspaceId, 0);
  expect(await declare(account, named('record', 'its domain'), named('another'))).toBe(2);
  for (const subject of ['record', 'its domain']) {
    const request = requestFor(account, subject, { maxAgeSeconds: -1 });
    const reserved = await ledger.reserve(request);
    expect(reserved).toMatchObject({
      status: 'RESERVED',
      credits: 0n,
      unlock: { recordKey: 'record', price: 1n },
    });
    expect(await ledger.settle(found(request, 'record'))).toMatchObject({
      charge: 'ALREADY_UNLOCKED',
      credits: 0n,
      saved: 1n,
    });
  }
  expect(await disagreements(account)).toEqual([]);
});

it('changes and counts nothing when records are declared again', async () => {
  const account = await createWorkspaceAccount();
  expect(await declare(account, named('a'), named('b'))).toBe(2);
  const before = await unlocksOf(account);
  expect(await declare(account, named('b'), named('a'), named('c'))).toBe(1);
  expect((await unlocksOf(account)).slice(0, 2)).toEqual([...before]);
  expect(before[0]).toEqual({ recordKey: 'a', origin: 'DECLARED', price: 1, entryId: null });
});

it('keeps bought unlocks and their lookup keys when the record is declared', async () => {
  const account = await createWorkspaceAccount();
  await buy(ledger, requestFor(account, 'its domain'), 'bought', { aliases: ['its domain'] });
  expect(await declare(account, named('bought', 'a wrong domain'), named('other', 'its domain'))).toBe(1);
  expect((await unlocksOf(account)).map(({ origin }) => origin)).toEqual(['BOUGHT', 'DECLARED']);
  expect(await ledger.reserve(requestFor(account, 'a wrong domain'))).toMatchObject({
    credits: 1n,
    unlock: null,
  });
  expect(await ledger.reserve(requestFor(account, 'its domain', { maxAgeSeconds: -1 }))).toMatchObject({
    unlock: { recordKey: 'bought' },
  });
});

it('adds lookup keys that a later declaration brings', async () => {
  const account = await createWorkspaceAccount();
  await declare(account, named('record'));
  expect(await declare(account, named('record', 'its domain'))).toBe(0);
  expect(await ledger.reserve(requestFor(account, 'its domain'))).toMatchObject({
    unlock: { recordKey: 'record' },
  });
});

it('does not unlock records for another account', async () => {
  const account = await createWorkspaceAccount();
  await declare(account, named('record'));
  for (const other of [
    createAccount(account.workspaceId),
    { ...createAccount(), accountId: account.accountId },
  ]) {
    expect(await ledger.reserve(requestFor(other, 'record'))).toMatchObject({ credits: 1n, unlock: null });
  }
});

it('settles a call as ALREADY_UNLOCKED when its record is declared during the call', async () => {
  const account = await createWorkspaceAccount();
  const request = requestFor(account, 'its domain');
  await ledger.reserve(request);
  await declare(account, named('record'));
  expect(await ledger.settle(found(request, 'record'))).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    credits: 0n,
  });
  expect(await disagreements(account)).toEqual([]);
});

it('returns the credits of a presumed charge when its record is declared', async () => {
  const account = await createWorkspaceAccount();
  const presumed = requestFor(account, 'record');
  await ledger.reserve(presumed);
  await ledger.settle(ended(presumed, 'UNKNOWN'));
  await declare(account, named('record'));
  await store.database.sql`select resolve_presumed_charges(1000)`;
  const entries = await entriesOf(store.database, account);
  expect(entries.map(({ kind, charge, credits }) => [kind, charge, credits])).toEqual([
    ['LOOKUP', 'PRESUMED', 1],
    ['CORRECTION', 'ALREADY_UNLOCKED', -1],
  ]);
  expect(await disagreements(account)).toEqual([]);
});

it('inserts each record once when the same records are declared concurrently', async () => {
  const account = await createWorkspaceAccount();
  const records = Array.from({ length: 300 }, (_, index) => named(`record ${index}`, `domain ${index}`));
  const counts = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      declare(account, ...(index % 2 === 0 ? records : records.toReversed())),
    ),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300);
  expect(await disagreements(account)).toEqual([]);
});

it('declares ten thousand records in parts', async () => {
  const account = await createWorkspaceAccount();
  const records = Array.from({ length: 10_000 }, (_, index) =>
    named(`record ${index}`, `domain ${index}`, `abn ${index}`),
  );
  expect(await declare(account, ...records)).toBe(10_000);
  expect(await declare(account, ...records)).toBe(0);
});

it.each([
  [
    'a purchase marked as declared',
    `update unlocks set origin = 'DECLARED', entry_id = null where workspace_id = :workspace and record_key = 'bought'`,
    /^unlock .* \(bought\) cost 1, but 1 entries say that it was bought, for 1 in all$/,
  ],
  [
    'a declaration marked as bought',
    `update unlocks set origin = 'BOUGHT' where workspace_id = :workspace and record_key = 'declared'`,
    /^unlock .* \(declared\) cost 1, but 0 entries say that it was bought, for 0 in all$/,
  ],
  [
    'a declaration with an entry',
    `update unlocks set entry_id = (select id from entries where workspace_id = :workspace limit 1)
     where workspace_id = :workspace and record_key = 'declared'`,
    /^unlock .* is declared, but names entry /,
  ],
  [
    'a purchase without an entry',
    `update unlocks set entry_id = null where workspace_id = :workspace and record_key = 'bought'`,
    /^unlock .* names entry none, which its account does not have$/,
  ],
])('is reported by verify when it is %s', async (_, statement, line) => {
  const account = await createWorkspaceAccount();
  await buy(ledger, requestFor(account, 'bought'), 'bought');
  await declare(account, named('declared'));
  expect(await disagreements(account)).toEqual([]);
  await store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement.replaceAll(':workspace', `'${account.workspaceId}'`));
  });
  expect(await disagreements(account)).toContainEqual(expect.stringMatching(line));
});
