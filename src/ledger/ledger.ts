import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import { createBatcher } from '../platform/batcher.js';
import type { Database } from '../platform/database.js';
import { type Clocks, systemClocks } from '../platform/elapsed.js';
import { isTransient, storeUnavailable } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { withTimeout } from '../platform/with-timeout.js';
import { type EntryWithoutCall, recordBatch } from './record-entry.js';
import { type CachedLookups, recordHits } from './record-hits.js';
import { type BudgetPlace, createBudgetQueue } from './budget-queue.js';
import { createHeldReservations } from './held-reservations.js';
import { createReserver } from './reserve.js';
import { createSettler } from './settle.js';
import type {
  KnownUnlock,
  LedgerLimits,
  Reservation,
  ReservationKey,
  ReservationRequest,
  SettledEntry,
  Settlement,
} from './types.js';
import { createWaiter, type SharedRecord, type WaitResult } from './wait.js';

/** The operations of the ledger on one database. A process has one, because its batches make each write cheap. */
export type Ledger = {
  /** Reserves credits before a call; throws LEDGER_UNAVAILABLE when the ledger cannot guarantee it. */
  reserve: (request: ReservationRequest) => Promise<Reservation>;
  /** Renews a reservation whose lifetime is over; false: it has expired, and may have been settled by another instance. */
  renew: (reservation: ReservationKey) => Promise<boolean>;
  /**
   * Settles a reservation; resolves once it is written, and tries for as long as the database is unavailable. `raw` is
   * passed to the callers in this process that wait for the same record.
   */
  settle: (settlement: Settlement, raw?: () => unknown) => Promise<SettledEntry>;
  /** Waits until a reservation of another caller is settled, in this or another instance. */
  wait: (reservation: ReservationKey) => Promise<WaitResult>;
  /** Takes a place in the queue for a budget's credits. Keep it until the request gets another status than BUDGET_RESERVED. */
  queueForBudget: (budgetId: string) => BudgetPlace;
  /**
   * Writes the entries of lookups that snapshots of the caller answer, and returns their unlocks, in their order; null where
   * that is not the account's snapshot any more. Throws LEDGER_UNAVAILABLE when it cannot.
   */
  recordHits: (lookups: CachedLookups) => Promise<(KnownUnlock | null)[]>;
  /** Writes an entry without a provider call; throws LEDGER_UNAVAILABLE when it cannot. */
  recordEntry: (entry: EntryWithoutCall) => Promise<void>;
  /** Resolves when every reservation made here is settled and written, or after `timeoutMs`. */
  close: (timeoutMs: number) => Promise<void>;
};

export const createLedger = (
  database: Database,
  log: Log,
  limits: LedgerLimits,
  clocks: Clocks = systemClocks,
): Ledger => {
  const settler = createSettler(database.sql, log, limits);
  const waiter = createWaiter(database.sql, limits.reservationSeconds);
  const reserve = createReserver(database.sql, limits, settler.settle);
  const held = createHeldReservations(database.sql, log, clocks, limits.reservationSeconds);
  const budgetQueue = createBudgetQueue();
  const recordInBatch = createBatcher<EntryWithoutCall, void>({
    name: 'entry',
    run: async (entries) => {
      await recordBatch(database.sql, entries);
      return entries.map(() => undefined);
    },
    itemsMax: limits.ledgerBatchMax,
    failsWhole: isTransient,
  });
  const inTime = async <Result>(write: Promise<Result>): Promise<Result> => {
    try {
      return await withTimeout(limits.reserveTimeoutMs, write, () => storeUnavailable('LEDGER_UNAVAILABLE'));
    } catch (error) {
      throw error instanceof GatewayError ? error : storeUnavailable('LEDGER_UNAVAILABLE', error);
    }
  };
  return {
    reserve: async (request) => {
      const reservation = held.begin({ workspaceId: request.workspaceId, id: request.id });
      const decision = await reserve(request);
      if (decision.status !== 'RESERVED') return decision;
      held.add(reservation);
      return { ...decision, lifetime: { leftMs: reservation.leftMs } };
    },
    renew: ({ id }) => held.renew(id).catch(() => false),
    settle: async (settlement, raw) => {
      const entry = await settler.settle(settlement).finally(() => held.delete(settlement.reservation.id));
      if (entry.credits < settlement.reservation.credits) budgetQueue.returned();
      waiter.settled(settlement, () => sharedOf(settlement, entry, raw));
      return entry;
    },
    wait: waiter.wait,
    queueForBudget: budgetQueue.enter,
    recordHits: (lookups) => inTime(recordHits(database.sql, lookups)),
    recordEntry: (entry) => inTime(recordInBatch(entry)),
    close: async (timeoutMs) => {
      const untilMs = performance.now() + timeoutMs;
      while (held.size() > 0 && performance.now() < untilMs) await sleep(20);
      await settler.close(Math.max(0, untilMs - performance.now()));
      waiter.close();
      await held.close();
    },
  };
};

const nothing = (): unknown => null;

const sharedOf = (
  settlement: Settlement,
  { unlock, saved, fetchedAt }: SettledEntry,
  raw = nothing,
): SharedRecord | null => {
  if (settlement.outcome !== 'FOUND' || settlement.found === null || unlock === null) return null;
  // What it cost: the price of a record that was unlocked before, what the provider reports, or its list price.
  const price = saved > 0n ? saved : (settlement.charged ?? settlement.found.price);
  return { unlock: { ...unlock, recordKey: settlement.found.recordKey, price }, raw, fetchedAt };
};
