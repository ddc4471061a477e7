import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  requestFor,
  buy,
  ended,
  entriesOf,
  found,
  limitWorkspace,
  createAccount,
  openLedger,
  type TestAccount,
  reservationsOf,
  spentBy,
} from './setup.js';

let store: TestDatabase;
let ledger: Ledger;
/** Its reservations expire at once. */
let expiring: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
  expiring = openLedger(store.database, { reservationSeconds: 0 });
});
afterAll(async () => {
  await ledger.close(1_000);
  await expiring.close(1_000);
  await store.close();
});

const presumeCharge = async (account: TestAccount, subject: string): Promise<ReservationRequest> => {
  const request = requestFor(account, subject);
  await ledger.reserve(request);
  await ledger.settle(ended(request, 'UNKNOWN'));
  return request;
};

const expire = async (): Promise<void> => {
  await store.database.sql`select expire_reservations(1000)`;
};

const statesOf = async (account: TestAccount): Promise<string[]> =>
  (await reservationsOf(store.database, account)).map(({ state }) => state);

it('reserves a presumed lookup for free, without waiting for the lost call', async () => {
  const account = createAccount();
  await presumeCharge(account, 'a');
  expect(await ledger.reserve(requestFor(account, 'a', { mayCharge: false }))).toMatchObject({
    status: 'RESERVED',
    credits: 0n,
    unlock: null,
  });
});

it('confirms a presumed charge by a correction of 0 credits when the record is found again', async () => {
  const account = createAccount();
  const lost = await presumeCharge(account, 'a');
  const again = requestFor(account, 'a');
  await ledger.reserve(again);
  const settled = await ledger.settle(found(again, 'record'));
  expect(settled).toMatchObject({ charge: 'ALREADY_UNLOCKED', credits: 0n });
  const entries = await entriesOf(store.database, account);
  const presumed = entries.find(({ id }) => id === lost.id);
  expect(entries).toHaveLength(3);
  expect(presumed).toMatchObject({ charge: 'PRESUMED', credits: 1, outcome: 'UNKNOWN' });
  expect(entries.find(({ kind }) => kind === 'CORRECTION')).toMatchObject({
    correctsEntryId: lost.id,
    charge: 'CHARGED',
    credits: 0,
    outcome: 'FOUND',
    at: presumed?.at,
    unlockId: settled.unlock?.id,
  });
  expect(await statesOf(account)).toEqual([]);
});

it('returns the credits of a presumed charge, at its own instant, when there is no such record', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 1);
  const lost = await presumeCharge(account, 'a');
  expect(await counters()).toEqual({ reserved: 0, spent: 1 });
  expect(await ledger.reserve(requestFor(account, 'b'))).toMatchObject({ status: 'OVER_BUDGET' });
  const again = requestFor(account, 'a');
  await ledger.reserve(again);
  await ledger.settle(ended(again, 'NOT_FOUND'));
  const entries = await entriesOf(store.database, account);
  expect(entries.find(({ kind }) => kind === 'CORRECTION')).toMatchObject({
    correctsEntryId: lost.id,
    charge: 'NOT_FOUND',
    credits: -1,
    at: entries.find(({ id }) => id === lost.id)?.at,
  });
  expect(await spentBy(store.database, account)).toBe(0);
  expect(await counters()).toEqual({ reserved: 0, spent: 0 });
  expect(await ledger.reserve(requestFor(account, 'b'))).toMatchObject({ status: 'RESERVED' });
});

it.each(['FAILED', 'REFUSED', 'UNKNOWN'] as const)(
  'keeps a presumed charge, counted once, when a further call ends as %s',
  async (outcome) => {
    const account = createAccount();
    await presumeCharge(account, 'a');
    const again = requestFor(account, 'a');
    await ledger.reserve(again);
    expect(await ledger.settle(ended(again, outcome))).toMatchObject({ charge: 'NONE', credits: 0n });
    expect(await statesOf(account)).toEqual(['PENDING_CONFIRMATION']);
    expect(await spentBy(store.database, account)).toBe(1);
  },
);

