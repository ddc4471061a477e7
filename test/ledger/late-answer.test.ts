import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { askFor, entriesOf, found, createAccount, openLedger } from './setup.js';

let store: TestDatabase;
let brief: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  // Its reservations are over at once.
  brief = openLedger(store.database, { reservationSeconds: 0 });
});
afterAll(async () => {
  await brief.close(1_000);
  await store.close();
});

const untilSomebodyWaits = async (): Promise<void> => {
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

test('an answer that comes while its reservation is being given up is charged, once', async () => {
  const account = createAccount();
  const ask = askFor(account, 'subject');
  await brief.reserve(ask);
  const settling = await store.database.db.transaction(async (tx) => {
    await tx.execute('select expire_reservations(1000)');
    const settled = brief.settle(found(ask, 'record'));
    await untilSomebodyWaits();
    return { settled };
  });
  await settling.settled;
  expect(await entriesOf(store.database, account)).toMatchObject([
    { kind: 'LOOKUP', charge: 'PRESUMED', credits: 1 },
    { kind: 'CORRECTION', charge: 'CHARGED', credits: 0, correctsEntryId: ask.id },
  ]);
  expect((await verifyLedger(store.database, account)).disagreements).toEqual([]);
});
