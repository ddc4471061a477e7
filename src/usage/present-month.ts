import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';
import { type Period, unknownTimeZone } from './period.js';

/** The present month by the clocks of a time zone. Throws BAD_REQUEST for a zone that PostgreSQL does not know. */
export const readPresentMonth = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  timeZone: string,
): Promise<Period> => {
  try {
    const [row] = await db.execute<{ from: string; to: string }>(sql`
      select month at time zone ${timeZone} as "from", (month + interval '1 month') at time zone ${timeZone} as "to"
      from date_trunc('month', now() at time zone ${timeZone}) as month`);
    if (row === undefined) throw new Error('a month has no row');
    return { from: new Date(row.from), to: new Date(row.to) };
  } catch (error) {
    throw databaseErrorCode(error) === '22023' ? unknownTimeZone() : error;
  }
};
