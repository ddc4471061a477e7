import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeclaredUnlocks, declareUnlocks } from '../../src/ledger/declare-unlocks.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
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
  declareUnlocks(store, {
    ...account,
    operation: 'COMPANY',
    provider: 'FIRMABLE',
    sandbox: false,
    price: 1n,
    records,
  });
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

test('a declared record is asked for without any credit, by every name it was given, and saves its price', async () => {
  const account = await createWorkspaceAccount();
  await limitWorkspace(store.database, account.workspaceId, 0);
  expect(await declare(account, named('record', 'its domain'), named('another'))).toBe(2);
  for (const subject of ['record', 'its domain']) {
    const ask = askFor(account, subject, { maxAgeSeconds: -1 });
    const reserved = await ledger.reserve(ask);
    expect(reserved).toMatchObject({
      status: 'RESERVED',
      credits: 0n,
      unlock: { recordKey: 'record', price: 1n },
    });
    expect(await ledger.settle(found(ask, 'record'))).toMatchObject({
      charge: 'ALREADY_UNLOCKED',
      credits: 0n,
      saved: 1n,
    });
  }
  expect(await disagreements(account)).toEqual([]);
});

test('declaring again changes nothing and counts nothing', async () => {
  const account = await createWorkspaceAccount();
  expect(await declare(account, named('a'), named('b'))).toBe(2);
  const before = await unlocksOf(account);
  expect(await declare(account, named('b'), named('a'), named('c'))).toBe(1);
  expect((await unlocksOf(account)).slice(0, 2)).toEqual([...before]);
  expect(before[0]).toEqual({ recordKey: 'a', origin: 'DECLARED', price: 1, entryId: null });
});

test('what was bought here stays bought, and keeps the names that the provider gave it', async () => {
  const account = await createWorkspaceAccount();
  await buy(ledger, askFor(account, 'bought'), 'bought', { aliases: ['its domain'] });
  expect(await declare(account, named('bought', 'a wrong domain'), named('other', 'its domain'))).toBe(1);
  expect((await unlocksOf(account)).map(({ origin }) => origin)).toEqual(['BOUGHT', 'DECLARED']);
  expect(await ledger.reserve(askFor(account, 'a wrong domain'))).toMatchObject({
    credits: 1n,
    unlock: null,
  });
  expect(await ledger.reserve(askFor(account, 'its domain', { maxAgeSeconds: -1 }))).toMatchObject({
    unlock: { recordKey: 'bought' },
  });
});

test('names that come in a later declaration are added', async () => {
  const account = await createWorkspaceAccount();
  await declare(account, named('record'));
  expect(await declare(account, named('record', 'its domain'))).toBe(0);
  expect(await ledger.reserve(askFor(account, 'its domain'))).toMatchObject({
    unlock: { recordKey: 'record' },
  });
});

test('an account knows nothing of what was declared for another', async () => {
  const account = await createWorkspaceAccount();
  await declare(account, named('record'));
  for (const other of [
    createAccount(account.workspaceId),
    { ...createAccount(), accountId: account.accountId },
  ]) {
    expect(await ledger.reserve(askFor(other, 'record'))).toMatchObject({ credits: 1n, unlock: null });
  }
});

test('a call under way while its record is declared ends as a purchase that was none', async () => {
  const account = await createWorkspaceAccount();
  const ask = askFor(account, 'its domain');
  await ledger.reserve(ask);
  await declare(account, named('record'));
  expect(await ledger.settle(found(ask, 'record'))).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    credits: 0n,
  });
  expect(await disagreements(account)).toEqual([]);
});

test('a doubt about a declared record is given back', async () => {
  const account = await createWorkspaceAccount();
  const doubted = askFor(account, 'record');
  await ledger.reserve(doubted);
  await ledger.settle(ended(doubted, 'UNKNOWN'));
  await declare(account, named('record'));
  await store.database.sql`select resolve_presumed_charges(1000)`;
  const entries = await entriesOf(store.database, account);
  expect(entries.map(({ kind, charge, credits }) => [kind, charge, credits])).toEqual([
    ['LOOKUP', 'PRESUMED', 1],
    ['CORRECTION', 'ALREADY_UNLOCKED', -1],
  ]);
  expect(await disagreements(account)).toEqual([]);
});

test('declarations of the same records at once enter each once', async () => {
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

test('ten thousand records are declared at once, in parts', async () => {
  const account = await createWorkspaceAccount();
  const records = Array.from({ length: 10_000 }, (_, index) =>
    named(`record ${index}`, `domain ${index}`, `abn ${index}`),
  );
  expect(await declare(account, ...records)).toBe(10_000);
  expect(await declare(account, ...records)).toBe(0);
});

test.each([
  [
    'a purchase that pretends to be a declaration',
    `update unlocks set origin = 'DECLARED', entry_id = null where workspace_id = :workspace and record_key = 'bought'`,
    /^unlock .* \(bought\) cost 1, but 1 entries say that it was bought, for 1 in all$/,
  ],
  [
    'a declaration that pretends to be a purchase',
    `update unlocks set origin = 'BOUGHT' where workspace_id = :workspace and record_key = 'declared'`,
    /^unlock .* \(declared\) cost 1, but 0 entries say that it was bought, for 0 in all$/,
  ],
  [
    'a declaration that borrows an entry',
    `update unlocks set entry_id = (select id from entries where workspace_id = :workspace limit 1)
     where workspace_id = :workspace and record_key = 'declared'`,
    /^unlock .* is declared, but names entry /,
  ],
  [
    'a purchase that names no entry',
    `update unlocks set entry_id = null where workspace_id = :workspace and record_key = 'bought'`,
    /^unlock .* names entry none, which its account does not have$/,
  ],
])('verify names %s', async (_, statement, line) => {
  const account = await createWorkspaceAccount();
  await buy(ledger, askFor(account, 'bought'), 'bought');
  await declare(account, named('declared'));
  expect(await disagreements(account)).toEqual([]);
  await store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement.replaceAll(':workspace', `'${account.workspaceId}'`));
  });
  expect(await disagreements(account)).toContainEqual(expect.stringMatching(line));
});
