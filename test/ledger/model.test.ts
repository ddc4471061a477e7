import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReservationRequest, Settlement, Reservation } from '../../src/ledger/types.js';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import {
  askFor,
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

// Three identifiers for each of two records, and two that nothing answers to.
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
    asks: fc.array(fc.record({ subject, mayCharge: fc.boolean() }), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant('settle' as const),
    // Which of the reservations under way end, and how.
    ends: fc.array(fc.record({ at: fc.nat(20), how: fc.constantFrom('TRUTH', 'FAILED', 'UNKNOWN') }), {
      minLength: 1,
      maxLength: 6,
    }),
  }),
  fc.constant({ kind: 'tidy' as const }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const limit = 5;

test('random groups of asks and endings leave what a small model says, whatever their order', async () => {
  const histories = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), tell);
  await expect(fc.assert(histories, { numRuns: 60 })).resolves.toBeUndefined();
}, 60_000);

const tell = async (steps: Step[]): Promise<void> => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  const counters = await limitWorkspace(store.database, id, limit);
  const known = new Set<string>();
  const held = new Map<string, ReservationRequest>();
  const asked: ReservationRequest[] = [];

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
      const asks = one.asks.map((ask) => askFor(account, ask.subject, { mayCharge: ask.mayCharge }));
      const doubted = await doubtedIn(account, asked);
      const before = [...held.values()];
      const answers = await reserveBatch(store.database.sql, 60, asks);
      asked.push(...asks);
      for (const [index, answer] of answers.entries()) {
        const ask = asks[index]!;
        const expected = expectedOf(ask, { known, held: before, doubted, group: asks });
        expect(expected, `${ask.lookupKey} in ${JSON.stringify(one)}`).toContain(answer.status);
        if (answer.status === 'RESERVED') {
          expect(answer.credits).toBe(doubted.has(ask.lookupKey) ? 0n : 1n);
          held.set(ask.id, { ...ask, credits: answer.credits });
        }
      }
    } else if (one.kind === 'settle') {
      const under = [...held.values()];
      const chosen = new Map(one.ends.map(({ at, how }) => [under[at]?.id, { ask: under[at], how }]));
      const settlements = [...chosen.values()].flatMap(({ ask, how }) =>
        ask === undefined ? [] : [endOf(ask, how)],
      );
      if (settlements.length > 0) await settle(settlements);
    } else {
      await store.database.sql`select expire_reservations(100), resolve_presumed_charges(100)`;
    }
    await check(account, counters, held);
  }
  const rest = [...held.values()].map((ask) => endOf(ask, 'TRUTH'));
  if (rest.length > 0) await settle(rest);
  await store.database.sql`select resolve_presumed_charges(100)`;
  await check(account, counters, held);
  expect((await counters()).reserved).toBe(0);
};

const endOf = (ask: ReservationRequest, how: 'TRUTH' | 'FAILED' | 'UNKNOWN'): Settlement => {
  if (how !== 'TRUTH') return ended(ask, how);
  const record = recordOf.get(ask.lookupKey);
  return record === undefined
    ? ended(ask, 'NOT_FOUND')
    : found(ask, record, { aliases: lookupKeysOf(record) });
};

const doubtedIn = async (account: TestAccount, asked: ReservationRequest[]): Promise<Set<string>> => {
  const rows = await reservationsOf(store.database, account);
  const ids = new Set(rows.filter(({ state }) => state === 'PENDING_CONFIRMATION').map(({ id }) => id));
  return new Set(asked.filter(({ id }) => ids.has(id)).map(({ lookupKey: subject }) => subject));
};

/** What the ledger may answer to an ask, as the world stood when its group came in. */
const expectedOf = (
  ask: ReservationRequest,
  world: {
    known: Set<string>;
    held: ReservationRequest[];
    doubted: Set<string>;
    group: ReservationRequest[];
  },
): Reservation['status'][] => {
  if (world.known.has(ask.lookupKey)) return ['HIT'];
  const ofSubject = ({ lookupKey: subject }: ReservationRequest): boolean => subject === ask.lookupKey;
  if (world.held.some(ofSubject)) return ['WAIT'];
  const alone = world.group.filter(ofSubject).length === 1;
  // Which of several leads is the ledger's affair; that one does is seen by the counters.
  if (!alone) return ['WAIT', 'RETRY', 'NEEDS_CREDITS', 'OVER_BUDGET', 'RESERVED'];
  if (world.doubted.has(ask.lookupKey)) return ['RESERVED'];
  return ask.mayCharge ? ['RESERVED', 'OVER_BUDGET'] : ['NEEDS_CREDITS'];
};

/** What holds at every moment: the parts add up, and nothing is paid twice or beyond the limit. */
const check = async (
  account: TestAccount,
  counters: () => Promise<{ reserved: number; spent: number }>,
  held: Map<string, ReservationRequest>,
): Promise<void> => {
  const entries = await entriesOf(store.database, account);
  const reservations = await reservationsOf(store.database, account);
  const unlocks = await store.database.sql`select from unlocks where workspace_id = ${account.workspaceId}`;
  const spent = entries.reduce((sum, { credits }) => sum + credits, 0);
  const doubts = reservations.filter(({ state }) => state === 'PENDING_CONFIRMATION');
  const { reserved, spent: counted } = await counters();

  expect(reservations.filter(({ state }) => state === 'HELD').map(({ id }) => id)).toEqual(
    [...held.keys()].toSorted(),
  );
  expect(unlocks.length).toBeLessThanOrEqual(2);
  expect(spent).toBe(unlocks.length + doubts.length);
  expect(counted).toBe(spent);
  expect(reserved).toBe([...held.values()].reduce((sum, { credits }) => sum + Number(credits), 0));
  expect(counted + reserved).toBeLessThanOrEqual(limit);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
};
