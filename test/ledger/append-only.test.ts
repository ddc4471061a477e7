import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { requestFor, buy, entriesOf, createAccount, openLedger } from './setup.js';

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

it.each([
  'update entries set credits = 0',
  'delete from entries',
  'truncate entries',
  "insert into entries select * from entries on conflict (workspace_id, id) do update set charge = 'FREE'",
])('refuses in the database to change an entry: %s', async (statement) => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record');
  await expect(store.database.sql.unsafe(statement)).rejects.toThrow('append-only');
  expect(await entriesOf(store.database, account)).toMatchObject([{ charge: 'CHARGED', credits: 1 }]);
});
