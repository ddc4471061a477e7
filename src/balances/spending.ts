import { sql } from 'drizzle-orm';
import { refuseArchived } from '../ledger/archived-entries.js';
import type { Drizzle } from '../platform/database.js';
import { dayMs } from './depletion.js';
import type { AccountPlace } from './read-facts.js';
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

/**
 * The ledger's charges to an account from each cut to the next, and from the last until now. Corrections count at the
 * instant of the entry that they correct; presumed charges count. Whole quarters of an hour are read from the usage
 * buckets, the rest from entries, except where a quarter has no charges. Throws ARCHIVED where those entries are archived.
 */
export const readSpending = async (
  db: Pick<Drizzle, 'execute'>,
  { workspaceId, accountId }: AccountPlace,
  cuts: readonly Date[],
): Promise<Spending[]> => {
  const numbered = JSON.stringify(cuts.map((at, index) => ({ index, at })));
  const rows = await refuseArchived(() =>
    db.execute<{ credits: string }>(sql`
    with cut as (
      select c.index, c.at, date_bin('15 minutes', c.at, timestamptz 'epoch') as quarter
      from json_to_recordset(${numbered}::text::json) as c (index int, at timestamptz)
    ),
    stretch as (
      select c.*, coalesce(lead(c.quarter) over (order by c.index), 'infinity') as next_quarter from cut c
    ),
    part as (
      select s.index,
        (
          select coalesce(sum(u.credits), 0) from usage_buckets u
          where u.workspace_id = ${workspaceId} and u.account_id = ${accountId}
            and u.starts_at >= s.quarter and u.starts_at < s.next_quarter
        ) as whole,
        case when s.at > s.quarter and (
          -- Credits return at the instant at which they were charged, so a quarter without any has none at any instant.
          select coalesce(sum(u.credits), 0) from usage_buckets u
          where u.workspace_id = ${workspaceId} and u.account_id = ${accountId} and u.starts_at = s.quarter
        ) <> 0 and require_entries(${workspaceId}::uuid, s.quarter, s.at) then (
          select coalesce(sum(e.credits), 0) from entries e
          where e.workspace_id = ${workspaceId} and e.account_id = ${accountId}
            and e.occurred_at >= s.quarter and e.occurred_at < s.at
        ) else 0 end as edge
      from stretch s
    )
    select (p.whole - p.edge + coalesce(lead(p.edge) over (order by p.index), 0))::text as credits
    from part p
    order by p.index`),
  );
  return cuts.map((from, index) => ({ from, credits: BigInt(rows[index]?.credits ?? 0) }));
};
