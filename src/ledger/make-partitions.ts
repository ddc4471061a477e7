import { withQueryTimeout } from '../platform/with-query-timeout.js';
import type { Sql } from '../platform/database.js';

const monthsAhead = 3;
const timeoutMs = 30_000;

/**
 * Makes the partitions of entries for this month and the next three, where they are missing; answers how many were
 * made. Without them nothing fails: entries then lie in the partition of all other months. Throws where something reads
 * entries just then: who makes a partition waits for readers, and every ask would wait behind it.
 */
export const makePartitions = async (sql: Sql): Promise<number> => {
  const [row] = await withQueryTimeout(
    sql<{ made: number }[]>`select make_entry_partitions(now(), ${monthsAhead}) as made`,
    timeoutMs,
  );
  return row?.made ?? 0;
};
