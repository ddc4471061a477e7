import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
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

/** An ask of a provider that charges up to nine credits, for every fetch anew. */
const askDearly = (
  account: TestAccount,
  subject: string,
  more: Partial<Omit<ReservationRequest, 'labels'>> = {},
): ReservationRequest => askFor(account, subject, { credits: 9n, refetchCredits: 9n, ...more });

const agrees = async (account: TestAccount): Promise<void> => {
  expect((await verifyLedger(store.database, account)).disagreements).toEqual([]);
};

test('nine credits are held for a call of up to nine, and what the provider reports is charged', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  const counters = await limitWorkspace(store.database, id, 20);
  const ask = askDearly(account, 'a');
  await ledger.reserve(ask);
  expect(await counters()).toEqual({ reserved: 9, spent: 0 });
  const settled = await ledger.settle(found(ask, 'record', { charged: 2n }));
  expect(settled).toMatchObject({ charge: 'CHARGED', credits: 2n, saved: 0n });
  expect(await counters()).toEqual({ reserved: 0, spent: 2 });
  await agrees(account);
});

test('a record that the provider gave away is FREE, and saves nothing later', async () => {
  const account = createAccount();
  const ask = askDearly(account, 'a');
  await ledger.reserve(ask);
  expect(await ledger.settle(found(ask, 'record', { charged: 0n }))).toMatchObject({
    charge: 'FREE',
    credits: 0n,
  });
  expect(await ledger.reserve(askDearly(account, 'a'))).toMatchObject({ status: 'HIT' });
  expect((await entriesOf(store.database, account)).at(-1)).toMatchObject({ saved: 0 });
  await agrees(account);
});

test('a miss that was charged is booked as the provider reports it, also above what was held', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  const counters = await limitWorkspace(store.database, id, 20);
  const ask = askFor(account, 'a', { credits: 1n, refetchCredits: 1n });
  await ledger.reserve(ask);
  expect(await ledger.settle(ended(ask, 'NOT_FOUND', 3n))).toMatchObject({ charge: 'CHARGED', credits: 3n });
  expect(await entriesOf(store.database, account)).toMatchObject([{ outcome: 'NOT_FOUND', credits: 3 }]);
  expect(await counters()).toEqual({ reserved: 0, spent: 3 });
  await agrees(account);
});

test('its copy serves; only who wants a younger one pays again, and the first price stays the saving', async () => {
  const account = createAccount();
  await buy(ledger, askDearly(account, 'a'), 'record', { charged: 2n });
  expect(await ledger.reserve(askDearly(account, 'a'))).toMatchObject({
    status: 'HIT',
    unlock: { price: 2n },
  });

  const younger = askDearly(account, 'a', { maxAgeSeconds: -1 });
  expect(await ledger.reserve(younger)).toMatchObject({ status: 'RESERVED', credits: 9n });
  expect(await ledger.settle(found(younger, 'record', { charged: 9n }))).toMatchObject({
    charge: 'CHARGED',
    credits: 9n,
    saved: 0n,
  });
  expect(await ledger.reserve(askDearly(account, 'a'))).toMatchObject({
    status: 'HIT',
    unlock: { price: 2n },
  });
  await agrees(account);
});

test('to fetch again needs the right to spend', async () => {
  const account = createAccount();
  await buy(ledger, askDearly(account, 'a'), 'record', { charged: 1n });
  const again = askDearly(account, 'a', { maxAgeSeconds: -1, mayCharge: false });
  expect(await ledger.reserve(again)).toEqual({ status: 'NEEDS_CREDITS' });
});

test('where every fetch is charged, asking again proves nothing of a doubt: both stand', async () => {
  const account = createAccount();
  const lost = askDearly(account, 'a');
  await ledger.reserve(lost);
  await ledger.settle(ended(lost, 'UNKNOWN'));
  const again = askDearly(account, 'a');
  expect(await ledger.reserve(again)).toMatchObject({ status: 'RESERVED', credits: 9n });
  await ledger.settle(found(again, 'record', { charged: 1n }));
  await store.database.sql`select resolve_presumed_charges(1000)`;
  expect(await entriesOf(store.database, account)).toMatchObject([
    { charge: 'PRESUMED', credits: 9 },
    { charge: 'CHARGED', credits: 1 },
  ]);
  expect(await reservationsOf(store.database, account)).toMatchObject([{ state: 'PENDING_CONFIRMATION' }]);
  await agrees(account);
});

const late = [
  {
    title: 'found, for 2',
    end: (ask: ReservationRequest) => found(ask, 'record', { charged: 2n }),
    charge: 'CHARGED',
    credits: -7,
  },
  {
    title: 'missed, for nothing',
    end: (ask: ReservationRequest) => ended(ask, 'NOT_FOUND', 0n),
    charge: 'NOT_FOUND',
    credits: -9,
  },
] as const;

test.each(late)('its own late answer ends such a doubt: $title', async ({ end, charge, credits }) => {
  const account = createAccount();
  const ask = askDearly(account, 'a');
  await brief.reserve(ask);
  await store.database.sql`select expire_reservations(1000)`;
  await brief.settle(end(ask));
  expect(await entriesOf(store.database, account)).toMatchObject([
    { charge: 'PRESUMED', credits: 9 },
    { kind: 'CORRECTION', charge, credits, correctsEntryId: ask.id },
  ]);
  expect(await reservationsOf(store.database, account)).toEqual([]);
  await agrees(account);
});

test('an answer that cannot be read, but says what it cost, is charged so and leaves no doubt', async () => {
  const account = createAccount();
  const ask = askDearly(account, 'a');
  await ledger.reserve(ask);
  expect(await ledger.settle(ended(ask, 'UNKNOWN', 1n))).toMatchObject({ charge: 'CHARGED', credits: 1n });
  expect(await reservationsOf(store.database, account)).toEqual([]);
  await agrees(account);
});

test('a budget for managed credits counts what the managed account pays, and nothing else', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await store.database.sql`
    insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
    values (${id}, gen_random_uuid(), 'managed', 'MANAGED', 'MONTH', 'UTC', 1, 'HARD', '{}')`;
  const pay = (subject: string, payer: string) =>
    ledger.reserve(askFor(account, subject, { labels: { payer } }));
  expect((await pay('a', 'CONNECTION')).status).toBe('RESERVED');
  expect((await pay('b', 'MANAGED')).status).toBe('RESERVED');
  expect(await pay('c', 'MANAGED')).toMatchObject({
    status: 'OVER_BUDGET',
    budget: { setByOperator: false },
  });
  expect((await pay('d', 'CALLER_KEY')).status).toBe('RESERVED');
});

test('whoever may not spend does not pay in the place of one whom a budget turned away', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await store.database.sql`
    insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
    values (${id}, gen_random_uuid(), 'none', 'WORKFLOW', 'crm', 'MONTH', 'UTC', 0, 'HARD', '{}'),
      (${id}, gen_random_uuid(), 'all', 'WORKSPACE', null, 'MONTH', 'UTC', 100, 'HARD', '{}')`;
  // The first has its statement at once, so that the other two share the next.
  const [, turnedAway, poor] = await Promise.all([
    ledger.reserve(askFor(account, 'other')),
    ledger.reserve(askFor(account, 'a', { labels: { workflow: 'crm' } })),
    ledger.reserve(askFor(account, 'a', { mayCharge: false })),
  ]);
  expect(turnedAway).toMatchObject({ status: 'OVER_BUDGET' });
  expect(poor).toEqual({ status: 'NEEDS_CREDITS' });
});
