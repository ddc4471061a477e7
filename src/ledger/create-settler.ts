import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/database.js';
import { createGroup } from '../platform/batcher.js';
import type { Log } from '../platform/log.js';
import type { Ending, Settled } from './types.js';
import { failsWholeGroup, isPassing } from './failures.js';
import { settleGroup } from './settle.js';

/**
 * Makes the verb that settles. What a provider has charged for must reach the ledger: while the database is away the
 * ending is kept here and tried again, and if this process dies first, the reservation itself tells of the doubt.
 */
export const createSettler = (
  sql: Sql,
  log: Log,
  groupItemsMax: number,
): { settle: (ending: Ending) => Promise<Settled>; close: (timeoutMs: number) => Promise<void> } => {
  const open = new Set<Promise<Settled>>();
  let closed = false;
  const inGroup = createGroup<Ending, Settled>({
    run: (endings) => settleGroup(sql, endings),
    itemsMax: groupItemsMax,
    failsTogether: failsWholeGroup,
  });

  const settleSurely = async (ending: Ending): Promise<Settled> => {
    for (let delayMs = 50; ; delayMs = Math.min(delayMs * 2, 1000)) {
      try {
        return await inGroup(ending);
      } catch (error) {
        if (closed || !isPassing(error)) {
          log.error(
            { reservation: ending.reservation.id, outcome: ending.outcome },
            'a settlement could not be written',
          );
          throw error;
        }
        log.warn({ reservation: ending.reservation.id, delayMs }, 'a settlement waits for the database');
        await sleep(delayMs);
      }
    }
  };

  return {
    settle: (ending) => {
      const work: Promise<Settled> = settleSurely(ending).finally(() => open.delete(work));
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
