import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { type Sql, statementTimeoutMs } from '../platform/database.js';
import { isTransient, retryOnDeadlock, storeUnavailable } from '../platform/database-errors.js';
import { withTimeout } from '../platform/with-timeout.js';
import { createBatcher } from '../platform/batcher.js';
import type { ReservationRequest, Settlement, Reservation, SettledEntry } from './types.js';
import { reserveBatch } from './reserve.js';

/**
 * Makes the verb that reserves. No store, no spend: where the statement fails or takes too long the ask is refused,
 * and should the reservation turn out to stand after all, it is released, since nothing was sent under it.
 */
export const createReserver = (
  sql: Sql,
  limits: { reservationSeconds: number; ledgerBatchMax: number; reserveTimeoutMs: number },
  settle: (settlement: Settlement) => Promise<SettledEntry>,
): ((ask: ReservationRequest) => Promise<Reservation>) => {
  const inBatch = createBatcher<ReservationRequest, Reservation>({
    run: (asks) => reserveBatch(sql, limits.reservationSeconds, asks),
    itemsMax: limits.ledgerBatchMax,
    failsWhole: isTransient,
  });

  // A statement cut off from us may still be running and commit after the first look: so there are several, the last when
  // the server must have ended it.
  const release = async (ask: ReservationRequest): Promise<void> => {
    for (const delayMs of [0, 500, 2_000, 8_000, statementTimeoutMs]) {
      await sleep(delayMs, undefined, { ref: false });
      const { settled } = await settle({
        reservation: ask,
        outcome: 'FAILED',
        problem: 'LEDGER_UNAVAILABLE',
        latencyMs: 0,
        charged: null,
      });
      if (settled) return;
    }
  };

  return async (ask) => {
    let waiting = true;
    const work = retryOnDeadlock(() => inBatch(ask));
    work.then(
      (reserved) => {
        if (!waiting && reserved.status === 'RESERVED') void release(ask).catch(() => {});
      },
      (error: unknown) => {
        // A connection lost while the statement ran leaves it open whether it was committed.
        if (isTransient(error)) void release(ask).catch(() => {});
      },
    );
    try {
      return await withTimeout(limits.reserveTimeoutMs, work, () => storeUnavailable('LEDGER_UNAVAILABLE'));
    } catch (error) {
      waiting = false;
      throw error instanceof GatewayError ? error : storeUnavailable('LEDGER_UNAVAILABLE', error);
    }
  };
};
