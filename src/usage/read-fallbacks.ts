import { sql } from 'drizzle-orm';
import { entries } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import { refuseArchived } from '../ledger/archived-entries.js';
import type { Database } from '../platform/database.js';
import type { Period } from './period.js';
import { type EntryFilter, matchingEntries } from './entry-filter.js';

/** The results of one provider in lookups that another one had missed before it. */
export type Fallback = {
  /** The provider that missed. */
  missedBy: string;
  /** The provider that was called afterwards. */
  provider: string;
  attempts: bigint;
  found: bigint;
  creditsCharged: bigint;
};

const attemptsMax = 200_000;

/**
 * The results of providers after each other's misses: for each pair, the attempts of one that followed a NOT_FOUND of the
 * other in the same waterfall, each counted once. The later attempt decides whether a lookup is in the period. Filters
 * by workflow, token, operation and sandbox apply; filters by attempt are ignored, since each pair has two attempts.
 * Reads entries, so it has a limit: throws LIMIT_EXCEEDED for more than 200,000 later attempts, FORBIDDEN, and ARCHIVED.
 */
export const readFallbacks = async (
  { database }: { database: Database },
  caller: Caller,
  { from, to, filter }: Period & { filter: Omit<EntryFilter, 'from' | 'to'> },
): Promise<Fallback[]> => {
  authorize(caller, 'read');
  const { workflow, tokenId, operation, sandbox } = filter;
  const without = filter.without?.filter((label) => label === 'WORKFLOW');
  const wanted = matchingEntries(caller, { from, to, workflow, tokenId, operation, sandbox, without });
  const start = sql`${from.toISOString()}::text::timestamptz`;
  const rows = await refuseArchived(() =>
    database.db.execute<{
      missed_by: string;
      provider: string;
      attempts: string;
      found: string;
      credits: string;
      later: string;
    }>(sql`
    with later as materialized (
      select id, lookup_id, step, provider, kind, outcome, credits, workspace_id
      from ${entries}
      where ${wanted} and step > 1 and provider is not null
      limit ${attemptsMax + 1}
    ), miss as (
      -- Ids begin with their time: the bounds leave the partitions of these lookups, and not of the whole ledger.
      select first.lookup_id, first.step, first.provider
      from (select distinct workspace_id, lookup_id from later) a
      join ${entries} first
        on first.workspace_id = a.workspace_id and first.id = a.lookup_id and first.outcome = 'NOT_FOUND'
      where first.id between (select lookup_id from later order by lookup_id limit 1)
        and (select lookup_id from later order by lookup_id desc limit 1)
      union all
      select further.lookup_id, further.step, further.provider
      from (select distinct workspace_id, lookup_id from later where step > 2) a
      join ${entries} further
        on further.workspace_id = a.workspace_id and further.lookup_id = a.lookup_id and further.step > 1
        and further.kind = 'LOOKUP' and further.outcome = 'NOT_FOUND'
      where further.id between (select lookup_id from later order by lookup_id limit 1)
        and (select id from later order by id desc limit 1)
    ), missed as (
      select lookup_id, provider, min(step) as step from miss group by lookup_id, provider
    )
    select missed.provider as missed_by, later.provider,
      count(*) filter (where later.kind = 'LOOKUP') as attempts,
      count(*) filter (where later.kind = 'LOOKUP' and later.outcome = 'FOUND') as found,
      sum(later.credits) as credits,
      (select count(*) from later) as later
    from later
    join missed
      on missed.lookup_id = later.lookup_id and missed.step < later.step and missed.provider <> later.provider
    -- A lookup may have begun before the period, in a month that is archived.
    where (
      select require_entries(${caller.workspaceId}::uuid, coalesce(min(uuid_v7_time(l.lookup_id)), ${start}), ${start})
      from later l
    )
    group by missed.provider, later.provider
    order by missed.provider, later.provider`),
  );
  if (rows.some(({ later }) => Number(later) > attemptsMax)) throw tooMany();
  return rows.map(({ missed_by, provider, attempts, found, credits }) => ({
    missedBy: missed_by,
    provider,
    attempts: BigInt(attempts),
    found: BigInt(found),
    creditsCharged: BigInt(credits),
  }));
};

const tooMany = (): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `"fallbacks" reads up to ${attemptsMax} later attempts of waterfalls: shorten the period, or filter.`,
  );
