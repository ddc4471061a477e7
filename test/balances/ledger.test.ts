import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBalanceReader } from '../../src/balances/read-balance.js';
import { recordBalance } from '../../src/balances/readings.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { requestFor, buy, ended, found, openLedger } from '../ledger/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createPayer } from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
});
afterAll(async () => {
  await ledger.close(5_000);
  await store.close();
});

const refreshBalance = (): Promise<void> => Promise.resolve();

it('subtracts charges and presumed charges, and not free lookups', async () => {
  const { as, id, connection } = await createPayer(store.database);
  const account = { workspaceId: id, accountId: connection.accountId };
  const deps = { database: store.database, refreshBalance };
  const readBalance = createBalanceReader(deps);
  const remaining = async () => (await readBalance(as.VIEWER, connection.id)).remaining;
  await recordBalance(deps, as.ADMIN, { connection: connection.id, credits: 100n });

  await buy(ledger, requestFor(account, 'company:domain:a.example'), 'company:1');
  await buy(ledger, requestFor(account, 'company:domain:b.example', { credits: 9n }), 'company:2');
  expect(await remaining()).toBe(98n);

  await ledger.reserve(requestFor(account, 'company:domain:a.example'));
  const missed = requestFor(account, 'company:domain:nobody.example');
  await ledger.reserve(missed);
  await ledger.settle(ended(missed, 'NOT_FOUND'));
  expect(await remaining()).toBe(98n);

  const unknown = requestFor(account, 'company:domain:c.example', { credits: 4n });
  await ledger.reserve(unknown);
  expect(await remaining()).toBe(98n);
  await ledger.settle(ended(unknown, 'UNKNOWN'));
  expect(await remaining()).toBe(94n);

  // The presumed charge is resolved: it had cost 1 and not 4, and the correction counts at its instant.
  const again = requestFor(account, 'company:domain:c.example', { credits: 4n });
  await ledger.reserve(again);
  await ledger.settle(found(again, 'company:3'));
  expect(await remaining()).toBe(97n);
});
