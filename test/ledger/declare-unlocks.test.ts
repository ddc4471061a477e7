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
  newPurse,
  openLedger,
  type Purse,
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

const declare = (purse: Purse, ...records: DeclaredUnlocks['records']): Promise<number> =>
  declareUnlocks(store, {
    ...purse,
    operation: 'COMPANY',
    provider: 'FIRMABLE',
    sandbox: false,
    price: 1n,
    records,
  });
const named = (record: string, ...aliases: string[]) => ({ record, aliases: [record, ...aliases] });

const newWorkspacePurse = async (): Promise<Purse> => newPurse((await createWorkspace(store.database)).id);

const unlocksOf = (purse: Purse) => store.database.sql<
  { record: string; origin: string; price: number; entryId: string | null }[]
>`
  select record, origin, price::int, entry_id as "entryId" from unlocks
  where workspace_id = ${purse.workspaceId} order by record`;

const disagreements = async ({ workspaceId }: Purse): Promise<string[]> =>
  (await verifyLedger(store.database, { workspaceId })).disagreements.map(({ line }) => line);

test('a declared record is asked for without any credit, by every name it was given, and saves its price', async () => {
  const purse = await newWorkspacePurse();
  await limitWorkspace(store.database, purse.workspaceId, 0);
  expect(await declare(purse, named('record', 'its domain'), named('another'))).toBe(2);
  for (const subject of ['record', 'its domain']) {
    const ask = askFor(purse, subject, { maxAgeSeconds: -1 });
    const reserved = await ledger.reserve(ask);
    expect(reserved).toMatchObject({
      status: 'RESERVED',
      credits: 0n,
      unlock: { record: 'record', price: 1n },
    });
    expect(await ledger.settle(found(ask, 'record'))).toMatchObject({
      charge: 'ALREADY_UNLOCKED',
      credits: 0n,
      saved: 1n,
    });
  }
  expect(await disagreements(purse)).toEqual([]);
});

test('declaring again changes nothing and counts nothing', async () => {
  const purse = await newWorkspacePurse();
  expect(await declare(purse, named('a'), named('b'))).toBe(2);
  const before = await unlocksOf(purse);
  expect(await declare(purse, named('b'), named('a'), named('c'))).toBe(1);
  expect((await unlocksOf(purse)).slice(0, 2)).toEqual([...before]);
  expect(before[0]).toEqual({ record: 'a', origin: 'DECLARED', price: 1, entryId: null });
});

test('what was bought here stays bought, and keeps the names that the provider gave it', async () => {
  const purse = await newWorkspacePurse();
  await buy(ledger, askFor(purse, 'bought'), 'bought', { aliases: ['its domain'] });
  expect(await declare(purse, named('bought', 'a wrong domain'), named('other', 'its domain'))).toBe(1);
  expect((await unlocksOf(purse)).map(({ origin }) => origin)).toEqual(['BOUGHT', 'DECLARED']);
  expect(await ledger.reserve(askFor(purse, 'a wrong domain'))).toMatchObject({ credits: 1n, unlock: null });
  expect(await ledger.reserve(askFor(purse, 'its domain', { maxAgeSeconds: -1 }))).toMatchObject({
    unlock: { record: 'bought' },
  });
});

test('names that come in a later declaration are added', async () => {
  const purse = await newWorkspacePurse();
  await declare(purse, named('record'));
  expect(await declare(purse, named('record', 'its domain'))).toBe(0);
  expect(await ledger.reserve(askFor(purse, 'its domain'))).toMatchObject({ unlock: { record: 'record' } });
});

test('an account knows nothing of what was declared for another', async () => {
  const purse = await newWorkspacePurse();
  await declare(purse, named('record'));
  for (const other of [newPurse(purse.workspaceId), { ...newPurse(), accountId: purse.accountId }]) {
    expect(await ledger.reserve(askFor(other, 'record'))).toMatchObject({ credits: 1n, unlock: null });
  }
});

test('a call under way while its record is declared ends as a purchase that was none', async () => {
  const purse = await newWorkspacePurse();
  const ask = askFor(purse, 'its domain');
  await ledger.reserve(ask);
  await declare(purse, named('record'));
  expect(await ledger.settle(found(ask, 'record'))).toMatchObject({
    charge: 'ALREADY_UNLOCKED',
    credits: 0n,
  });
  expect(await disagreements(purse)).toEqual([]);
});

test('a doubt about a declared record is given back', async () => {
  const purse = await newWorkspacePurse();
  const doubted = askFor(purse, 'record');
  await ledger.reserve(doubted);
  await ledger.settle(ended(doubted, 'UNKNOWN'));
  await declare(purse, named('record'));
  await store.database.sql`select clear_known_doubts(1000)`;
  const entries = await entriesOf(store.database, purse);
  expect(entries.map(({ kind, charge, credits }) => [kind, charge, credits])).toEqual([
    ['ASK', 'PRESUMED', 1],
    ['CORRECTION', 'ALREADY_UNLOCKED', -1],
  ]);
  expect(await disagreements(purse)).toEqual([]);
});

test('declarations of the same records at once enter each once', async () => {
  const purse = await newWorkspacePurse();
  const records = Array.from({ length: 300 }, (_, index) => named(`record ${index}`, `domain ${index}`));
  const counts = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      declare(purse, ...(index % 2 === 0 ? records : records.toReversed())),
    ),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300);
  expect(await disagreements(purse)).toEqual([]);
});

test('ten thousand records are declared at once, in parts', async () => {
  const purse = await newWorkspacePurse();
  const records = Array.from({ length: 10_000 }, (_, index) =>
    named(`record ${index}`, `domain ${index}`, `abn ${index}`),
  );
  expect(await declare(purse, ...records)).toBe(10_000);
  expect(await declare(purse, ...records)).toBe(0);
});

test.each([
  [
    'a purchase that pretends to be a declaration',
    `update unlocks set origin = 'DECLARED', entry_id = null where workspace_id = :workspace and record = 'bought'`,
    /^unlock .* \(bought\) cost 1, but 1 entries say that it was bought, for 1 in all$/,
  ],
  [
    'a declaration that pretends to be a purchase',
    `update unlocks set origin = 'BOUGHT' where workspace_id = :workspace and record = 'declared'`,
    /^unlock .* \(declared\) cost 1, but 0 entries say that it was bought, for 0 in all$/,
  ],
  [
    'a declaration that borrows an entry',
    `update unlocks set entry_id = (select id from entries where workspace_id = :workspace limit 1)
     where workspace_id = :workspace and record = 'declared'`,
    /^unlock .* is declared, but names entry /,
  ],
  [
    'a purchase that names no entry',
    `update unlocks set entry_id = null where workspace_id = :workspace and record = 'bought'`,
    /^unlock .* names entry none, which its account does not have$/,
  ],
])('verify names %s', async (_, statement, line) => {
  const purse = await newWorkspacePurse();
  await buy(ledger, askFor(purse, 'bought'), 'bought');
  await declare(purse, named('declared'));
  expect(await disagreements(purse)).toEqual([]);
  await store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement.replaceAll(':workspace', `'${purse.workspaceId}'`));
  });
  expect(await disagreements(purse)).toContainEqual(expect.stringMatching(line));
});
