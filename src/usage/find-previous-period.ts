import { sql } from 'drizzle-orm';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';
import { type Period, unknownTimeZone } from './period.js';

/**
 * The period of the same length that ends at the start of this one. In the time zone, a period of whole months is
 * preceded by as many months, and one of whole days by as many days, whatever their lengths; any other by as many
 * milliseconds. Throws BAD_REQUEST if it would start before the year 1.
 */
export const findPreviousPeriod = async (
  db: Pick<Drizzle, 'execute'>,
  { from, to, timeZone }: Period & { timeZone: string },
): Promise<Period> => {
  const lengthMs = to.getTime() - from.getTime();
  const asLong = new Date(from.getTime() - lengthMs);
  if (asLong < earliest) throw tooEarly();
  const [row] = await db
    .execute<{ months: boolean; days: boolean; by_month: string; by_day: string }>(sql`
      select
        period_starts_at('MONTH', zone, starts) = starts and period_starts_at('MONTH', zone, ends) = ends as months,
        period_starts_at('DAY', zone, starts) = starts and period_starts_at('DAY', zone, ends) = ends as days,
        ${epochMs(sql`local_midnight(first_day - make_interval(months =>
          (extract(year from age(end_day, first_day)) * 12 + extract(month from age(end_day, first_day)))::int), zone)`)}
          as by_month,
        ${epochMs(sql`local_midnight(first_day - (end_day - first_day), zone)`)} as by_day
      from (
        select zone, starts, ends,
          date_trunc('day', starts at time zone zone) as first_day, date_trunc('day', ends at time zone zone) as end_day
        from (
          select ${timeZone}::text as zone, ${from.toISOString()}::timestamptz as starts,
            ${to.toISOString()}::timestamptz as ends
        ) as given
      ) as period`)
    .catch((error: unknown) => {
      throw databaseErrorCode(error) === '22023' ? unknownTimeZone() : error;
    });
  const start = row?.months === true ? row.by_month : row?.days === true ? row.by_day : null;
  const previous = start === null ? asLong : new Date(Number(start));
  if (previous < earliest) throw tooEarly();
  return { from: previous, to: from };
};

const earliest = new Date('0001-01-02T00:00:00Z');

const epochMs = (at: ReturnType<typeof sql>) => sql`(extract(epoch from ${at}) * 1000)::bigint::text`;

const tooEarly = (): GatewayError =>
  new GatewayError('BAD_REQUEST', 'There is no period before this one: omit "previous".', {
    field: ['previous'],
  });
