import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { within } from '../platform/with-timeout.js';
import { createGroup } from '../platform/batcher.js';
import type { Log } from '../platform/log.js';
import type { Ask, Ending, ReservationKey, Reserved, Settled } from './types.js';
import { createReserver } from './create-reserver.js';
import { createSettler } from './create-settler.js';
import { createWaiter, type Ended, type Shared } from './create-waiter.js';
import type { LedgerLimits } from './limits.js';
import { type Note, noteGroup } from './note.js';
import { failsWholeGroup } from './failures.js';
import { ledgerUnavailable } from './ledger-unavailable.js';

/** The ledger's verbs, bound to one database. One for each process: its groups are what makes money cheap. */
export type Ledger = {
  /** Reserves credits before a call; throws LEDGER_UNAVAILABLE where the ledger cannot promise anything. */
  reserve: (ask: Ask) => Promise<Reserved>;
  /**
   * Ends a reservation; resolves once it is written, which is tried for as long as the database is away. `raw` is
   * handed to those who wait for the same record in this process.
   */
  settle: (ending: Ending, raw?: () => unknown) => Promise<Settled>;
  /** Waits until somebody's reservation has ended, here or in another instance. */
  wait: (reservation: ReservationKey) => Promise<Ended>;
  /** Writes an entry for an ask without a call of its own; throws LEDGER_UNAVAILABLE where it cannot. */
  note: (note: Note) => Promise<void>;
  /** Resolves when every reservation made here has ended and is written, or after `timeoutMs`. */
  close: (timeoutMs: number) => Promise<void>;
};

export const createLedger = (database: Database, log: Log, limits: LedgerLimits): Ledger => {
  const settler = createSettler(database.sql, log, limits.groupItemsMax);
  const waiter = createWaiter(database.sql, limits.reservationSeconds);
  const reserve = createReserver(database.sql, limits, settler.settle);
  const held = new Set<string>();
  const noteInGroup = createGroup<Note, void>({
    run: async (notes) => {
      await noteGroup(database.sql, notes);
      return notes.map(() => undefined);
    },
    itemsMax: limits.groupItemsMax,
    failsTogether: failsWholeGroup,
  });
  return {
    reserve: async (ask) => {
      const reserved = await reserve(ask);
      if (reserved.status === 'RESERVED') held.add(ask.id);
      return reserved;
    },
    settle: async (ending, raw) => {
      const settled = await settler.settle(ending).finally(() => held.delete(ending.reservation.id));
      waiter.ended(ending, () => sharedOf(ending, settled, raw));
      return settled;
    },
    wait: waiter.wait,
    note: async (note) => {
      try {
        await within(limits.reserveTimeoutMs, noteInGroup(note), ledgerUnavailable);
      } catch (error) {
        throw error instanceof GatewayError ? error : ledgerUnavailable(error);
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

const sharedOf = (ending: Ending, { unlock, saved, fetchedAt }: Settled, raw = nothing): Shared | null => {
  if (ending.outcome !== 'FOUND' || ending.found === null || unlock === null) return null;
  // What it cost: as the ledger tells of a record that was ours, as the provider reports, or as its price says.
  const price = saved > 0n ? saved : (ending.charged ?? ending.found.price);
  return { unlock: { ...unlock, record: ending.found.record, price }, raw, fetchedAt };
};
