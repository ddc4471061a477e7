import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reserveBatch } from '../../src/ledger/reserve.js';
import { reserveOne } from '../../src/ledger/reserve-one.js';
import type { Decision } from '../../src/ledger/rows.js';
import { settleBatch } from '../../src/ledger/settle.js';
import { settleOne } from '../../src/ledger/settle-one.js';
import type {
  ReservationRequest,
  SettledEntry,
  Settlement,
  SnapshotVersion,
} from '../../src/ledger/types.js';
import type { Sql } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { describeTables, timeless } from '../distribution/describe-tables.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { requestFor } from './setup.js';

/*
 * Money is written in two ways: by the functions of batches, and by those of single lookups. Random histories are played on
 * two databases, one for each way, with the same ids. The answers and the rows of all tables have to be the same.
 */
type Way = {
  reserve: (sql: Sql, request: ReservationRequest) => Promise<Decision | undefined>;
  settle: (sql: Sql, settlement: Settlement) => Promise<SettledEntry | undefined>;
};
// Longer than the test: a history must not end the reservations of another.
const lifeSeconds = 3_600;
const one: Way = { reserve: (sql, request) => reserveOne(sql, lifeSeconds, request), settle: settleOne };
const batch: Way = {
  reserve: async (sql, request) => (await reserveBatch(sql, lifeSeconds, [request]))[0],
  settle: async (sql, settlement) => (await settleBatch(sql, [settlement]))[0],
};

let ways: { way: Way; store: TestDatabase }[];
beforeAll(async () => {
  ways = [
    { way: one, store: await createTestDatabase() },
    { way: batch, store: await createTestDatabase() },
  ];
});
afterAll(() => Promise.all(ways.map(({ store }) => store.close())));

