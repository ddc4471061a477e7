import { type SQL, sql } from 'drizzle-orm';

export const timeUnits = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/**
 * The instant at which the group of `at` starts in a time zone; null without a unit. With several units a group is their
 * intersection: a week across two months has one group for each month. Its start is the latest of the units' starts.
 */
export const unitStart = (units: readonly TimeUnit[], timeZone: string, at: SQL): SQL => {
  if (units.length === 0) return sql`null::timestamptz`;
  return sql`greatest(${sql.join(
    units.map((unit) => startOf(unit, timeZone, at)),
    sql`, `,
  )})`;
};

/**
 * The instant at which the group that starts at `startsAt` ends: the earliest start of a next unit. Null without a unit.
 * Each unit is left by the time that is added to its start, which is within the next one, whatever the clocks do.
 */
export const unitEnd = (units: readonly TimeUnit[], timeZone: string, startsAt: SQL): SQL => {
  if (units.length === 0) return sql`null::timestamptz`;
  return sql`least(${sql.join(
    units.map((unit) =>
      startOf(unit, timeZone, sql`(${startOf(unit, timeZone, startsAt)} + ${afterStart[unit]})`),
    ),
    sql`, `,
  )})`;
};

// Days have 23 to 25 hours, months 28 to 31 days. An hour that is cut by a change of half an hour ends within the next hour.
const afterStart: Record<TimeUnit, SQL> = {
  HOUR: sql`interval '1 hour'`,
  DAY: sql`interval '26 hours'`,
  WEEK: sql`interval '180 hours'`,
  MONTH: sql`interval '756 hours'`,
};

const startOf = (unit: TimeUnit, timeZone: string, at: SQL): SQL => {
  const name = sql`${unit.toLowerCase()}::text`;
  const start = sql`date_trunc(${name}, ${at}, ${timeZone}::text)`;
  // If clocks change by half an hour, as on Lord Howe Island, the full hour of the new time falls inside the hour before
  // the change; the hour starts with the change.
  if (unit === 'HOUR') {
    return sql`(${start} + case when extract(minute from ${start} at time zone ${timeZone}::text) = 30
      then interval '30 minutes' else interval '0 minutes' end)`;
  }
  // If clocks go back across midnight, as in Havana, midnight comes twice. PostgreSQL takes the second, which is later
  // than the day's first hour; a day starts with the first.
  return sql`(${start} - case
    when (${start} - interval '1 hour') at time zone ${timeZone}::text = date_trunc(${name}, ${at} at time zone ${timeZone}::text)
    then interval '1 hour' else interval '0 hours' end)`;
};

/**
 * Whether a quarter of an hour is one in the time zone, too, so that all of it is in the same hour. It is not if the zone
 * had an odd offset (local mean time), or changed its clocks within the quarter.
 */
export const keepsQuarter = (timeZone: string, startsAt: SQL): SQL => {
  const last = sql`interval '14 minutes 59.999999 seconds'`;
  const local = sql`(${startsAt} at time zone ${timeZone}::text)`;
  return sql`(extract(epoch from ${local})::bigint % 900 = 0
    and (${startsAt} + ${last}) at time zone ${timeZone}::text = ${local} + ${last})`;
};
