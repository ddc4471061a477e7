import { type SQL, sql } from 'drizzle-orm';
import { entries } from '../../schema/index.js';

export const timeUnits = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/**
 * The instant at which an entry's bucket starts on the clocks of a time zone; null without a unit. With several units
 * a bucket is what they share: the days of a week that straddles two months fall into one bucket for each month.
 * A bucket is then told by the latest of its units' starts.
 */
export const bucketStart = (units: readonly TimeUnit[], timeZone: string): SQL => {
  if (units.length === 0) return sql`null::timestamptz`;
  return sql`greatest(${sql.join(
    units.map((unit) => unitStart(unit, timeZone)),
    sql`, `,
  )})`;
};

const unitStart = (unit: TimeUnit, timeZone: string): SQL => {
  const start = sql`date_trunc(${unit.toLowerCase()}::text, ${entries.at}, ${timeZone}::text)`;
  if (unit === 'HOUR') return start;
  // Where clocks go back over midnight (Havana does), midnight comes twice. PostgreSQL takes the second, which is
  // later than the day's first hour; a day starts with the first.
  const hourBefore = sql`(${start} - interval '1 hour')`;
  return sql`case when ${hourBefore} at time zone ${timeZone}::text = ${start} at time zone ${timeZone}::text
    then ${hourBefore} else ${start} end`;
};
