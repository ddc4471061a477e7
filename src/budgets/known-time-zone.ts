import { sql } from 'drizzle-orm';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { placeShape } from '../platform/time.js';

/**
 * The name as PostgreSQL writes it. A zone that PostgreSQL does not know would fail every reservation of the workspace,
 * so the list of the server itself decides. Throws INVALID_INPUT.
 */
export const knownTimeZone = async (db: Pick<Drizzle, 'execute'>, name: string): Promise<string> => {
  const [zone] = placeShape.test(name)
    ? await db.execute<{ name: string }>(
        sql`select name from pg_timezone_names where lower(name) = lower(${name}) limit 1`,
      )
    : [];
  if (zone !== undefined) return zone.name;
  throw new GatewayError(
    'INVALID_INPUT',
    'The time zone must be a place or UTC: write it as Australia/Sydney or UTC.',
    { field: ['timeZone'] },
  );
};
