import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
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

/** A request to a provider that charges up to nine credits for each fetch. */
const costlyRequestFor = (
  account: TestAccount,
  subject: string,
  more: Partial<Omit<ReservationRequest, 'labels'>> = {},
): ReservationRequest => requestFor(account, subject, { credits: 9n, refetchCredits: 9n, ...more });

const agrees = async (account: TestAccount): Promise<void> => {
  expect((await verifyLedger(store.database, account)).disagreements).toEqual([]);
};

it('reserves the maximum, and charges what the provider reports', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  const counters = await limitWorkspace(store.database, id, 20);
  const request = costlyRequestFor(account, 'a');
  await ledger.reserve(request);
  expect(await counters()).toEqual({ reserved: 9, spent: 0 });
  const settled = await ledger.settle(found(request, 'record', { charged: 2n }));
  expect(settled).toMatchObject({ charge: 'CHARGED', credits: 2n, saved: 0n });
  expect(await counters()).toEqual({ reserved: 0, spent: 2 });
  await agrees(account);
});

it('settles a record that cost nothing as FREE, and reports no savings later', async () => {
  const account = createAccount();
  const request = costlyRequestFor(account, 'a');
  await ledger.reserve(request);
  expect(await ledger.settle(found(request, 'record', { charged: 0n }))).toMatchObject({
    charge: 'FREE',
    credits: 0n,
  });
  expect(await ledger.reserve(costlyRequestFor(account, 'a'))).toMatchObject({ status: 'HIT' });
  expect((await entriesOf(store.database, account)).at(-1)).toMatchObject({ saved: 0 });
  await agrees(account);
});

it('charges a miss as the provider reports it, also above the reserved credits', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  const counters = await limitWorkspace(store.database, id, 20);
  const request = requestFor(account, 'a', { credits: 1n, refetchCredits: 1n });
  await ledger.reserve(request);
  expect(await ledger.settle(ended(request, 'NOT_FOUND', 3n))).toMatchObject({
    charge: 'CHARGED',
    credits: 3n,
  });
  expect(await entriesOf(store.database, account)).toMatchObject([{ outcome: 'NOT_FOUND', credits: 3 }]);
  expect(await counters()).toEqual({ reserved: 0, spent: 3 });
  await agrees(account);
});

it('uses the snapshot, charges a fresher fetch again, and keeps the first price as the saving', async () => {
  const account = createAccount();
  await buy(ledger, costlyRequestFor(account, 'a'), 'record', { charged: 2n });
  expect(await ledger.reserve(costlyRequestFor(account, 'a'))).toMatchObject({
    status: 'HIT',
    unlock: { price: 2n },
  });

  const younger = costlyRequestFor(account, 'a', { maxAgeSeconds: -1 });
  expect(await ledger.reserve(younger)).toMatchObject({ status: 'RESERVED', credits: 9n });
  expect(await ledger.settle(found(younger, 'record', { charged: 9n }))).toMatchObject({
    charge: 'CHARGED',
    credits: 9n,
    saved: 0n,
  });
  expect(await ledger.reserve(costlyRequestFor(account, 'a'))).toMatchObject({
    status: 'HIT',
    unlock: { price: 2n },
  });
  await agrees(account);
});

it('returns NEEDS_CREDITS when a refetch costs and the request may not charge', async () => {
  const account = createAccount();
  await buy(ledger, costlyRequestFor(account, 'a'), 'record', { charged: 1n });
  const again = costlyRequestFor(account, 'a', { maxAgeSeconds: -1, mayCharge: false });
  expect(await ledger.reserve(again)).toMatchObject({
    status: 'NEEDS_CREDITS',
    unlock: { recordKey: 'record' },
  });
});

it('keeps a presumed charge when every fetch is charged and the record is fetched again', async () => {
  const account = createAccount();
  const lost = costlyRequestFor(account, 'a');
  await ledger.reserve(lost);
  await ledger.settle(ended(lost, 'UNKNOWN'));
  const again = costlyRequestFor(account, 'a');
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
    end: (request: ReservationRequest) => found(request, 'record', { charged: 2n }),
    charge: 'CHARGED',
    credits: -7,
  },
  {
    title: 'missed, for nothing',
    end: (request: ReservationRequest) => ended(request, 'NOT_FOUND', 0n),
    charge: 'NOT_FOUND',
    credits: -9,
  },
] as const;

it.each(late)(
  'resolves such a presumed charge by its own late result: $title',
  async ({ end, charge, credits }) => {
    const account = createAccount();
    const request = costlyRequestFor(account, 'a');
    await expiring.reserve(request);
    await store.database.sql`select expire_reservations(1000)`;
    await expiring.settle(end(request));
    expect(await entriesOf(store.database, account)).toMatchObject([
      { charge: 'PRESUMED', credits: 9 },
      { kind: 'CORRECTION', charge, credits, correctsEntryId: request.id },
    ]);
    expect(await reservationsOf(store.database, account)).toEqual([]);
    await agrees(account);
  },
);

it('charges what an unreadable response reports, and presumes nothing', async () => {
  const account = createAccount();
  const request = costlyRequestFor(account, 'a');
  await ledger.reserve(request);
  expect(await ledger.settle(ended(request, 'UNKNOWN', 1n))).toMatchObject({
    charge: 'CHARGED',
    credits: 1n,
  });
  expect(await reservationsOf(store.database, account)).toEqual([]);
  await agrees(account);
});

it('counts only what the managed account pays in a budget of scope MANAGED', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await store.database.sql`
    insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
    values (${id}, gen_random_uuid(), 'managed', 'MANAGED', 'MONTH', 'UTC', 1, 'HARD', '{}')`;
  const pay = (subject: string, payer: string) =>
    ledger.reserve(requestFor(account, subject, { labels: { payer } }));
  expect((await pay('a', 'CONNECTION')).status).toBe('RESERVED');
  expect((await pay('b', 'MANAGED')).status).toBe('RESERVED');
  expect(await pay('c', 'MANAGED')).toMatchObject({
    status: 'BUDGET_RESERVED',
    budget: { setByOperator: false },
  });
  expect((await pay('d', 'CALLER_KEY')).status).toBe('RESERVED');
});

it('returns NEEDS_CREDITS to a request that may not charge when a budget refused the one it follows', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await store.database.sql`
    insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
    values (${id}, gen_random_uuid(), 'none', 'WORKFLOW', 'crm', 'MONTH', 'UTC', 0, 'HARD', '{}'),
      (${id}, gen_random_uuid(), 'all', 'WORKSPACE', null, 'MONTH', 'UTC', 100, 'HARD', '{}')`;
  // The first is sent at once, so the other two share the next statement.
  const [, refused, poor] = await Promise.all([
    ledger.reserve(requestFor(account, 'other')),
    ledger.reserve(requestFor(account, 'a', { labels: { workflow: 'crm' } })),
    ledger.reserve(requestFor(account, 'a', { mayCharge: false })),
  ]);
  expect(refused).toMatchObject({ status: 'OVER_BUDGET' });
  expect(poor).toEqual({ status: 'NEEDS_CREDITS', unlock: null });
});
