import { and, gte, lt, type SQL, sql } from 'drizzle-orm';
import { entries, type outcome, usageBuckets } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { refuseArchived } from '../ledger/archived-entries.js';
import { usageColumns } from '../ledger/usage-columns.js';
import type { Drizzle } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';
import { instantFormat } from '../platform/page.js';
import { localFormat } from '../platform/time.js';
import { cutPeriod, type Period, unknownTimeZone } from './period.js';
import { type EntryFilter, matchingEntries, matchingLabels } from './entry-filter.js';
import type { UsageLabel } from './choose-sums.js';
import { findSums } from './find-sums.js';
import { groupKeys, keyColumns } from './group-keys.js';
import { type Top, topGroups } from './top-groups.js';
import { keepsQuarter, type TimeUnit, unitEnd, unitStart } from './unit-start.js';
import { noEarlier, type SumsRow, sumColumns, sumNames } from './usage-sums.js';

/** One group as PostgreSQL returns it, with its start as text, and the labels that it is grouped by. */
export type AggregatedUsage = SumsRow & {
  starts_at: string | null;
  starts_at_local: string | null;
  ends_at: string | null;
  connection_id?: string | null;
  provider?: string | null;
  operation?: string | null;
  workflow?: string | null;
  token_id?: string | null;
  outcome?: (typeof outcome.enumValues)[number] | null;
  payer?: string | null;
  sandbox?: boolean | null;
  /** How many groups a row of those that are not the largest stands for; see topGroups. */
  others?: string | null;
};

export type UsageWanted = Period & {
  filter: Omit<EntryFilter, 'from' | 'to'>;
  units: readonly TimeUnit[];
  labels: readonly UsageLabel[];
  timeZone: string;
  /** Without, all latencies are 0: they are half the work of a long report. */
  latencies: boolean;
  /** Null: every group has rows of its own. */
  top: Top | null;
  rowsMax: number;
};

/**
 * Sums a period in groups by the starts of `units` in `timeZone` and by `labels`, sorted, at most `rowsMax` groups. Whole
 * quarters of an hour are read from their stored sums, so that the cost does not grow with the ledger, and the ends of
 * the period from its entries. A filter by charge, or a time zone whose hours start at odd minutes, is not covered by
 * those sums: then all is read from entries. Throws ARCHIVED where entries are needed that are archived.
 */
export const aggregateUsage = async (
  db: Pick<Drizzle, 'execute'>,
  caller: Caller,
  wanted: UsageWanted,
): Promise<AggregatedUsage[]> => {
  const { from, to, filter } = wanted;
  const byCharge = filter.charge !== null && filter.charge !== undefined;
  const { whole, ends } = byCharge ? { whole: null, ends: [{ from, to }] } : cutPeriod(wanted);
  try {
    return await refuseArchived(async () => {
      const atEnds = ends.map((period) => entriesOf(caller, wanted, period));
      if (whole === null) return await db.execute<AggregatedUsage>(statement(wanted, atEnds));
      const sums = await findSums(db, caller, wanted, whole);
      if (sums !== null) return await db.execute<AggregatedUsage>(statement(wanted, [...sums, ...atEnds]));
      const groups = await db.execute<AggregatedUsage & { kept: boolean }>(
        statement(wanted, [bucketsOf(caller, wanted, whole), ...atEnds]),
      );
      if (groups.every(({ kept }) => kept)) return groups;
      return await db.execute<AggregatedUsage>(statement(wanted, [entriesOf(caller, wanted, { from, to })]));
    });
  } catch (error) {
    // 22023, invalid parameter value: the zone.
    throw databaseErrorCode(error) === '22023' ? unknownTimeZone() : error;
  }
};

const statement = (wanted: UsageWanted, sources: readonly SQL[]): SQL => {
  const keys = groupKeys(wanted.labels);
  const columns = keyColumns(wanted.labels);
  // Without labels there is one group.
  const top = columns.length === 0 ? null : wanted.top;
  const groups = sql`
    select source.starts_at as at${keys}, bool_and(kept) as kept, ${sumColumns(wanted.latencies)}
    from (${sql.join([...sources], sql` union all `)}) as source
    group by source.starts_at${keys}
    having sum(quarters) > 0`;
  return sql`
    with shown as materialized (
      ${top === null ? groups : topGroups(top, columns, { groups, latencies: wanted.latencies })}
      order by at${keys}
      limit ${wanted.rowsMax}
    ), start as materialized (
      -- Once for each time: a month by workflow has 900 rows of 31.
      select at, to_char(at at time zone 'UTC', ${instantFormat}) as starts_at,
        to_char(at at time zone ${wanted.timeZone}::text, ${localFormat}) as starts_at_local,
        to_char(${unitEnd(wanted.units, wanted.timeZone, sql`at`)} at time zone 'UTC', ${instantFormat}) as ends_at
      from (select distinct at from shown where at is not null) as found
    )
    select starts_at, starts_at_local, ends_at${keys}, kept, ${sumNames}${sql.raw(top === null ? '' : ', others')}
    from shown
    left join start using (at)
    order by at${keys}`;
};

const bucketsOf = (caller: Caller, { filter, units, labels, timeZone }: UsageWanted, period: Period): SQL => {
  const at = usageBuckets.startsAt;
  const inPeriod = and(matchingLabels(usageBuckets, caller, filter), gte(at, period.from), lt(at, period.to));
  if (units.length === 0) {
    return sql`select null::timestamptz as starts_at${groupKeys(labels)}, true as kept, ${usageColumns.bucket}, ${noEarlier}, 1 as quarters
      from ${usageBuckets} where ${inPeriod}`;
  }
  // Time zone functions are slow, and many labels share a quarter: each quarter is computed once.
  const quarter = sql`quarter.starts_at`;
  return sql`(
    with unit as materialized (
      select quarter.starts_at as quarter_starts_at, ${unitStart(units, timeZone, quarter)} as starts_at,
        ${keepsQuarter(timeZone, quarter)} as kept
      from (select distinct ${at} from ${usageBuckets} where ${inPeriod}) as quarter
    )
    select unit.starts_at${groupKeys(labels)}, unit.kept, ${usageColumns.bucket}, ${noEarlier}, 1 as quarters
    from ${usageBuckets}
    join unit on unit.quarter_starts_at = ${at}
    where ${inPeriod}
  )`;
};

const entriesOf = (caller: Caller, { filter, units, labels, timeZone }: UsageWanted, period: Period): SQL =>
  sql`select ${unitStart(units, timeZone, sql`${entries.occurredAt}`)} as starts_at${groupKeys(labels)}, true as kept,
      ${usageColumns.entry}, ${noEarlier}, 1 as quarters
    from ${entries} where ${matchingEntries(caller, { ...filter, ...period })}`;
