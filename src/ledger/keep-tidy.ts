import type { Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { tidy } from './tidy.js';

/**
 * Looks after what nobody came back for, every `everyMs`: reservations whose life is over are given up, and doubts
 * about records that were bought meanwhile are ended. Every instance may do it at once. Answers the verb that stops.
 */
export const keepTidy = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) => {
  let under: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      const done = await tidy(sql);
      if (done.expired + done.cleared > 0) log.info(done, 'reservations were given up or cleared');
    } catch {
      log.warn('reservations could not be looked after; it is tried again');
    }
  };
  const timer = setInterval(() => {
    under = under.then(once);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await under;
  };
};
