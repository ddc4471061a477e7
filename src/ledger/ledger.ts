import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isTransient, storeUnavailable } from '../platform/database-errors.js';
import { withTimeout } from '../platform/with-timeout.js';
import { createBatcher } from '../platform/batcher.js';
import type { Log } from '../platform/log.js';
import type { ReservationRequest, Settlement, ReservationKey, Reservation, SettledEntry } from './types.js';
import { createReserver } from './create-reserver.js';
import { createSettler } from './create-settler.js';
import { createWaiter, type Ended, type Shared } from './create-waiter.js';
import type { LedgerLimits } from './limits.js';
import { type Note, recordBatch } from './note.js';

/** The ledger's verbs, bound to one database. One for each process: its groups are what makes money cheap. */
export type Ledger = {
  /** Reserves credits before a call; throws LEDGER_UNAVAILABLE where the ledger cannot promise anything. */
  reserve: (ask: ReservationRequest) => Promise<Reservation>;
  /**
   * Ends a reservation; resolves once it is written, which is tried for as long as the database is away. `raw` is
   * handed to those who wait for the same record in this process.
   */
  settle: (settlement: Settlement, raw?: () => unknown) => Promise<SettledEntry>;
  /** Waits until somebody's reservation has ended, here or in another instance. */
  wait: (reservation: ReservationKey) => Promise<Ended>;
  /** Writes an entry for an ask without a call of its own; throws LEDGER_UNAVAILABLE where it cannot. */
  note: (note: Note) => Promise<void>;
  /** Resolves when every reservation made here has ended and is written, or after `timeoutMs`. */
  close: (timeoutMs: number) => Promise<void>;
};

export const createLedger = (database: Database, log: Log, limits: LedgerLimits): Ledger => {
  const settler = createSettler(database.sql, log, limits.ledgerBatchMax);
  const waiter = createWaiter(database.sql, limits.reservationSeconds);
  const reserve = createReserver(database.sql, limits, settler.settle);
  const held = new Set<string>();
  const recordInBatch = createBatcher<Note, void>({
    run: async (notes) => {
      await recordBatch(database.sql, notes);
      return notes.map(() => undefined);
    },
    itemsMax: limits.ledgerBatchMax,
    failsWhole: isTransient,
  });
  return {
    reserve: async (ask) => {
      const reserved = await reserve(ask);
      if (reserved.status === 'RESERVED') held.add(ask.id);
      return reserved;
    },
    settle: async (settlement, raw) => {
      const settled = await settler.settle(settlement).finally(() => held.delete(settlement.reservation.id));
      waiter.ended(settlement, () => sharedOf(settlement, settled, raw));
      return settled;
    },
    wait: waiter.wait,
    note: async (note) => {
      try {
        await withTimeout(limits.reserveTimeoutMs, recordInBatch(note), () =>
          storeUnavailable('LEDGER_UNAVAILABLE'),
        );
      } catch (error) {
        throw error instanceof GatewayError ? error : storeUnavailable('LEDGER_UNAVAILABLE', error);
      }
    },
    close: async (timeoutMs) => {
      const untilMs = performance.now() + timeoutMs;
      while (held.size > 0 && performance.now() < untilMs) await sleep(20);
      await settler.close(Math.max(0, untilMs - performance.now()));
      waiter.close();
    },
  };
};

const nothing = (): unknown => null;

const sharedOf = (
  settlement: Settlement,
  { unlock, saved, fetchedAt }: SettledEntry,
  raw = nothing,
): Shared | null => {
  if (settlement.outcome !== 'FOUND' || settlement.found === null || unlock === null) return null;
  // What it cost: as the ledger tells of a record that was ours, as the provider reports, or as its price says.
  const price = saved > 0n ? saved : (settlement.charged ?? settlement.found.price);
  return { unlock: { ...unlock, recordKey: settlement.found.recordKey, price }, raw, fetchedAt };
};
