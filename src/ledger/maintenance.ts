import type { Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { makePartitions } from './make-partitions.js';
import { tidy } from './expire-reservations.js';

const partitionsEveryMs = 6 * 3_600_000;
const partitionsAgainMs = 60_000;

/**
 * Looks after what nobody came back for, every `everyMs`: reservations whose life is over are given up, and doubts
 * about records that were bought meanwhile are ended; and makes the months that entries will lie in, ahead of time.
 * Every instance may do it at once. Answers the verb that stops.
 */
export const startLedgerMaintenance = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) => {
  let under: Promise<void> = Promise.resolve();
  let partitionsDueMs = 0;
  const giveUp = async (): Promise<void> => {
    try {
      const done = await tidy(sql);
      if (done.expired + done.cleared > 0) log.info(done, 'reservations were given up or cleared');
    } catch {
      log.warn('the ledger could not be looked after; it is tried again');
    }
  };
  // Apart, and seldom again: a month is wanted long before it comes, and what keeps it from being made may last.
  const makeMonths = async (): Promise<void> => {
    if (performance.now() < partitionsDueMs) return;
    try {
      await makePartitions(sql);
      partitionsDueMs = performance.now() + partitionsEveryMs;
    } catch {
      partitionsDueMs = performance.now() + partitionsAgainMs;
      log.warn('a month for entries to lie in could not be made; it is tried again');
    }
  };
  const once = async (): Promise<void> => {
    await giveUp();
    await makeMonths();
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
