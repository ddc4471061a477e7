import { answered } from '../platform/answered.js';
import type { Sql } from '../platform/database.js';

const rowsMax = 1_000;
const timeoutMs = 30_000;

/**
 * Gives up reservations whose life is over and ends doubts about records that were bought meanwhile, up to a thousand
 * of each; answers how many.
 */
export const tidy = async (sql: Sql): Promise<{ expired: number; cleared: number }> => {
  const [row] = await answered(
    sql<{ expired: number; cleared: number }[]>`
      select expire_reservations(${rowsMax}) as expired, clear_known_doubts(${rowsMax}) as cleared`,
    timeoutMs,
  );
  return { expired: row?.expired ?? 0, cleared: row?.cleared ?? 0 };
};
