import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startLedgerMaintenance } from '../../src/ledger/maintenance.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';
import { askFor, createAccount, openLedger, reservationsOf } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

test('what keeps a month from being made keeps no reservation from being given up', async () => {
  const { sql } = store.database;
  const account = createAccount();
  await openLedger(store.database, { reservationSeconds: 0 }).reserve(askFor(account, 'lost'));
  // As where the gateway's role may write tables and make none.
  await sql`drop function create_entry_partitions`;
  const stop = startLedgerMaintenance(sql, silentLog, 20);
  await vi.waitFor(
    async () =>
      expect(await reservationsOf(store.database, account)).toMatchObject([
        { state: 'PENDING_CONFIRMATION' },
      ]),
    { timeout: 10_000 },
  );
  await stop();
});
