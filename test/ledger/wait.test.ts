import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  askFor,
  buy,
  ended,
  entriesOf,
  found,
  createAccount,
  openLedger,
  reservationsOf,
  touchConnections,
} from './setup.js';

let store: TestDatabase;
let elsewhere: Database;
let ledger: Ledger;
let other: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  elsewhere = openDatabase(store.address, { connectionsMax: 4 });
  ledger = openLedger(store.database);
  other = openLedger(elsewhere);
});
afterAll(async () => {
  await ledger.close(1_000);
  await other.close(1_000);
  await elsewhere.close();
  await store.close();
});

test.each([
  ['this', () => ledger],
  ['another', () => other],
])('whoever waits hears how a call of %s instance ended', async (_, waiterOf) => {
  const account = createAccount();
  const hit = askFor(account, 'hit');
  const miss = askFor(account, 'miss');
  const fault = askFor(account, 'fault');
  await Promise.all([hit, miss, fault].map((ask) => ledger.reserve(ask)));
  const waits = [hit, miss, fault].map((ask) => waiterOf().wait(ask));
  await ledger.settle(found(hit, 'record'));
  await ledger.settle(ended(miss, 'NOT_FOUND'));
  await ledger.settle(ended(fault, 'FAILED'));
  const end = { kind: 'SETTLED', problem: null, connectionId: null };
  expect(await Promise.all(waits)).toMatchObject([
    { ...end, outcome: 'FOUND' },
    { ...end, outcome: 'NOT_FOUND' },
    { ...end, outcome: 'FAILED', problem: 'PROVIDER_UNAVAILABLE' },
  ]);
});

test('a wait for what has already ended is answered at once', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await buy(ledger, ask, 'record');
  expect(await other.wait(ask)).toMatchObject({ kind: 'SETTLED', outcome: 'FOUND' });
});

test('hundreds wait for one call at the price of a look now and then, and all hear', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  const waits = Array.from({ length: 500 }, () => other.wait(ask));
  await ledger.settle(found(ask, 'record'));
  expect(new Set((await Promise.all(waits)).map(({ kind }) => kind))).toEqual(new Set(['SETTLED']));
});

test('nobody is blocked for longer than the life of a reservation whose instance died', async () => {
  const account = createAccount();
  const dying = openLedger(elsewhere, { reservationSeconds: 1 });
  const ask = askFor(account, 'a');
  const startedMs = performance.now();
  await dying.reserve(ask);
  expect(await other.wait(ask)).toMatchObject({ kind: 'SETTLED', outcome: 'UNKNOWN' });
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ status: 'RESERVED', credits: 0n });
  expect(await entriesOf(store.database, account)).toMatchObject([{ id: ask.id, charge: 'PRESUMED' }]);
});

test('closing gives up its waits and leaves the reservation to its owner', async () => {
  const account = createAccount();
  const closing = openLedger(elsewhere);
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  const wait = closing.wait(ask);
  await closing.close(100);
  expect(await wait).toEqual({ kind: 'GIVEN_UP' });
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
});

test('a wait outlives a database that goes away for a while', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await ledger.reserve(ask);
  const wait = other.wait(ask);
  await sleep(20);
  await store.database.db.execute(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await ledger.settle(found(ask, 'record'));
  expect(await wait).toMatchObject({ kind: 'SETTLED', outcome: 'FOUND' });
  await touchConnections(elsewhere);
});