const keys = ['a1', 'a1', 'a2', 'a2', 'A', 'b1', 'B', 'quoted " \\ {,}', ''] as const;
const rarely = <Value>(usual: Value, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const reserveStep = fc.record({
  kind: fc.constant('reserve' as const),
  account: rarely(0, fc.constant(1)),
  lookupKey: fc.constantFrom(...keys),
  /** The caller has the snapshot that the key leads to. */
  isCached: fc.boolean(),
  fields: fc.record({
    variant: rarely('AU', fc.constant('NZ')),
    credits: fc.constantFrom(1n, 1n, 2n, 0n),
    refetchCredits: rarely(0n, fc.constant(1n)),
    looksUpAgain: rarely(false, fc.constant(true)),
    mayCharge: rarely(true, fc.constant(false)),
    maxAgeSeconds: fc.constantFrom(3_600, 0),
  }),
  labels: fc.record({
    workflow: fc.constantFrom('crm', null),
    payer: rarely('CONNECTION', fc.constant('MANAGED')),
    step: fc.constantFrom(1, 2),
    sandbox: fc.boolean(),
    connectionId: fc.constantFrom(null, '00000000-0000-7000-8000-00000000000c'),
    job: rarely(null, fc.constant({ jobId: '00000000-0000-7000-8000-00000000000a', jobRow: 7 })),
  }),
});

const settleStep = fc.record({
  kind: fc.constant('settle' as const),
  /** Which of the open reservations. */
  at: fc.nat(9),
  outcome: fc.constantFrom(
    'FOUND',
    'FOUND',
    'FOUND',
    'NOT_FOUND',
    'FAILED',
    'REFUSED',
    'UNKNOWN',
    'UNKNOWN',
    'UNKNOWN',
  ),
  record: rarely('own', fc.constantFrom('A', 'B', null)),
  lookupKeys: fc.array(fc.constantFrom(...keys), { maxLength: 5 }),
  price: fc.constantFrom(1n, 2n, 0n),
  charged: rarely(null, fc.constantFrom(0n, 1n, 3n)),
  body: rarely(true, fc.constant(false)),
  name: fc.constantFrom('A\u0000 \ud800 name', '', undefined),
  problem: fc.constantFrom('PROVIDER_UNAVAILABLE', null),
  presumedCause: fc.constantFrom('TIMEOUT', null),
  latencyMs: fc.constantFrom(0, 7.4, 70_000),
  /** It is settled once more, as after a lost connection. */
  again: rarely(false, fc.constant(true)),
});

const budgetStep = fc.record({
  kind: fc.constant('budget' as const),
  scope: fc.constantFrom('WORKSPACE', 'WORKFLOW', 'MANAGED'),
  limit: fc.integer({ min: 1, max: 5 }),
  mode: fc.constantFrom('HARD', 'SOFT'),
  fromStart: fc.boolean(),
});

const step = fc.oneof(
  { weight: 12, arbitrary: reserveStep },
  { weight: 10, arbitrary: settleStep },
  { weight: 2, arbitrary: budgetStep },
  { weight: 1, arbitrary: fc.constant({ kind: 'endBudgets' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'maintain' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decide' as const), charged: fc.boolean() }) },
);
type StepOf<Kind extends string> = Extract<
  typeof step extends fc.Arbitrary<infer One> ? One : never,
  { kind: Kind }
>;

it('writes the same rows and returns the same for one request as for a batch of one', async () => {
  const histories = fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), play);
  await expect(fc.assert(histories, { numRuns: 150, seed: 14 })).resolves.toBeUndefined();
}, 120_000);

/** Does the same on both databases, and expects the same result. */
const onBoth = async <Result>(act: (way: Way, sql: Sql) => Promise<Result>): Promise<Result> => {
  const [first, second] = await Promise.all(ways.map(({ way, store }) => act(way, store.database.sql)));
  expect(timeless(first)).toEqual(timeless(second));
  return first!;
};

const play = async (steps: StepOf<string>[]): Promise<void> => {
  const workspaceId = newId();
  const accounts = [newId(), newId()];
  const open: ReservationRequest[] = [];
  const sent: ReservationRequest[] = [];

  await onBoth((_, sql) => sql`insert into workspaces (id, name) values (${workspaceId}, 'one of them')`);
  for (const one of steps) {
    switch (one.kind) {
      case 'reserve': {
        const request = requestOf(one, workspaceId, accounts[one.account]!);
        const decision = await onBoth(async (way, sql) =>
          way.reserve(
            sql,
            one.isCached ? { ...request, cached: await presentVersion(sql, request) } : request,
          ),
        );
        sent.push(request);
        if (decision?.status === 'RESERVED') open.push(request);
        break;
      }
      case 'settle': {
        const [request] = open.splice(one.at % Math.max(open.length, 1), 1);
        const late = request ?? sent.at(one.at % Math.max(sent.length, 1));
        if (late === undefined) break;
        const settlement = settlementOf(one, late);
        for (let time = one.again ? 2 : 1; time > 0; time -= 1) {
          await onBoth((way, sql) => way.settle(sql, settlement));
        }
        break;
      }
      case 'budget':
        await addBudget(one, workspaceId);
        break;
      case 'endBudgets':
        await onBoth(
          (_, sql) => sql`
          update budgets set deleted_at = now() where workspace_id = ${workspaceId} and deleted_at is null`,
        );
        break;
      case 'maintain':
        await onBoth(
          (_, sql) => sql`
          update reservations set expires_at = now() - interval '1 second'
          where workspace_id = ${workspaceId} and state = 'HELD'`,
        );
        await onBoth((_, sql) => sql`select expire_reservations(1000)`);
        await onBoth((_, sql) => sql`select resolve_presumed_charges(1000)`);
        break;
      case 'decide': {
        const ids = `{${sent.map(({ id }) => id).join()}}`;
        await onBoth(
          (_, sql) => sql`
          select id, credits
          from decide_presumed_charges(${workspaceId}, ${ids}::text::uuid[], ${one.charged}, null, 'because')`,
        );
      }
    }
  }
  await onBoth((_, sql) => describeTables(sql, [workspaceId]));
};

const presentVersion = async (
  sql: Sql,
  { workspaceId, accountId, lookupKey, variant }: ReservationRequest,
): Promise<SnapshotVersion | null> => {
  const [found] = await sql<SnapshotVersion[]>`
    select s.unlock_id as "unlockId", s.fetched_at::text as "fetchedAt"
    from unlock_of_key(${workspaceId}, ${accountId}, ${lookupKey}) k
    join snapshots s on s.workspace_id = ${workspaceId} and s.unlock_id = k.unlock_id and s.variant = ${variant}`;
  return found ?? null;
};

const addBudget = async (
  { scope, limit, mode, fromStart }: StepOf<'budget'>,
  workspaceId: string,
): Promise<void> => {
  const id = newId();
  const subject = scope === 'WORKFLOW' ? 'crm' : null;
  await onBoth(
    (_, sql) => sql`
    insert into budgets (workspace_id, id, name, scope, subject, period, time_zone, "limit", mode, thresholds)
    values (${workspaceId}, ${id}, ${id}, ${scope}, ${subject}, 'TOTAL', 'UTC', ${limit}, ${mode}, '{50, 100}')`,
  );
  if (fromStart) await onBoth((_, sql) => sql`select count_from_period_start(${workspaceId}, ${id})`);
};

const requestOf = (
  { lookupKey, fields, labels: { job, ...labels } }: StepOf<'reserve'>,
  workspaceId: string,
  accountId: string,
): ReservationRequest =>
  requestFor({ workspaceId, accountId }, lookupKey, {
    ...fields,
    labels: { ...labels, ...(job ?? { jobId: null, jobRow: null }) },
  });

const settlementOf = (one: StepOf<'settle'>, reservation: ReservationRequest): Settlement => {
  const { outcome, problem, latencyMs, charged, price, record, name } = one;
  const common = { reservation, latencyMs, charged };
  if (outcome !== 'FOUND') return { ...common, outcome, problem, presumedCause: one.presumedCause };
  if (record === null) return { ...common, outcome, problem: null, found: null };
  const recordKey = record === 'own' ? (reservation.lookupKey.startsWith('b') ? 'B' : 'A') : record;
  const body = one.body ? JSON.stringify({ of: reservation.id, text: '\u0000\ud800"\\' }) : null;
  const lookupKeys = [recordKey, ...one.lookupKeys];
  return {
    ...common,
    outcome,
    problem: null,
    found: { recordKey, price, lookupKeys, body, ...(name === undefined ? {} : { name }) },
  };
};
