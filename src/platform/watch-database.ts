import { databaseErrorCode } from './database-errors.js';
import type { Database, DatabaseAddress } from './database.js';
import { placeOf } from './explain-fault.js';
import type { Log } from './log.js';
import { runEvery } from './run-every.js';
import { withQueryTimeout } from './with-timeout.js';

/**
 * Asks the database for an answer every `everyMs`, and writes one log line when it is lost and one when it answers again.
 * Requests that fail meanwhile write none of their own. Returns the function that stops it.
 */
export const watchDatabase = (
  { database, address }: { database: Pick<Database, 'sql'>; address: DatabaseAddress },
  log: Log,
  everyMs: number,
): (() => Promise<void>) => {
  const host = 'url' in address ? placeOf(address.url) : address.socketDir;
  let lostMs: number | null = null;
  return runEvery(
    everyMs,
    {
      name: 'database watch',
      run: async () => {
        try {
          await withQueryTimeout(database.sql`select 1`);
          if (lostMs === null) return;
          log.info(
            { host, seconds: Math.round((performance.now() - lostMs) / 1_000) },
            'database answers again',
          );
          lostMs = null;
        } catch (error) {
          if (lostMs !== null) return;
          lostMs = performance.now();
          log.error(
            { host, cause: databaseErrorCode(error) ?? 'unknown error' },
            'database cannot be reached: nothing is spent until it answers',
          );
        }
      },
    },
    log,
  );
};
