import type { Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { makePartitions } from './make-partitions.js';
import { tidy } from './tidy.js';

const partitionsEveryMs = 6 * 3_600_000;

/**
 * Looks after what nobody came back for, every `everyMs`: reservations whose life is over are given up, and doubts
 * about records that were bought meanwhile are ended; and makes the months that entries will lie in, ahead of time.
 * Every instance may do it at once. Answers the verb that stops.
 */
export const keepTidy = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) => {
  let under: Promise<void> = Promise.resolve();
  let partitionsDueMs = 0;
  const once = async (): Promise<void> => {
    try {
      if (performance.now() >= partitionsDueMs) {
        await makePartitions(sql);
        partitionsDueMs = performance.now() + partitionsEveryMs;
      }
      const done = await tidy(sql);
      if (done.expired + done.cleared > 0) log.info(done, 'reservations were given up or cleared');
    } catch {
      log.warn('the ledger could not be looked after; it is tried again');
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
