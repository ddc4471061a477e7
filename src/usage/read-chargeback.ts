import { type SQL, sql } from 'drizzle-orm';
import { entries } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { refuseArchived } from '../ledger/archived-entries.js';
import type { Drizzle } from '../platform/database.js';
import type { Period } from './period.js';
import { type EntryFilter, matchingEntries } from './entry-filter.js';
import { type Apportioned, apportionCredits } from './apportion-credits.js';
import type { UsageTotals } from './usage-sums.js';

export type Chargeback = Apportioned;

type Wanted = Period & { filter: Omit<EntryFilter, 'from' | 'to'>; totals: UsageTotals };

const attemptsMax = 1_000_000n;

/**
 * The share of each workflow (null: none) in a period's credits. The charge for a record is apportioned equally to the
 * workflows that looked it up in the period; a charge without a record stays with its workflow. The shares add up to the
 * credits charged. Reads entries, so it has a limit: throws LIMIT_EXCEEDED for more than a million attempts,
 * and ARCHIVED where some of them are archived.
 */
export const readChargeback = async (
  db: Pick<Drizzle, 'execute'>,
  caller: Caller,
  { totals, filter, from, to }: Wanted,
): Promise<Map<string | null, Chargeback>> => {
  if (totals.attempts > attemptsMax) throw tooLong();
  const wanted = matchingEntries(caller, { ...filter, from, to });
  const rows = await refuseArchived(() =>
    db.execute<{ workflow: string | null; sharers: string; credits: string }>(poolsOf(wanted)),
  );
  const pools = rows.map(({ workflow, sharers, credits }) => ({
    bearer: workflow,
    sharers: Number(sharers),
    credits: BigInt(credits),
  }));
  return apportionCredits([...new Set(pools.map(({ bearer }) => bearer))], pools);
};

// A presumed charge has no record yet; its correction names one.
const poolsOf = (wanted: SQL | undefined): SQL => sql`
  with used as (
    select workflow, credits, coalesce(unlock_id, case when charge = 'PRESUMED' then (
      select c.unlock_id from ${entries} c
      where c.workspace_id = ${entries.workspaceId} and c.corrects_entry_id = ${entries.id}
      limit 1
    ) end) as record
    from ${entries}
    where ${wanted}
  ), record as (
    select array_agg(distinct workflow) as workflows, sum(credits) as credits
    from used
    where record is not null
    group by record
    having sum(credits) <> 0
  ), borne as (
    select w.workflow, cardinality(r.workflows) as sharers, r.credits
    from record r
    cross join lateral unnest(r.workflows) as w (workflow)
    union all
    select workflow, 1, credits from used where record is null and credits <> 0
  )
  select workflow, sharers::text, sum(credits)::text as credits
  from borne
  group by workflow, borne.sharers
  order by workflow nulls last, borne.sharers`;

/** Throws BAD_REQUEST for a report that cannot include chargeback. */
export const refuseChargeback = ({
  groupBy,
  filter,
  top,
}: {
  groupBy: readonly string[];
  filter: Wanted['filter'];
  top?: object | null | undefined;
}): void => {
  if (groupBy.length !== 1 || groupBy[0] !== 'WORKFLOW') {
    throw new GatewayError(
      'BAD_REQUEST',
      '"chargeback" needs a report by workflow only: set "groupBy" to [WORKFLOW].',
      { field: ['groupBy'] },
    );
  }
  if (top !== null && top !== undefined) {
    throw new GatewayError('BAD_REQUEST', '"chargeback" needs every workflow: omit "top".', {
      field: ['top'],
    });
  }
  const { workflow, outcome, charge, without } = filter;
  const byWorkflow = workflow ?? (without?.includes('WORKFLOW') === true ? without : null);
  if ([byWorkflow, outcome, charge].every((given) => given === null || given === undefined)) return;
  throw new GatewayError(
    'BAD_REQUEST',
    '"chargeback" needs every use of a record: omit the filters by workflow, outcome and charge.',
    { field: ['filter'] },
  );
};

const tooLong = (): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `"chargeback" reads up to ${attemptsMax} attempts: shorten the period, or filter.`,
  );
