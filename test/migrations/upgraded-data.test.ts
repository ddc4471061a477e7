import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { migrate } from '../../src/platform/migrate.js';
import type { TestDatabase } from '../support/database.js';
import { facts, openOldDatabase } from './old-database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await openOldDatabase();
  await migrate(store.address);
});
afterAll(() => store.close());

const presentName = (word: string): string =>
  ({ ASK: 'LOOKUP', IN_DOUBT: 'PENDING_CONFIRMATION', aliases: 'unlock_keys', paces: 'rate_limits' })[word] ??
  word;

const byId = <Row extends { id: string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

it('keeps every row', async () => {
  const { budget_crossings = 0, balance_crossings = 0, ...rows } = facts.rows;
  const expected = {
    ...Object.fromEntries(Object.entries(rows).map(([table, count]) => [presentName(table), count])),
    alerts: budget_crossings + balance_crossings,
    alert_destinations: facts.webhooks.length,
  };
  const counts: Record<string, number> = {};
  for (const table of Object.keys(expected)) {
    counts[table] = (await store.database.sql`select from ${store.database.sql(table)}`).count;
  }
  expect(counts).toEqual(expected);
});

it('keeps the credits of every kind of entry, in the partitions of their months', async () => {
  const { sql } = store.database;
  const sums = await sql<typeof facts.entries.byKindAndCharge>`
    select kind, charge, count(*)::int as entries, sum(credits)::int as credits, sum(saved)::int as saved
    from entries group by kind, charge`;
  const inOrder = (rows: typeof facts.entries.byKindAndCharge) =>
    rows.toSorted((a, b) => (a.kind + a.charge < b.kind + b.charge ? -1 : 1));
  expect(inOrder([...sums])).toEqual(
    inOrder(facts.entries.byKindAndCharge.map((sum) => ({ ...sum, kind: presentName(sum.kind) }))),
  );
  const partitions = await sql<{ name: string; entries: number }[]>`
    select tableoid::regclass::text as name, count(*)::int as entries from entries group by 1`;
  expect(Object.fromEntries(partitions.map(({ name, entries }) => [name, entries]))).toEqual(
    facts.entries.byPartition,
  );
});

it('keeps usage, budget periods and reservations', async () => {
  const { sql } = store.database;
  const [usage] = await sql`
    select sum(lookups)::int as lookups, sum(attempts)::int as attempts, sum(from_snapshot)::int as "fromSnapshot",
      sum(credits)::int as credits, sum(saved)::int as saved
    from usage_buckets`;
  expect(usage).toEqual(facts.usage);
  const periods = await sql<{ budgetId: string; startsAt: Date; reserved: number; spent: number }[]>`
    select budget_id as "budgetId", starts_at as "startsAt", reserved::int, spent::int from budget_periods`;
  const inOrder = (
    rows: readonly { budgetId: string; startsAt: string; reserved: number; spent: number }[],
  ) =>
    rows
      .map(({ budgetId, startsAt, reserved, spent }) => `${budgetId} ${startsAt} ${reserved} ${spent}`)
      .toSorted();
  expect(inOrder(periods.map((period) => ({ ...period, startsAt: period.startsAt.toISOString() })))).toEqual(
    inOrder(facts.budgetPeriods),
  );
  const reservations = await sql<{ id: string; expiresAt: Date }[]>`
    select id, state, lookup_key as "lookupKey", credits::int, refetch_credits::int as "refetchCredits",
      expires_at as "expiresAt"
    from reservations`;
  expect(byId(reservations.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })))).toEqual(
    byId(facts.reservations.map((row) => ({ ...row, state: presentName(row.state) }))),
  );
});

it('keeps presumed charges with their corrections', async () => {
  const { sql } = store.database;
  const open = await sql<{ id: string }[]>`
    select e.id from entries e join reservations r on r.id = e.id and r.state = 'PENDING_CONFIRMATION'
    where e.charge = 'PRESUMED' order by e.id`;
  expect(open.map(({ id }) => id)).toEqual(facts.presumed.openEntryIds.toSorted());
  const corrections = await sql<{ entryId: string }[]>`
    select id as "entryId", corrects_entry_id as "correctsEntryId", charge, credits::int
    from entries where kind = 'CORRECTION' order by id`;
  expect([...corrections]).toEqual(
    facts.presumed.corrections.toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1)),
  );
});

const undelivered = { attempts: 0, nextAttemptAt: null, deliveredAt: null };

it('moves the alerts of budgets and balances into one table, and their delivery to their destination', async () => {
  type Row = { subjectId: string; facts: object } & Record<
    'periodStartsAt' | 'raisedAt' | 'nextAttemptAt' | 'deliveredAt',
    Date | null
  >;
  const rows = await store.database.sql<Row[]>`
    select split_part(a.event::text, '_', 1) as kind, a.subject as "subjectId", a.starts_at as "periodStartsAt", a.threshold,
      a.facts, a.raised_at as "raisedAt", coalesce(d.attempts, 0) as attempts, d.next_attempt_at as "nextAttemptAt",
      d.delivered_at as "deliveredAt"
    from alerts a
    left join alert_deliveries d
      on d.workspace_id = a.workspace_id and d.alert_id = a.id and d.destination_id::text = a.subject`;
  const found = rows.map((row) => JSON.stringify(row)).toSorted();
  const expected = facts.alerts.map(({ name: _, workspace: __, ...alert }) => {
    const { limit, spent, monthlyCredits, used, remaining, renewsAt, ...common } = alert;
    const amounts =
      alert.kind === 'BUDGET'
        ? { limit: `${limit}`, spent: `${spent}` }
        : { used: `${used}`, renewsAt, remaining: `${remaining}`, monthlyCredits: `${monthlyCredits}` };
    const { kind, subjectId, periodStartsAt, threshold, raisedAt } = common;
    // Of a webhook that was removed there is no destination, and so no delivery.
    const hasDestination = facts.webhooks.some((webhook) => webhook.subjectId === subjectId);
    const { attempts, nextAttemptAt, deliveredAt } = hasDestination ? common : undelivered;
    return JSON.stringify({
      kind,
      subjectId,
      periodStartsAt,
      threshold,
      facts: amounts,
      raisedAt,
      attempts,
      nextAttemptAt,
      deliveredAt,
    });
  });
  expect(found).toEqual(expected.toSorted());
});

it('derives how each lookup key is known, and leads each to the record that it led to', async () => {
  const kinds = await store.database.sql<{ kind: string }[]>`
    select distinct u.origin || ' ' || (k.lookup_key = u.record_key) || ' ' || k.source as kind
    from unlock_keys k join unlocks u on u.workspace_id = k.workspace_id and u.id = k.unlock_id`;
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual([
    'BOUGHT false REPORTED',
    'BOUGHT true RESOLVED',
    'DECLARED false DECLARED',
    'DECLARED true DECLARED',
  ]);
  const lost = await store.database.sql`
    select from unlock_keys k
    where not exists (
      select from unlock_of_key(k.workspace_id, k.account_id, k.lookup_key) u where u.unlock_id = k.unlock_id)`;
  expect(lost.count).toBe(0);
});

it('has a ledger that verify agrees with', async () => {
  const found = await verifyLedger(store.database);
  expect(found).toMatchObject({ disagreements: [], entries: facts.rows['entries'] });
});
