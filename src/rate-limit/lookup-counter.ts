import { createBatcher } from '../platform/batcher.js';
import type { Sql } from '../platform/database.js';
import { isTransient, retryOnDeadlock, storeUnavailable } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';

/** How many of the requested lookups the token's limit a day grants; and, if not all, when the next day begins. */
export type GrantedLookups = { granted: number; lookupsPerDay: bigint; retryAfterSeconds: number };

/**
 * Counts lookups of a token before they start, durably and exactly over all instances: those that are granted count, also
 * if they are never made. Throws LEDGER_UNAVAILABLE when the database does not answer; they may be counted all the same.
 */
export type LookupCounter = (
  of: { workspaceId: string; tokenId: string },
  lookups: number,
) => Promise<GrantedLookups>;

type Wanted = { workspaceId: string; tokenId: string; lookups: number };

/** Makes the counter. Lists that arrive together share one statement. */
export const createLookupCounter = (sql: Sql): LookupCounter => {
  const countInBatch = createBatcher<Wanted, GrantedLookups>({
    name: 'token_lookups',
    run: (wanted) => countBatch(sql, wanted),
    itemsMax: 512,
    failsWhole: isTransient,
  });
  return async ({ workspaceId, tokenId }, lookups) => {
    try {
      return await retryOnDeadlock(() => countInBatch({ workspaceId, tokenId, lookups }));
    } catch (error) {
      throw storeUnavailable('LEDGER_UNAVAILABLE', error);
    }
  };
};

type Row = {
  batch_position: number;
  granted: number;
  lookups_per_day: string | null;
  retry_after_seconds: number;
};

const countBatch = async (sql: Sql, wanted: Wanted[]): Promise<GrantedLookups[]> => {
  const json = JSON.stringify(
    wanted.map(({ workspaceId, tokenId, lookups }, index) => ({
      batch_position: index + 1,
      workspace_id: workspaceId,
      token_id: tokenId,
      lookups,
    })),
  );
  const rows = await withQueryTimeout(sql<Row[]>`select * from count_lookups(${json}::text::json)`);
  const byPosition = new Map(rows.map((row) => [row.batch_position, row]));
  return wanted.map((_, index) => {
    const row = byPosition.get(index + 1);
    // The row of a token is never deleted.
    if (row === undefined) throw new Error('the lookups of a token without a row were counted');
    return {
      granted: row.granted,
      lookupsPerDay: BigInt(row.lookups_per_day ?? 0),
      retryAfterSeconds: Math.max(1, Math.ceil(row.retry_after_seconds)),
    };
  });
};
