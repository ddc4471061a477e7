import { type SQL, sql } from 'drizzle-orm';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';

/**
 * A condition, true for every row, with which a statement fails where entries that occurred in [from, to) are archived; a
 * null bound is open. refuseArchived turns the failure into the error that callers read.
 */
export const requireEntries = (
  { workspaceId }: Pick<Caller, 'workspaceId'>,
  from: Date | null,
  to: Date | null,
): SQL =>
  sql`(select require_entries(${workspaceId}::uuid, ${from?.toISOString() ?? null}::text::timestamptz, ${to?.toISOString() ?? null}::text::timestamptz))`;

/** The same for the entries of one lookup, by its id. */
export const requireLookup = ({ workspaceId }: Pick<Caller, 'workspaceId'>, lookupId: string): SQL => {
  const at = sql`uuid_v7_time(${lookupId}::uuid)`;
  return sql`(select require_entries(${workspaceId}::uuid, ${at}, ${at} + interval '1 hour'))`;
};

/** Runs statements that need entries. Throws ARCHIVED where some are archived. */
export const refuseArchived = async <Result>(read: () => Promise<Result>): Promise<Result> => {
  try {
    return await read();
  } catch (error) {
    if (databaseErrorCode(error) !== 'FGARC') throw error;
    throw archived(monthsIn(error));
  }
};

/** The error for entries that are needed and archived. */
export const archived = (months: string): GatewayError =>
  new GatewayError(
    'ARCHIVED',
    `This needs entries that are archived (${months}): choose another period or filter, or ask the operator to run restore-entries.`,
  );

export const isArchived = (error: unknown): boolean =>
  error instanceof GatewayError && error.code === 'ARCHIVED';

/** The months in the message of the SQL function require_entries. */
const monthsIn = (error: unknown): string => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (/^\d{4}-\d\d(, \d{4}-\d\d)*$/.test(at.message)) return at.message;
  }
  return 'of an earlier month';
};

/** The end of the workspace's latest archived month; null where nothing is archived. */
export const readArchivedBefore = async (
  db: Pick<Drizzle, 'execute'>,
  { workspaceId }: Pick<Caller, 'workspaceId'>,
): Promise<Date | null> => {
  const [row] = await db.execute<{ before: string | null }>(sql`
    select to_char(max(month) + interval '1 month', 'YYYY-MM-DD') as before
    from archived_months where workspace_id = ${workspaceId}`);
  return row?.before == null ? null : new Date(`${row.before}T00:00:00Z`);
};
