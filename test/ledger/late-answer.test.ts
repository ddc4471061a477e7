import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { requestFor, entriesOf, found, createAccount, openLedger } from './setup.js';

let store: TestDatabase;
let brief: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  // Its reservations expire at once.
  brief = openLedger(store.database, { reservationSeconds: 0 });
});
afterAll(async () => {
  await brief.close(1_000);
  await store.close();
});

const untilSettleWaits = async (): Promise<void> => {
  await expect
    .poll(
      async () => {
        const rows = await store.database.sql`
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%settle_credits%'`;
        return rows.length;
      },
      { interval: 5 },
    )
    .toBe(1);
};

it('charges a result once when it comes while its reservation expires', async () => {
  const account = createAccount();
  const request = requestFor(account, 'subject');
  await brief.reserve(request);
  const settling = await store.database.db.transaction(async (tx) => {
    await tx.execute('select expire_reservations(1000)');
    const settled = brief.settle(found(request, 'record'));
    await untilSettleWaits();
    return { settled };
  });
  await settling.settled;
  expect(await entriesOf(store.database, account)).toMatchObject([
    { kind: 'LOOKUP', charge: 'PRESUMED', credits: 1 },
    { kind: 'CORRECTION', charge: 'CHARGED', credits: 0, correctsEntryId: request.id },
  ]);
  expect((await verifyLedger(store.database, account)).disagreements).toEqual([]);
});
