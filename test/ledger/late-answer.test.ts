import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ended, requestFor, entriesOf, found, createAccount, openLedger } from './setup.js';

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
          where datname = current_database() and wait_event_type = 'Lock' and query like '%from settle_one%'`;
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

it('returns the charge of the entry with its corrections when the reservation expired before', async () => {
  const account = createAccount();
  const late = requestFor(account, 'a');
  await brief.reserve(late);
  await store.database.sql`select expire_reservations(1000)`;
  const charged = { charge: 'CHARGED', credits: 1n, saved: 0n, unlock: { id: expect.any(String) } };
  expect(await brief.settle(found(late, 'record'))).toMatchObject({ settled: true, ...charged });
  // The statement may be repeated after a lost connection.
  expect(await brief.settle(found(late, 'record'))).toMatchObject({ settled: false, ...charged });
  expect((await entriesOf(store.database, account)).map(({ charge, credits }) => [charge, credits])).toEqual([
    ['PRESUMED', 1],
    ['CHARGED', 0],
  ]);
  expect(await brief.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'HIT' });
});

it('returns what another lookup has made of a presumed charge when the call itself found nothing', async () => {
  const account = createAccount();
  const late = requestFor(account, 'a');
  await brief.reserve(late);
  await store.database.sql`select expire_reservations(1000)`;
  expect(await brief.settle(ended(late, 'FAILED'))).toMatchObject({ charge: 'PRESUMED', credits: 1n });
  const other = requestFor(account, 'a');
  await brief.reserve(other);
  expect(await brief.settle(ended(other, 'NOT_FOUND'))).toMatchObject({ charge: 'NOT_FOUND', credits: 0n });
  expect(await brief.settle(ended(late, 'FAILED'))).toMatchObject({ charge: 'NOT_FOUND', credits: 0n });
});
