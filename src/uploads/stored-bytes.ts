import { and, eq, ne, sql } from 'drizzle-orm';
import { uploads } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';

type Db = Pick<Drizzle, 'select' | 'execute'>;

/** How many bytes of rows a workspace may still store. `storedBytesMax` 0 is no limit. Throws LIMIT_EXCEEDED where none are left. */
export const remainingBytes = async (
  db: Db,
  workspaceId: string,
  storedBytesMax: number,
): Promise<number> => {
  if (storedBytesMax === 0) return Number.POSITIVE_INFINITY;
  const remaining = storedBytesMax - (await sumOfOthers(db, workspaceId, null));
  if (remaining <= 0) throw storageFull(storedBytesMax);
  return remaining;
};

/**
 * Throws LIMIT_EXCEEDED where a workspace may not store a list of `bytes`. In the transaction that completes the list: another
 * one of the workspace waits until it has ended, so that together they keep the limit.
 */
export const requireSpace = async (
  tx: Db,
  { workspaceId, id }: { workspaceId: string; id: string },
  bytes: number,
  storedBytesMax: number,
): Promise<void> => {
  if (storedBytesMax === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${workspaceId}`}::text, 0))`);
  if ((await sumOfOthers(tx, workspaceId, id)) + bytes > storedBytesMax) throw storageFull(storedBytesMax);
};

const sumOfOthers = async (db: Db, workspaceId: string, id: string | null): Promise<number> => {
  const [row] = await db
    .select({ bytes: sql<number>`coalesce(sum(${uploads.storedBytes}), 0)`.mapWith(Number) })
    .from(uploads)
    .where(and(eq(uploads.workspaceId, workspaceId), id === null ? undefined : ne(uploads.id, id)));
  return row?.bytes ?? 0;
};

export const storageFull = (storedBytesMax: number): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `The lists of this workspace may have ${storedBytesMax} bytes together, and this one does not fit: delete jobs that you no longer need, which deletes their lists, send fewer rows, or have the operator raise UPLOAD_STORED_BYTES_MAX.`,
  );
