import { type SQL, sql } from 'drizzle-orm';
import { usageBuckets } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import type { Drizzle } from '../platform/database.js';
import { type Period, quarterMs } from './period.js';
import { readRollupsEnd, rollupsEnd, toRollupsEnd } from './rollups-end.js';
import { keepsQuarter, type TimeUnit, unitEnd, unitStart } from './unit-start.js';

/** One group of a report: its start, null without a unit, and its part of the period. */
export type Group = Period & { startsAt: Date | null };

const groupsMax = 10_000;

/**
 * The groups of a period of whole quarters of an hour, as far as the workspace has sums, and the end of its rollups (null:
 * none). Null where groups are not known to be one after the other, each of whole quarters, or are too many: then each
 * quarter has to be assigned to its group.
 */
export const readGroups = async (
  db: Pick<Drizzle, 'execute'>,
  { workspaceId }: Pick<Caller, 'workspaceId'>,
  { from, to }: Period,
  { units, timeZone }: { units: readonly TimeUnit[]; timeZone: string },
): Promise<{ groups: Group[]; rollupsEnd: Date | null } | null> => {
  if (units.length === 0) {
    return { groups: [{ startsAt: null, from, to }], rollupsEnd: await readRollupsEnd(db, workspaceId) };
  }
  const rows = await db.execute<Row>(sql`
    with recursive part as materialized (
      select min(${usageBuckets.startsAt}) as starts, max(${usageBuckets.startsAt}) + interval '15 minutes' as ends
      from ${usageBuckets}
      where ${usageBuckets.workspaceId} = ${workspaceId}
        and ${usageBuckets.startsAt} >= ${from.toISOString()}::timestamptz
        and ${usageBuckets.startsAt} < ${to.toISOString()}::timestamptz
    ), unit as (
      select first.at, ${unitEnd(units, timeZone, sql`first.at`)} as ends_at
      from (select ${unitStart(units, timeZone, sql`starts`)} as at from part where starts is not null) as first
      union all
      select unit.ends_at, ${unitEnd(units, timeZone, sql`unit.ends_at`)}
      from unit join part on unit.ends_at < part.ends
    ), found as materialized (
      select at, ends_at from unit limit ${groupsMax + 1}
    ), day as (
      select at, extract(epoch from at at time zone ${timeZone}::text)::bigint - extract(epoch from at)::bigint as shift
      from part cross join generate_series(date_trunc('day', starts, 'UTC'), ends + interval '1 day', '1 day') as at
    ), changed as (
      -- Where the offset stays, units are one after the other.
      select at, shift from (select at, shift, lead(shift) over (order by at) as next from day) as shifts where shift <> next
    ), quarter as (
      select changed.at + place * interval '15 minutes' as at
      from changed cross join generate_series(0, 95) as place
    )
    select ${msOf(sql`found.at`)} as starts, ${msOf(sql`found.ends_at`)} as ends, ${rollupsEnd(workspaceId)} as rollups_end,
      (select bool_and(shift % 900 = 0) from day) and not exists (
        select from quarter join part on quarter.at >= part.starts and quarter.at < part.ends
        where not ${keepsQuarter(timeZone, sql`quarter.at`)}
          or ${unitStart(units, timeZone, sql`quarter.at`)} is distinct from (
            select max(found.at) from found where found.at <= quarter.at)
      ) as is_simple
    from found
    order by found.at`);
  const groups = rows.map(({ starts, ends }) => ({
    startsAt: new Date(Number(starts)),
    from: new Date(Math.max(Number(starts), from.getTime())),
    to: new Date(Math.min(Number(ends), to.getTime())),
  }));
  const isSimple =
    rows.length <= groupsMax &&
    rows.every((row) => row.is_simple) &&
    groups.every((group) => isQuarter(group.from) && isQuarter(group.to));
  return isSimple ? { groups, rollupsEnd: toRollupsEnd(rows[0]?.rollups_end) } : null;
};

type Row = { starts: string; ends: string; rollups_end: string | null; is_simple: boolean };

const msOf = (at: SQL): SQL => sql`(extract(epoch from ${at}) * 1000)::bigint::text`;

const isQuarter = (at: Date): boolean => at.getTime() % quarterMs === 0;
