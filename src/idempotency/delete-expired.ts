import { inArray, sql } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';

const rowsMax = 1_000;

/**
 * Removes the answers that are kept no longer, every `everyMs`, until the verb that it answers is called. Every
 * instance may do it at once.
 */
export const startRequestCleanup = (
  database: Pick<Database, 'db'>,
  log: Log,
  everyMs: number,
): (() => Promise<void>) => {
  let underWay: Promise<void> = Promise.resolve();
  const clear = async (): Promise<void> => {
    try {
      await clearExpired(database);
    } catch {
      log.warn('expired answers could not be removed; it is tried again');
    }
  };
  const timer = setInterval(() => {
    underWay = underWay.then(clear);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
};

/** Removes at most a thousand expired rows, passing by those that somebody is using; answers how many. */
export const clearExpired = async ({ db }: Pick<Database, 'db'>): Promise<number> => {
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