it('resolves a presumed charge when its record is bought by another identifier, and keeps one charge', async () => {
  const account = createAccount();
  await presumeCharge(account, 'domain');
  await buy(ledger, requestFor(account, 'abn'), 'id', { aliases: ['abn', 'domain'] });
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

it('confirms one of two presumed charges for one record, and returns the other', async () => {
  const account = createAccount();
  await presumeCharge(account, 'domain');
  await presumeCharge(account, 'abn');
  expect(await spentBy(store.database, account)).toBe(2);
  const again = requestFor(account, 'domain');
  await ledger.reserve(again);
  await ledger.settle(found(again, 'id', { aliases: ['abn', 'domain'] }));
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

it('presumes no charge when the record was bought during a call with an unknown result', async () => {
  const account = createAccount();
  const slow = requestFor(account, 'domain');
  await ledger.reserve(slow);
  await buy(ledger, requestFor(account, 'abn'), 'id', { aliases: ['domain'] });
  expect(await ledger.settle(ended(slow, 'UNKNOWN'))).toMatchObject({ charge: 'NONE', credits: 0n });
  expect(await spentBy(store.database, account)).toBe(1);
  expect(await statesOf(account)).toEqual([]);
});

it('resolves a presumed charge by maintenance when its record was bought in the same statement', async () => {
  const account = createAccount();
  const slow = requestFor(account, 'domain');
  const quick = requestFor(account, 'abn');
  await Promise.all([ledger.reserve(slow), ledger.reserve(quick)]);
  await Promise.all([
    ledger.settle(ended(requestFor(account, 'nothing'), 'FAILED')),
    ledger.settle(ended(slow, 'UNKNOWN')),
    ledger.settle(found(quick, 'id', { aliases: ['domain'] })),
  ]);
  await store.database.sql`select resolve_presumed_charges(1000)`;
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

it('does not resolve the presumed charges of another account', async () => {
  const one = createAccount();
  const other = createAccount(one.workspaceId);
  await presumeCharge(one, 'a');
  await buy(ledger, requestFor(other, 'a'), 'record');
  expect(await statesOf(one)).toEqual(['PENDING_CONFIRMATION']);
});

it('presumes the charge of an expired reservation at its price', async () => {
  const account = createAccount();
  const request = requestFor(account, 'a');
  await expiring.reserve(request);
  await expire();
  expect(await entriesOf(store.database, account)).toMatchObject([
    { id: request.id, outcome: 'UNKNOWN', charge: 'PRESUMED', credits: 1, problem: 'PROVIDER_TIMEOUT' },
  ]);
  expect(await ledger.reserve(requestFor(account, 'a'))).toMatchObject({ status: 'RESERVED', credits: 0n });
});

it('presumes no charge when a free reservation expires', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record');
  await expiring.reserve(requestFor(account, 'a', { variant: 'NZ' }));
  await expiring.reserve(requestFor(account, 'search', { credits: 0n }));
  await expire();
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

it('does not expire a reservation within its life', async () => {
  const account = createAccount();
  await ledger.reserve(requestFor(account, 'a'));
  await expire();
  expect(await statesOf(account)).toEqual(['HELD']);
});

it('writes each reservation once when several instances expire them at once', async () => {
  const account = createAccount();
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => expiring.reserve(requestFor(account, `s${index}`))),
  );
  await Promise.all([expire(), expire(), expire(), expire()]);
  await expire();
  expect(await entriesOf(store.database, account)).toHaveLength(50);
  expect(await spentBy(store.database, account)).toBe(50);
});

it('does not return credits for a late failure when a later call may have been charged', async () => {
  const account = createAccount();
  const late = requestFor(account, 'a');
  await expiring.reserve(late);
  await expire();
  const again = requestFor(account, 'a');
  expect(await ledger.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 0n });
  await ledger.settle(ended(late, 'FAILED'));
  await ledger.settle(ended(again, 'UNKNOWN'));
  expect(await statesOf(account)).toEqual(['PENDING_CONFIRMATION']);
  expect(await spentBy(store.database, account)).toBe(1);
});

it('expires the other reservations when one row cannot be written', async () => {
  const account = createAccount();
  const conflicting = requestFor(account, 'conflicting');
  await expiring.reserve(conflicting);
  // Its entry exists, so the entry of its expiry is refused.
  await ledger.recordEntry({ ...conflicting, outcome: 'REFUSED', unlock: null, problem: null, latencyMs: 1 });
  await expiring.reserve(requestFor(account, 'fine'));
  await expire().catch(() => {});
  await expire().catch(() => {});
  expect(
    (await reservationsOf(store.database, account)).filter(({ state }) => state === 'PENDING_CONFIRMATION'),
  ).toHaveLength(1);
  // The other tests of this file must not see it.
  await store.database.sql`delete from reservations where id = ${conflicting.id}`;
});
