import { inArray, sql } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';

const rowsMax = 1_000;

/**
 * Deletes expired requests every `everyMs`; returns the function that stops it. Every instance may run it at the same
 * time.
 */
export const startRequestCleanup = (
  database: Pick<Database, 'db'>,
  log: Log,
  everyMs: number,
): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'idempotency cleanup',
      run: async () => {
        await deleteExpired(database);
      },
    },
    log,
  );

/** Deletes at most a thousand expired rows, skipping locked ones; returns how many. */
export const deleteExpired = async ({ db }: Pick<Database, 'db'>): Promise<number> => {
  const expired = db
    .select({ id: idempotentRequests.id })
    .from(idempotentRequests)
    .where(sql`${idempotentRequests.expiresAt} <= now()`)
    .orderBy(idempotentRequests.expiresAt)
    .limit(rowsMax)
    .for('update', { skipLocked: true });
  const removed = await db
    .delete(idempotentRequests)
    .where(inArray(idempotentRequests.id, expired))
    .returning({ id: idempotentRequests.id });
  return removed.length;
};
