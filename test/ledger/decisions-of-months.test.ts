import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { createWorkspace } from '../support/workspace.js';
import { type Decisions, openDecisions } from './open-decisions.js';
import { createAccount, entriesOf, found, requestFor } from './setup.js';

let decisions: Decisions;
beforeAll(async () => {
  decisions = await openDecisions();
});
afterAll(() => decisions.close());

/** The middle of the month that was `ago` months ago, in UTC. */
const middleOf = (ago: number): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 15, 12));
};

/** An id with the timestamp of that instant. */
const idAt = (at: Date): string => {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`;
};

const nameOf = (month: Date): string => `entries_${month.toISOString().slice(0, 7).replace('-', '_')}`;

it.each([
  { ago: 1, hasPartition: true, charged: true, late: 'other' },
  { ago: 1, hasPartition: true, charged: false, late: 'record' },
  { ago: 14, hasPartition: false, charged: true, late: 'other' },
  { ago: 14, hasPartition: false, charged: false, late: 'record' },
])(
  'corrects the month of a presumed charge when it is decided and its late result comes in a later one: $ago $charged',
  async ({ ago, hasPartition, charged, late }) => {
    const { sql } = decisions.store.database;
    const at = middleOf(ago);
    if (hasPartition) await sql`select create_entry_partitions(${at.toISOString()}::timestamptz, 0)`;
    const workspace = await createWorkspace(decisions.store.database, `month ${ago} ${charged}`);
    const account = createAccount(workspace.id);
    const budgetId = newId();
    await sql`
      insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
      values (${workspace.id}, ${budgetId}, 'month', 'WORKSPACE', 'MONTH', 'UTC', 5, 'HARD', '{}')`;
    const request = requestFor(account, 'a', { id: idAt(at) });
    await decisions.expiring.reserve(request);
    // As it was reserved then, while the process and its call have gone on until now.
    const month = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)).toISOString();
    await sql`update budget_periods set starts_at = ${month} where budget_id = ${budgetId}`;
    await sql`
      update reservations set reserved_at = ${at.toISOString()}, budget_starts = array[${month}::timestamptz]
      where id = ${request.id}`;
    await sql`select expire_reservations(1000)`;

    const spent = async () => {
      const [buckets] = await sql<{ credits: number }[]>`
        select coalesce(sum(credits), 0)::int as credits from usage_buckets
        where workspace_id = ${workspace.id} and starts_at between ${month} and ${at.toISOString()}`;
      const periods = await sql<{ starts_at: Date; spent: number }[]>`
        select starts_at, spent::int from budget_periods where budget_id = ${budgetId}`;
      expect(await decisions.disagreementsOf(account)).toEqual([]);
      return [buckets?.credits, ...periods.map((one) => [one.starts_at.toISOString(), one.spent])];
    };
    expect(await spent()).toEqual([1, [month, 1]]);
    expect(await decisions.decide(account, charged)).toMatchObject({ resolved: 1, credits: 1n });
    expect(await spent()).toEqual([charged ? 1 : 0, [month, charged ? 1 : 0]]);

    if (late === 'other') {
      // Another entry, of the present month, has paid for the record; then the late result finds the same.
      const other = requestFor(account, 'b');
      await decisions.ledger.reserve(other);
      await decisions.ledger.settle(found(other, 'record'));
      await sql`delete from budget_periods where budget_id = ${budgetId} and starts_at <> ${month} and spent = 0`;
    }
    const settled = await decisions.expiring.settle(found(request, 'record'));
    expect(settled).toMatchObject(
      charged ? { charge: 'ALREADY_UNLOCKED', credits: 0n } : { charge: 'CHARGED', credits: 1n },
    );
    const [buckets, ...periods] = await spent();
    expect([buckets, periods.find((one) => Array.isArray(one) && one[0] === month)]).toEqual([
      charged ? 0 : 1,
      [month, charged ? 0 : 1],
    ]);

    const written = (await entriesOf(decisions.store.database, account)).filter(
      ({ id, correctsEntryId }) => id === request.id || correctsEntryId === request.id,
    );
    expect(written.map((one) => one.at.toISOString())).toEqual(
      Array.from({ length: 3 }, () => at.toISOString()),
    );
    const parts = await sql<{ name: string }[]>`
      select tableoid::regclass::text as name from entries
      where id = ${request.id} or corrects_entry_id = ${request.id} order by id`;
    const present = nameOf(new Date());
    expect(parts.map(({ name }) => name)).toEqual([
      hasPartition ? nameOf(at) : 'entries_other',
      present,
      present,
    ]);
  },
);
