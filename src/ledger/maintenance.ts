import type { Sql } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { withQueryTimeout } from '../platform/with-timeout.js';

const rowsMax = 1_000;
const monthsAhead = 3;
const timeoutMs = 30_000;
const partitionsEveryMs = 6 * 3_600_000;
const partitionsRetryMs = 60_000;

/**
 * Scheduled work of the ledger, every `everyMs`: expires reservations, resolves presumed charges for records that were
 * bought since, and creates the partitions of coming months. Every instance may run it at the same time. Returns the
 * function that stops it.
 */
export const startLedgerMaintenance = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) => {
  const expiry = {
    name: 'ledger maintenance',
    run: async () => {
      const done = await expireReservations(sql);
      if (done.expired + done.resolved > 0)
        log.info(done, 'reservations expired or presumed charges resolved');
    },
  };
  // Separate and rare: partitions are needed long before they are used, and a failure (no right to create tables) may last.
  let partitionsDueMs = 0;
  const partitions = {
    name: 'entries partitions',
    run: async () => {
      if (performance.now() < partitionsDueMs) return;
      partitionsDueMs = performance.now() + partitionsRetryMs;
      await createPartitions(sql);
      partitionsDueMs = performance.now() + partitionsEveryMs;
    },
  };
  const stops = [expiry, partitions].map((task) => runEvery(everyMs, task, log));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};

/**
 * Expires reservations and resolves presumed charges for records that were bought since, up to a thousand of each;
 * returns how many.
 */
export const expireReservations = async (sql: Sql): Promise<{ expired: number; resolved: number }> => {
  // A transaction for each: the first must not hold counters locked while the second waits for reservations.
  const [expired] = await withQueryTimeout(
    sql<{ count: number }[]>`select expire_reservations(${rowsMax}) as count`,
    timeoutMs,
  );
  const [resolved] = await withQueryTimeout(
    sql<{ count: number }[]>`select resolve_presumed_charges(${rowsMax}) as count`,
    timeoutMs,
  );
  return { expired: expired?.count ?? 0, resolved: resolved?.count ?? 0 };
};

/**
 * Creates the missing partitions of entries for this month and the next three; returns how many. Without them entries
 * go to the default partition. Throws while a statement reads entries: creating a partition would wait for it, and
 * every lookup would wait behind that.
 */
export const createPartitions = async (sql: Sql): Promise<number> => {
  const [row] = await withQueryTimeout(
    sql<{ created: number }[]>`select create_entry_partitions(now(), ${monthsAhead}) as created`,
    timeoutMs,
  );
  return row?.created ?? 0;
};
