import { answered } from '../platform/answered.js';
import type { Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';

const rowsMax = 1_000;

/**
 * Looks after what nobody came back for, every `everyMs`: reservations whose life is over are given up, and doubts
 * about records that were bought meanwhile are ended. Every instance may do it at once. Answers the verb that stops.
 */
export const keepTidy = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) => {
  let under: Promise<void> = Promise.resolve();
  const tidy = async (): Promise<void> => {
    try {
      const [row] = await answered(
        sql<{ expired: number; cleared: number }[]>`
          select expire_reservations(${rowsMax}) as expired, clear_known_doubts(${rowsMax}) as cleared`,
        30_000,
      );
      if (row !== undefined && row.expired + row.cleared > 0)
        log.info(row, 'reservations were given up or cleared');
    } catch {
      log.warn('reservations could not be looked after; it is tried again');
    }
  };
  const timer = setInterval(() => {
    under = under.then(tidy);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await under;
  };
};
