import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { createBatcher } from '../platform/batcher.js';
import { type Sql, statementTimeoutMs } from '../platform/database.js';
import { isTransient, retryOnDeadlock, storeUnavailable } from '../platform/database-errors.js';
import { withQueryTimeout, withTimeout } from '../platform/with-timeout.js';
import { hoistCommonFields } from './hoist-common-fields.js';
import { labelColumns } from './record-hits.js';
import { reserveOne } from './reserve-one.js';
import { type Decision, type DecisionRow, readDecision } from './rows.js';
import type { LedgerLimits, ReservationRequest, SettledEntry, Settlement } from './types.js';

/**
 * Makes the function that reserves. No store, no spend: when the statement fails or takes too long, it throws
 * LEDGER_UNAVAILABLE. Should the reservation have been committed all the same, it is released, since nothing was sent
 * under it.
 */
export const createReserver = (
  sql: Sql,
  limits: LedgerLimits,
  settle: (settlement: Settlement) => Promise<SettledEntry>,
  pause: (delayMs: number) => Promise<void> = pauseUnheld,
): ((request: ReservationRequest) => Promise<Decision>) => {
  const inBatch = createBatcher<ReservationRequest, Decision>({
    name: 'reservation',
    run: async (requests) => {
      const [request] = requests;
      return request !== undefined && requests.length === 1 && limits.alone !== 'BATCH'
        ? [await reserveOne(sql, limits.reservationSeconds, request)]
        : await reserveBatch(sql, limits.reservationSeconds, requests);
    },
    itemsMax: limits.ledgerBatchMax,
    failsWhole: isTransient,
  });

  // A statement whose connection was lost may still run and commit after the first attempt: the last one is made when
  // the server must have ended it.
  const release = async (request: ReservationRequest): Promise<void> => {
    for (const delayMs of [0, 500, 2_000, 8_000, statementTimeoutMs]) {
      await pause(delayMs);
      const { settled } = await settle({
        reservation: request,
        outcome: 'FAILED',
        problem: 'LEDGER_UNAVAILABLE',
        latencyMs: 0,
        charged: null,
      });
      if (settled) return;
    }
  };

  return async (request) => {
    let waiting = true;
    const work = retryOnDeadlock(() => inBatch(request));
    work.then(
      (reservation) => {
        if (!waiting && reservation.status === 'RESERVED') void release(request).catch(() => {});
      },
      (error: unknown) => {
        // A connection lost while the statement ran leaves it unknown whether it was committed.
        if (isTransient(error)) void release(request).catch(() => {});
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

/** Reserves credits for a batch of requests in one statement; returns the results in their order. */
export const reserveBatch = async (
  sql: Sql,
  lifeSeconds: number,
  requests: ReservationRequest[],
): Promise<Decision[]> => {
  const { each, shared } = hoistCommonFields(requests.map(toJson));
  // Cast from text: as a json parameter postgres.js would encode the string once more.
  const rows = await withQueryTimeout(sql<DecisionRow[]>`
    select *, fetched_at::text as fetched_at_text from reserve_credits(
      ${lifeSeconds}, ${JSON.stringify(each)}::text::json, ${JSON.stringify(shared)}::text::json)`);
  return rows.map((row) => readDecision(row, requests[row.batch_position - 1]));
};

const toJson = (request: ReservationRequest, index: number) => ({
  batch_position: index + 1,
  workspace_id: request.workspaceId,
  id: request.id,
  account_id: request.accountId,
  lookup_key: request.lookupKey,
  variant: request.variant,
  credits: request.credits.toString(),
  refetch_credits: request.refetchCredits.toString(),
  looks_up_again: request.looksUpAgain,
  may_charge: request.mayCharge,
  max_age_seconds: request.maxAgeSeconds,
  cached_unlock_id: request.cached?.unlockId ?? null,
  cached_fetched_at: request.cached?.fetchedAt ?? null,
  lookup_id: request.labels.lookupId,
  step: request.labels.step,
  job_row: request.labels.jobRow,
  labels: labelColumns(request.labels),
});

/** Waits without keeping the process alive. */
const pauseUnheld = (delayMs: number): Promise<void> => sleep(delayMs, undefined, { ref: false });
