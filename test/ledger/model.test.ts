import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReservationRequest, Settlement, Reservation } from '../../src/ledger/types.js';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  requestFor,
  ended,
  entriesOf,
  found,
  limitWorkspace,
  createAccount,
  type TestAccount,
  reservationsOf,
} from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

// Three identifiers for each of two records, and two without a record.
const recordOf = new Map([
  ...['a1', 'a2', 'a3'].map((subject) => [subject, 'A'] as const),
  ...['b1', 'b2', 'b3'].map((subject) => [subject, 'B'] as const),
]);
const lookupKeysOf = (record: string): string[] =>
  [...recordOf].filter(([, name]) => name === record).map(([subject]) => subject);

const subject = fc.constantFrom('a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'x', 'y');
const step = fc.oneof(
  fc.record({
    kind: fc.constant('reserve' as const),
    requests: fc.array(fc.record({ subject, mayCharge: fc.boolean() }), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant('settle' as const),
    // Which of the open reservations are settled, and how.
    ends: fc.array(fc.record({ at: fc.nat(20), how: fc.constantFrom('TRUTH', 'FAILED', 'UNKNOWN') }), {
      minLength: 1,
      maxLength: 6,
    }),
  }),
  fc.constant({ kind: 'maintain' as const }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const limit = 5;

it('agrees with a small model after random batches of requests and settlements', async () => {
  const histories = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), runSteps);
  await expect(fc.assert(histories, { numRuns: 60 })).resolves.toBeUndefined();
}, 60_000);

const runSteps = async (steps: Step[]): Promise<void> => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  const counters = await limitWorkspace(store.database, id, limit);
  const known = new Set<string>();
  const held = new Map<string, ReservationRequest>();
  const sent: ReservationRequest[] = [];

  const settle = async (settlements: Settlement[]): Promise<void> => {
    const settled = await settleBatch(store.database.sql, settlements);
    expect(settled.every((one) => one.settled)).toBe(true);
    for (const { reservation, outcome } of settlements) {
      held.delete(reservation.id);
      const record = recordOf.get(reservation.lookupKey);
      if (outcome === 'FOUND' && record !== undefined)
        for (const alias of lookupKeysOf(record)) known.add(alias);
    }
  };

  for (const one of steps) {
    if (one.kind === 'reserve') {
      const requests = one.requests.map((request) =>
        requestFor(account, request.subject, { mayCharge: request.mayCharge }),
      );
      const presumed = await presumedIn(account, sent);
      const before = [...held.values()];
      const answers = await reserveBatch(store.database.sql, 60, requests);
      sent.push(...requests);
      for (const [index, answer] of answers.entries()) {
        const request = requests[index]!;
        const expected = expectedOf(request, { known, held: before, presumed, batch: requests });
        expect(expected, `${request.lookupKey} in ${JSON.stringify(one)}`).toContain(answer.status);
        if (answer.status === 'RESERVED') {
          expect(answer.credits).toBe(presumed.has(request.lookupKey) ? 0n : 1n);
          held.set(request.id, { ...request, credits: answer.credits });
        }
      }
    } else if (one.kind === 'settle') {
      const under = [...held.values()];
      const chosen = new Map(one.ends.map(({ at, how }) => [under[at]?.id, { request: under[at], how }]));
      const settlements = [...chosen.values()].flatMap(({ request, how }) =>
        request === undefined ? [] : [endOf(request, how)],
      );
      if (settlements.length > 0) await settle(settlements);
    } else {
      await store.database.sql`select expire_reservations(100), resolve_presumed_charges(100)`;
    }
    await check(account, counters, held);
  }
  const rest = [...held.values()].map((request) => endOf(request, 'TRUTH'));
  if (rest.length > 0) await settle(rest);
  await store.database.sql`select resolve_presumed_charges(100)`;
  await check(account, counters, held);
  expect((await counters()).reserved).toBe(0);
};

const endOf = (request: ReservationRequest, how: 'TRUTH' | 'FAILED' | 'UNKNOWN'): Settlement => {
  if (how !== 'TRUTH') return ended(request, how);
  const record = recordOf.get(request.lookupKey);
  return record === undefined
    ? ended(request, 'NOT_FOUND')
    : found(request, record, { aliases: lookupKeysOf(record) });
};

const presumedIn = async (account: TestAccount, sent: ReservationRequest[]): Promise<Set<string>> => {
  const rows = await reservationsOf(store.database, account);
  const ids = new Set(rows.filter(({ state }) => state === 'PENDING_CONFIRMATION').map(({ id }) => id));
  return new Set(sent.filter(({ id }) => ids.has(id)).map(({ lookupKey: subject }) => subject));
};

/** The statuses that the ledger may return for a request, given the state before its batch. */
const expectedOf = (
  request: ReservationRequest,
  world: {
    known: Set<string>;
    held: ReservationRequest[];
    presumed: Set<string>;
    batch: ReservationRequest[];
  },
): Reservation['status'][] => {
  if (world.known.has(request.lookupKey)) return ['HIT'];
  const ofSubject = ({ lookupKey: subject }: ReservationRequest): boolean => subject === request.lookupKey;
  if (world.held.some(ofSubject)) return ['WAIT'];
  const alone = world.batch.filter(ofSubject).length === 1;
  // The ledger chooses which of several is reserved; the counters show that one is.
  if (!alone) return ['WAIT', 'RETRY', 'NEEDS_CREDITS', 'OVER_BUDGET', 'BUDGET_RESERVED', 'RESERVED'];
  if (world.presumed.has(request.lookupKey)) return ['RESERVED'];
  return request.mayCharge ? ['RESERVED', 'OVER_BUDGET', 'BUDGET_RESERVED'] : ['NEEDS_CREDITS'];
};

/** The invariants: the sums agree, and nothing is paid twice or beyond the limit. */
const check = async (
  account: TestAccount,
  counters: () => Promise<{ reserved: number; spent: number }>,
  held: Map<string, ReservationRequest>,
): Promise<void> => {
  const entries = await entriesOf(store.database, account);
  const reservations = await reservationsOf(store.database, account);
  const unlocks = await store.database.sql`select from unlocks where workspace_id = ${account.workspaceId}`;
  const spent = entries.reduce((sum, { credits }) => sum + credits, 0);
  const presumedCharges = reservations.filter(({ state }) => state === 'PENDING_CONFIRMATION');
  const { reserved, spent: counted } = await counters();

  expect(reservations.filter(({ state }) => state === 'HELD').map(({ id }) => id)).toEqual(
    [...held.keys()].toSorted(),
  );
  expect(unlocks.length).toBeLessThanOrEqual(2);
  expect(spent).toBe(unlocks.length + presumedCharges.length);
  expect(counted).toBe(spent);
  expect(reserved).toBe([...held.values()].reduce((sum, { credits }) => sum + Number(credits), 0));
  expect(counted + reserved).toBeLessThanOrEqual(limit);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
};
