import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openDatabase, type Database } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  requestFor,
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

it.each([
  ['this', () => ledger],
  ['another', () => other],
])('returns the result of a call of %s instance to a caller that waits', async (_, waiterOf) => {
  const account = createAccount();
  const hit = requestFor(account, 'hit');
  const miss = requestFor(account, 'miss');
  const fault = requestFor(account, 'fault');
  await Promise.all([hit, miss, fault].map((request) => ledger.reserve(request)));
  const waits = [hit, miss, fault].map((request) => waiterOf().wait(request));
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

it('resolves a wait at once when the reservation is already settled', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await buy(ledger, request, 'record');
  expect(await other.wait(request)).toMatchObject({ kind: 'SETTLED', outcome: 'FOUND' });
});

it('resolves hundreds of waits for one call', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  const waits = Array.from({ length: 500 }, () => other.wait(request));
  await ledger.settle(found(request, 'record'));
  expect(new Set((await Promise.all(waits)).map(({ kind }) => kind))).toEqual(new Set(['SETTLED']));
});

it('blocks no lookup for longer than the life of a reservation when its instance died', async () => {
  const account = createAccount();
  const dying = openLedger(elsewhere, { reservationSeconds: 1 });
  const request = requestFor(account, 'a');
  await dying.reserve(request);
  await dying.close(0);
  expect(await other.wait(request)).toMatchObject({ kind: 'SETTLED', outcome: 'UNKNOWN' });
  expect(await ledger.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'RESERVED', credits: 0n });
  expect(await entriesOf(store.database, account)).toMatchObject([{ id: request.id, charge: 'PRESUMED' }]);
});

it('gives up its waits when it is closed, and leaves the reservation to its owner', async () => {
  const account = createAccount();
  const closing = openLedger(elsewhere);
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  const wait = closing.wait(request);
  await closing.close(100);
  expect(await wait).toEqual({ kind: 'GIVEN_UP' });
  expect(await reservationsOf(store.database, account)).toHaveLength(1);
});

it('resolves a wait after the database was unavailable for a while', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await ledger.reserve(request);
  const wait = other.wait(request);
  await sleep(20);
  await store.database.db.execute(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await ledger.settle(found(request, 'record'));
  expect(await wait).toMatchObject({ kind: 'SETTLED', outcome: 'FOUND' });
  await touchConnections(elsewhere);
});
