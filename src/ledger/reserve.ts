import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { createBatcher } from '../platform/batcher.js';
import { type Sql, statementTimeoutMs } from '../platform/database.js';
import { isTransient, retryOnDeadlock, storeUnavailable } from '../platform/database-errors.js';
import { withQueryTimeout, withTimeout } from '../platform/with-timeout.js';
import { hoistCommonFields } from './hoist-common-fields.js';
import type {
  IdentifierSource,
  LedgerLimits,
  Reservation,
  ReservationRequest,
  SettledEntry,
  Settlement,
} from './types.js';

type Reserved = Extract<Reservation, { status: 'RESERVED' }>;
/** What the database decides of a request; the lifetime of a reservation is this process's knowledge. */
export type Decision = Exclude<Reservation, Reserved> | Omit<Reserved, 'lifetime'>;

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
    run: (requests) => reserveBatch(sql, limits.reservationSeconds, requests),
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

type Row = {
  status: Reservation['status'];
  credits: string;
  waits_for: string | null;
  waits_for_refetch: boolean | null;
  unlock_id: string | null;
  source: IdentifierSource | null;
  record_key: string | null;
  price: string | null;
  unlocked_at: Date | null;
  body: string | null;
  fetched_at: Date | null;
  budget: {
    id: string;
    name: string;
    limit: string;
    spent: string;
    reserved: string;
    renewsAt: string | null;
    setByOperator: boolean;
    ofJob: boolean;
  } | null;
};

/** Reserves credits for a batch of requests in one statement; returns the results in their order. */
export const reserveBatch = async (
  sql: Sql,
  lifeSeconds: number,
  requests: ReservationRequest[],
): Promise<Decision[]> => {
  const { each, shared } = hoistCommonFields(requests.map(toJson));
  // Cast from text: as a json parameter postgres.js would encode the string once more.
  const rows = await withQueryTimeout(sql<Row[]>`
    select * from reserve_credits(
      ${lifeSeconds}, ${JSON.stringify(each)}::text::json, ${JSON.stringify(shared)}::text::json)`);
  return rows.map(readRow);
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
  lookup_id: request.labels.lookupId,
  step: request.labels.step,
  job_row: request.labels.jobRow,
  labels: {
    operation: request.labels.operation,
    provider: request.labels.provider,
    connection_id: request.labels.connectionId,
    payer: request.labels.payer,
    sandbox: request.labels.sandbox,
    token_id: request.labels.tokenId,
    workflow: request.labels.workflow,
    job_id: request.labels.jobId,
  },
});

const readRow = (row: Row): Decision => {
  const unlock =
    row.unlock_id !== null &&
    row.source !== null &&
    row.record_key !== null &&
    row.price !== null &&
    row.unlocked_at !== null
      ? {
          id: row.unlock_id,
          source: row.source,
          recordKey: row.record_key,
          price: BigInt(row.price),
          unlockedAt: row.unlocked_at,
        }
      : null;
  switch (row.status) {
    case 'HIT':
      // The snapshot may have been erased between two reads: the request is sent again.
      return unlock === null || row.body === null || row.fetched_at === null
        ? { status: 'RETRY' }
        : { status: 'HIT', unlock, body: row.body, fetchedAt: row.fetched_at };
    case 'RESERVED':
      return { status: 'RESERVED', credits: BigInt(row.credits), unlock };
    case 'WAIT':
      return row.waits_for === null
        ? { status: 'RETRY' }
        : {
            status: 'WAIT',
            reservationId: row.waits_for,
            refetched: row.waits_for_refetch === true ? unlock : null,
          };
    case 'OVER_BUDGET':
    case 'BUDGET_RESERVED':
      if (row.budget === null) return { status: 'RETRY' };
      return {
        status: row.status,
        budget: {
          id: row.budget.id,
          name: row.budget.name,
          limit: BigInt(row.budget.limit),
          spent: BigInt(row.budget.spent),
          reserved: BigInt(row.budget.reserved),
          renewsAt: row.budget.renewsAt === null ? null : new Date(row.budget.renewsAt),
          setByOperator: row.budget.setByOperator,
          ...(row.budget.ofJob ? { ofJob: true } : {}),
        },
      };
    case 'NEEDS_CREDITS':
      return { status: 'NEEDS_CREDITS', unlock };
    case 'REFETCH':
    case 'RETRY':
      return { status: row.status };
  }
};

/** Waits without keeping the process alive. */
const pauseUnheld = (delayMs: number): Promise<void> => sleep(delayMs, undefined, { ref: false });
