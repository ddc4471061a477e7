import { withQueryTimeout } from '../platform/with-query-timeout.js';
import type { Sql } from '../platform/database.js';

const rowsMax = 1_000;
const timeoutMs = 30_000;

/**
 * Gives up reservations whose life is over and ends doubts about records that were bought meanwhile, up to a thousand
 * of each; answers how many.
 */
export const tidy = async (sql: Sql): Promise<{ expired: number; cleared: number }> => {
  // A transaction for each: the counters of the first must not be held while the second waits for reservations.
  const [gone] = await withQueryTimeout(
    sql<{ count: number }[]>`select expire_reservations(${rowsMax}) as count`,
    timeoutMs,
  );
  const [known] = await withQueryTimeout(
    sql<{ count: number }[]>`select clear_known_doubts(${rowsMax}) as count`,
    timeoutMs,
  );
  return { expired: gone?.count ?? 0, cleared: known?.count ?? 0 };
};
