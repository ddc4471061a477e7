import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  askFor,
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
/** Its reservations are over at once. */
let brief: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
  brief = openLedger(store.database, { reservationSeconds: 0 });
});
afterAll(async () => {
  await ledger.close(1_000);
  await brief.close(1_000);
  await store.close();
});

const doubtOf = async (account: TestAccount, subject: string): Promise<ReservationRequest> => {
  const ask = askFor(account, subject);
  await ledger.reserve(ask);
  await ledger.settle(ended(ask, 'UNKNOWN'));
  return ask;
};

const expire = async (): Promise<void> => {
  await store.database.sql`select expire_reservations(1000)`;
};

const statesOf = async (account: TestAccount): Promise<string[]> =>
  (await reservationsOf(store.database, account)).map(({ state }) => state);

test('what was in doubt is asked again at no price, and nobody waits for the call that is lost', async () => {
  const account = createAccount();
  await doubtOf(account, 'a');
  expect(await ledger.reserve(askFor(account, 'a', { mayCharge: false }))).toEqual({
    status: 'RESERVED',
    credits: 0n,
    unlock: null,
  });
});

test('asking again confirms a doubt: PRESUMED becomes CHARGED by a new entry of 0 credits', async () => {
  const account = createAccount();
  const lost = await doubtOf(account, 'a');
  const again = askFor(account, 'a');
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

test('asking again gives a doubt back where there is no such record: its credits, at its own instant', async () => {
  const workspace = await createWorkspace(store.database);
  const account = createAccount(workspace.id);
  const counters = await limitWorkspace(store.database, workspace.id, 1);
  const lost = await doubtOf(account, 'a');
  expect(await counters()).toEqual({ reserved: 0, spent: 1 });
  expect(await ledger.reserve(askFor(account, 'b'))).toMatchObject({ status: 'OVER_BUDGET' });
  const again = askFor(account, 'a');
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
  expect(await ledger.reserve(askFor(account, 'b'))).toMatchObject({ status: 'RESERVED' });
});

test.each(['FAILED', 'REFUSED', 'UNKNOWN'] as const)(
  'a further call that ends as %s tells nothing: the doubt stands and is counted once',
  async (outcome) => {
    const account = createAccount();
    await doubtOf(account, 'a');
    const again = askFor(account, 'a');
    await ledger.reserve(again);
    expect(await ledger.settle(ended(again, outcome))).toMatchObject({ charge: 'NONE', credits: 0n });
    expect(await statesOf(account)).toEqual(['PENDING_CONFIRMATION']);
    expect(await spentBy(store.database, account)).toBe(1);
  },
);

test('a doubt ends with the purchase of its record by another identifier, and one charge is left', async () => {
  const account = createAccount();
  await doubtOf(account, 'domain');
  await buy(ledger, askFor(account, 'abn'), 'id', { aliases: ['abn', 'domain'] });
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

test('two doubts about one record: one was its purchase, the other is given back', async () => {
  const account = createAccount();
  await doubtOf(account, 'domain');
  await doubtOf(account, 'abn');
  expect(await spentBy(store.database, account)).toBe(2);
  const again = askFor(account, 'domain');
  await ledger.reserve(again);
  await ledger.settle(found(again, 'id', { aliases: ['abn', 'domain'] }));
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

test('a call whose end is unknown leaves no doubt about a record that was bought while it ran', async () => {
  const account = createAccount();
  const slow = askFor(account, 'domain');
  await ledger.reserve(slow);
  await buy(ledger, askFor(account, 'abn'), 'id', { aliases: ['domain'] });
  expect(await ledger.settle(ended(slow, 'UNKNOWN'))).toMatchObject({ charge: 'NONE', credits: 0n });
  expect(await spentBy(store.database, account)).toBe(1);
  expect(await statesOf(account)).toEqual([]);
});

test('a doubt and the purchase of its record in one statement: the tidying ends the doubt', async () => {
  const account = createAccount();
  const slow = askFor(account, 'domain');
  const quick = askFor(account, 'abn');
  await Promise.all([ledger.reserve(slow), ledger.reserve(quick)]);
  await Promise.all([
    ledger.settle(ended(askFor(account, 'nothing'), 'FAILED')),
    ledger.settle(ended(slow, 'UNKNOWN')),
    ledger.settle(found(quick, 'id', { aliases: ['domain'] })),
  ]);
  await store.database.sql`select resolve_presumed_charges(1000)`;
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

test('the doubts of another account are its own affair', async () => {
  const one = createAccount();
  const other = createAccount(one.workspaceId);
  await doubtOf(one, 'a');
  await buy(ledger, askFor(other, 'a'), 'record');
  expect(await statesOf(one)).toEqual(['PENDING_CONFIRMATION']);
});

test('a reservation nobody came back for becomes a doubt, counted at its price', async () => {
  const account = createAccount();
  const ask = askFor(account, 'a');
  await brief.reserve(ask);
  await expire();
  expect(await entriesOf(store.database, account)).toMatchObject([
    { id: ask.id, outcome: 'UNKNOWN', charge: 'PRESUMED', credits: 1, problem: 'PROVIDER_TIMEOUT' },
  ]);
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ status: 'RESERVED', credits: 0n });
});

test('a free reservation nobody came back for leaves no doubt and costs nothing', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record');
  await brief.reserve(askFor(account, 'a', { variant: 'NZ' }));
  await brief.reserve(askFor(account, 'search', { credits: 0n }));
  await expire();
  expect(await statesOf(account)).toEqual([]);
  expect(await spentBy(store.database, account)).toBe(1);
});

test('what is still within its life does not expire', async () => {
  const account = createAccount();
  await ledger.reserve(askFor(account, 'a'));
  await expire();
  expect(await statesOf(account)).toEqual(['HELD']);
});

test('two instances that expire at once enter each reservation once', async () => {
  const account = createAccount();
  await Promise.all(Array.from({ length: 50 }, (_, index) => brief.reserve(askFor(account, `s${index}`))));
  await Promise.all([expire(), expire(), expire(), expire()]);
  await expire();
  expect(await entriesOf(store.database, account)).toHaveLength(50);
  expect(await spentBy(store.database, account)).toBe(50);
});

test('the answer that comes after its reservation expired is kept: the doubt turns into the purchase', async () => {
  const account = createAccount();
  const late = askFor(account, 'a');
  await brief.reserve(late);
  await expire();
  expect((await ledger.settle(found(late, 'record'))).credits).toBe(0n);
  expect((await entriesOf(store.database, account)).map(({ charge, credits }) => [charge, credits])).toEqual([
    ['PRESUMED', 1],
    ['CHARGED', 0],
  ]);
  expect(await statesOf(account)).toEqual([]);
  expect(await ledger.reserve(askFor(account, 'a'))).toMatchObject({ status: 'HIT' });
});

test('a late failure never gives back what a later call under the same doubt may have bought', async () => {
  const account = createAccount();
  const late = askFor(account, 'a');
  await brief.reserve(late);
  await expire();
  const again = askFor(account, 'a');
  expect(await ledger.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 0n });
  await ledger.settle(ended(late, 'FAILED'));
  await ledger.settle(ended(again, 'UNKNOWN'));
  expect(await statesOf(account)).toEqual(['PENDING_CONFIRMATION']);
  expect(await spentBy(store.database, account)).toBe(1);
});

test('one row that cannot be written does not keep the others from expiring', async () => {
  const account = createAccount();
  const spoilt = askFor(account, 'spoilt');
  await brief.reserve(spoilt);
  // Its entry is there already, so that of the expiry is refused.
  await ledger.recordEntry({ ...spoilt, outcome: 'REFUSED', unlock: null, problem: null, latencyMs: 1 });
  await brief.reserve(askFor(account, 'fine'));
  await expire().catch(() => {});
  await expire().catch(() => {});
  expect(
    (await reservationsOf(store.database, account)).filter(({ state }) => state === 'PENDING_CONFIRMATION'),
  ).toHaveLength(1);
  // Out of the way of the other tests of this file.
  await store.database.sql`delete from reservations where id = ${spoilt.id}`;
});
