import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/database.js';
import { isTransient } from '../platform/database-errors.js';
import { createBatcher } from '../platform/batcher.js';
import type { Log } from '../platform/log.js';
import type { Settlement, SettledEntry } from './types.js';
import { settleBatch } from './settle.js';

/**
 * Makes the verb that settles. What a provider has charged for must reach the ledger: while the database is away the
 * ending is kept here and tried again, and if this process dies first, the reservation itself tells of the doubt.
 */
export const createSettler = (
  sql: Sql,
  log: Log,
  ledgerBatchMax: number,
): {
  settle: (settlement: Settlement) => Promise<SettledEntry>;
  close: (timeoutMs: number) => Promise<void>;
} => {
  const open = new Set<Promise<SettledEntry>>();
  let closed = false;
  const inBatch = createBatcher<Settlement, SettledEntry>({
    run: (settlements) => settleBatch(sql, settlements),
    itemsMax: ledgerBatchMax,
    failsWhole: isTransient,
  });

  const settleSurely = async (settlement: Settlement): Promise<SettledEntry> => {
    for (let delayMs = 50; ; delayMs = Math.min(delayMs * 2, 1000)) {
      try {
        return await inBatch(settlement);
      } catch (error) {
        if (closed || !isTransient(error)) {
          log.error(
            { reservation: settlement.reservation.id, outcome: settlement.outcome },
            'a settlement could not be written',
          );
          throw error;
        }
        log.warn({ reservation: settlement.reservation.id, delayMs }, 'a settlement waits for the database');
        await sleep(delayMs);
      }
    }
  };

  return {
    settle: (settlement) => {
      const work: Promise<SettledEntry> = settleSurely(settlement).finally(() => open.delete(work));
      open.add(work);
      return work;
    },
    close: async (timeoutMs) => {
      const all = Promise.allSettled(open);
      await Promise.race([all, sleep(timeoutMs, undefined, { ref: false })]);
      closed = true;
    },
  };
};
