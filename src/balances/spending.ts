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
  const [spending] = await readSpendings(db, workspaceId, [{ accountId, cuts, untilNow: true }]);
  return spending ?? [];
};

/** What is charged to one account: from each cut to the next, and from the last until now or nothing. */
type Series = {
  accountId: string;
  /** Null: all. */
  operations?: readonly string[] | null;
  cuts: readonly Date[];
  untilNow: boolean;
};

/** The spending of several series, in one statement and in their order. Throws ARCHIVED. */
export const readSpendings = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  series: readonly Series[],
): Promise<Spending[][]> => {
  const numbered = JSON.stringify(
    series.flatMap(({ accountId, operations = null, cuts, untilNow }, position) =>
      cuts.map((at, index) => ({
        series: position,
        account_id: accountId,
        operations,
        index,
        at,
        is_open: untilNow,
      })),
    ),
  );
  const rows = await refuseArchived(() =>
    db.execute<{ credits: string }>(sql`
    with cut as (
      select c.*, date_bin('15 minutes', c.at, timestamptz 'epoch') as quarter
      from json_to_recordset(${numbered}::text::json) as c (
        series int, account_id uuid, operations text[], index int, at timestamptz, is_open boolean
      )
    ),
    stretch as (
      select c.*, coalesce(
        lead(c.quarter) over (partition by c.series order by c.index),
        case when c.is_open then 'infinity' else c.quarter end
      ) as next_quarter
      from cut c
    ),
    part as (
      select s.series, s.index,
        (
          select coalesce(sum(u.credits), 0) from usage_buckets u
          where u.workspace_id = ${workspaceId} and u.account_id = s.account_id
            and (s.operations is null or u.operation = any (s.operations))
            and u.starts_at >= s.quarter and u.starts_at < s.next_quarter
        ) as whole,
        case when s.at > s.quarter and (
          -- Credits return at the instant at which they were charged, so a quarter without any has none at any instant.
          select coalesce(sum(u.credits), 0) from usage_buckets u
          where u.workspace_id = ${workspaceId} and u.account_id = s.account_id and u.starts_at = s.quarter
            and (s.operations is null or u.operation = any (s.operations))
        ) <> 0 and require_entries(${workspaceId}::uuid, s.quarter, s.at) then (
          select coalesce(sum(e.credits), 0) from entries e
          where e.workspace_id = ${workspaceId} and e.account_id = s.account_id
            and (s.operations is null or e.operation = any (s.operations))
            and e.occurred_at >= s.quarter and e.occurred_at < s.at
        ) else 0 end as edge
      from stretch s
    )
    select (p.whole - p.edge + coalesce(lead(p.edge) over (partition by p.series order by p.index), 0))::text as credits
    from part p
    order by p.series, p.index`),
  );
  let row = 0;
  return series.map(({ cuts }) =>
    cuts.map((from) => {
      const credits = BigInt(rows[row]?.credits ?? 0);
      row += 1;
      return { from, credits };
    }),
  );
};
