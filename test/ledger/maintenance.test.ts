import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startLedgerMaintenance } from '../../src/ledger/maintenance.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';
import { requestFor, createAccount, openLedger, reservationsOf } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it('expires reservations when a partition cannot be created', async () => {
  const { sql } = store.database;
  const account = createAccount();
  await openLedger(store.database, { reservationSeconds: 0 }).reserve(requestFor(account, 'lost'));
  // As when the gateway's role may not create tables.
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
