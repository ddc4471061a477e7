import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { usageBuckets, usageLate, usageRollups } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { latencyBins, usageColumns } from '../ledger/usage-columns.js';
import type { Drizzle } from '../platform/database.js';
import { chooseRollup, divideIntoSums, type Rollup, type UsageLabel } from './choose-sums.js';
import { type LabelFilter, matchingLabels } from './entry-filter.js';
import { groupKeys } from './group-keys.js';
import type { Period } from './period.js';
import { readGroups } from './read-groups.js';
import type { TimeUnit } from './unit-start.js';
import { noEarlier } from './usage-sums.js';

type Wanted = {
  filter: LabelFilter;
  units: readonly TimeUnit[];
  labels: readonly UsageLabel[];
  timeZone: string;
  latencies: boolean;
};

/**
 * The fast way to sum a period of whole quarters of an hour: the groups are computed first, and each reads few stored sums.
 * Returns the sources of the report's statement, or null where only a look at each quarter says which group it is in.
 *
 * The statement may see later rollups than the end that is read here, and is as exact: what is before that end stays in
 * them, and what is after it is read from quarters.
 */
export const findSums = async (
  db: Pick<Drizzle, 'execute'>,
  caller: Caller,
  wanted: Wanted,
  period: Period,
): Promise<SQL[] | null> => {
  const found = await readGroups(db, caller, period, wanted);
  if (found === null) return null;
  const rollup = chooseRollup(wanted.labels, wanted.filter);
  const sums = found.groups.map(({ startsAt, ...group }) => ({
    at: startsAt,
    ...divideIntoSums(group, rollup === null ? null : found.rollupsEnd),
  }));
  const quarters = sums.flatMap(({ at, quarters: list }) => list.map((part) => ({ at, ...part })));
  const rolledUp = sums.flatMap(({ at, rolledUp: list }) => list.map((part) => ({ at, ...part })));
  const readings = sums.flatMap(({ at, readings: list }) => list.map((reading) => ({ at, ...reading })));
  return [
    ofQuarters(usageBuckets, caller, wanted, quarters),
    ...(rollup === null || rolledUp.length === 0
      ? []
      : [
          ofQuarters(usageLate, caller, wanted, rolledUp),
          sql`
            select part.at as starts_at${groupKeys(wanted.labels)}, true as kept, outcome as came_to,
              ${ofHours('lookups')}, ${ofHours('attempts')}, ${ofHours('from_snapshot')}, ${ofHours('credits')},
              ${ofHours('saved')}, ${wanted.latencies ? latenciesOfHours : noLatencies}, ${ofHours('quarters')}
            from json_to_recordset(${JSON.stringify(readings)}::text::json)
              as part (at timestamptz, "firstDay" date, "beforeDay" date, "fromHour" int, "toHour" int)
            cross join lateral (${rollupsOf(rollup, caller, wanted)}) as sums`,
        ]),
  ];
};

/** The sum of the hours of a part: that of the day until they end, without that until they begin. */
const ofHours = (column: string): SQL =>
  sql.raw(
    `${column}[part."toHour"] - case when part."fromHour" > 0 then ${column}[part."fromHour"] else 0 end as ${column}`,
  );

const latenciesUntil = (hour: string): string =>
  `latencies[${hour} * ${latencyBins} - ${latencyBins - 1} : ${hour} * ${latencyBins}]`;

const latenciesOfHours = sql.raw(
  `${latenciesUntil('part."toHour"')} as latencies, ${latenciesUntil('part."fromHour"')} as earlier`,
);

const noLatencies = sql`'{}'::int[] as latencies, ${noEarlier}`;

// The offset keeps the planner from reading the table once for all parts: each part is a short range of its index.
const rollupsOf = (rollup: Rollup, caller: Caller, { filter }: Wanted): SQL => sql`
  select * from ${usageRollups}
  where ${and(
    matchingLabels(usageRollups, caller, filter),
    eq(usageRollups.rollup, rollup),
    gte(usageRollups.day, sql`part."firstDay"`),
    lt(usageRollups.day, sql`part."beforeDay"`),
  )}
  offset 0`;

const ofQuarters = (
  table: typeof usageBuckets | typeof usageLate,
  caller: Caller,
  { filter, labels }: Wanted,
  parts: readonly object[],
): SQL => sql`
  select part.at as starts_at${groupKeys(labels)}, true as kept, ${usageColumns.bucket}, ${noEarlier}, 1 as quarters
  from json_to_recordset(${JSON.stringify(parts)}::text::json) as part (at timestamptz, "from" timestamptz, "to" timestamptz)
  cross join lateral (
    select * from ${table}
    where ${and(
      matchingLabels(table, caller, filter),
      gte(table.startsAt, sql`part."from"`),
      lt(table.startsAt, sql`part."to"`),
    )}
    offset 0
  ) as sums`;
