import { sql } from 'drizzle-orm';
import { refuseArchived } from '../ledger/archived-entries.js';
import { firstEntryIdSince } from '../ledger/first-entry-id.js';
import type { Drizzle } from '../platform/database.js';
import { chargesBetween } from '../usage/charges-between.js';
import { quarterMs } from '../usage/period.js';
import { readRollupsEnd } from '../usage/rollups-end.js';
import { dayMs } from './depletion.js';
import type { SpentBetween, Timeline } from './timeline.js';

/** The ledger's charges from one cut to the next; the last has no end. */
export type Spending = { from: Date; credits: bigint };

/** The instants between which spending is needed, ascending: every event, and the starts of the burn rates. */
export const cutsOf = (asOf: Date, timeline: Timeline | null): Date[] => {
  const cuts = [
    new Date(asOf.getTime() - 30 * dayMs),
    new Date(asOf.getTime() - 7 * dayMs),
    ...(timeline === null ? [] : [timeline.startsAt, ...timeline.moments.map(({ at }) => at)]),
  ];
  const distinct = new Set(cuts.map((cut) => cut.getTime()));
  return [...distinct].toSorted((a, b) => a - b).map((ms) => new Date(ms));
};

/** Adds up the spending between two cuts. */
export const spentBetween =
  (spending: readonly Spending[]): SpentBetween =>
  (from, to) =>
    spending
      .filter((one) => one.from >= from && (to === null || one.from < to))
      .reduce((sum, { credits }) => sum + credits, 0n);

/** What is charged to one account: from each cut to the next, and from the last until now or nothing. */
type Series = {
  accountId: string;
  /** Null: all. */
  operations?: readonly string[] | null;
  cuts: readonly Date[];
  untilNow: boolean;
};

/**
 * The spending of several series, in their order: the ledger's charges from each cut to the next. Corrections count at the
 * instant of the entry that they correct; presumed charges count. Whole quarters of an hour are read from stored sums, the
 * rest from entries, except where a quarter has no charges. Throws ARCHIVED where those entries are archived.
 */
export const readSpendings = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  series: readonly Series[],
): Promise<Spending[][]> => {
  const parts = series
    .flatMap((one, place) =>
      one.cuts.map((at, index) => ({ ...one, series: place, at, next: one.cuts[index + 1] ?? null })),
    )
    .map(({ series: of, accountId, operations = null, at, next, untilNow }, part) => {
      const from = quarterOf(at);
      const to = next !== null ? quarterOf(next) : untilNow ? endOfTime : from;
      return { series: of, part, accountId, operations, from, to, at, firstId: firstEntryIdSince(from) };
    });
  const ends = await readRollupsEnd(db, workspaceId);
  const rows = await refuseArchived(() =>
    db.execute<{ credits: string }>(sql`
    with whole as (${chargesBetween(workspaceId, parts, ends)}),
    cut as materialized (
      select *
      from json_to_recordset(${JSON.stringify(parts)}::text::json) as cut (
        series int, part int, "accountId" uuid, operations text[], "from" timestamptz, at timestamptz, "firstId" uuid)
    ),
    -- The quarters that a cut divides, with the accounts that have charges there.
    divided as (
      select c."from", c.at, c."firstId", array_agg(distinct c."accountId") as accounts
      from cut c
      where c.at > c."from" and (
        -- Credits return at the instant at which they were charged, so a quarter without any has none at any instant.
        select coalesce(sum(u.credits), 0) from usage_buckets u
        where u.workspace_id = ${workspaceId} and u.account_id = c."accountId" and u.starts_at = c."from"
          and (c.operations is null or u.operation = any (c.operations))
      ) <> 0
      group by c."from", c.at, c."firstId"
    ),
    edge as (
      select c.series, c.part, coalesce(sum(e.credits), 0) as credits
      from cut c
      left join (
        select d.at, e.account_id, e.operation, e.credits
        from divided d
        cross join lateral charges_by_entries(${workspaceId}, d.accounts, d."from", d.at, d."firstId") e
      ) e on e.at = c.at and e.account_id = c."accountId" and (c.operations is null or e.operation = any (c.operations))
      group by c.series, c.part
    )
    select (
      coalesce(w.credits, 0) - e.credits
        + coalesce(lead(e.credits) over (partition by e.series order by e.part), 0)
    )::text as credits
    from edge e
    left join whole w using (part)
    order by e.part`),
  );
  let part = 0;
  return series.map((one) =>
    one.cuts.map((from, index) => {
      const isEnd = !one.untilNow && index === one.cuts.length - 1;
      const credits = isEnd ? 0n : BigInt(rows[part]?.credits ?? 0);
      part += 1;
      return { from, credits };
    }),
  );
};

const quarterOf = (at: Date): Date => new Date(Math.floor(at.getTime() / quarterMs) * quarterMs);

/** After every charge. */
const endOfTime = new Date('9999-12-31T00:00:00Z');
