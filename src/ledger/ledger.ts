import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import type { Ask, Ending, ReservationKey, Reserved, Settled } from './ask.js';
import { createReserver } from './create-reserver.js';
import { createSettler } from './create-settler.js';
import { createWaiter, type Ended } from './create-waiter.js';
import { type Note, noteGroup } from './note.js';
import { createGroup } from '../platform/group.js';
import { failsWholeGroup } from './failures.js';

export type LedgerLimits = {
  /** How long a reservation may stand before it is given up. */
  reservationSeconds: number;
  /** The most asks that share one statement. */
  groupItemsMax: number;
  /** How long a caller waits for the ledger to take a reservation. */
  reserveTimeoutMs: number;
};

/** The ledger's verbs, bound to one database. One for each process: its groups are what makes money cheap. */
export type Ledger = {
  /** Reserves credits before a call; throws LEDGER_UNAVAILABLE where the ledger cannot promise anything. */
  reserve: (ask: Ask) => Promise<Reserved>;
  /** Ends a reservation. Keeps trying for as long as the database is away; ends once written. */
  settle: (ending: Ending) => Promise<Settled>;
  /** Waits until somebody's reservation has ended, here or in another instance. */
  wait: (reservation: ReservationKey) => Promise<Ended>;
  /** Writes an entry for an ask that came to nothing and cost nothing. */
  note: (note: Note) => Promise<void>;
  /** Resolves when every settlement under way is written, or after `timeoutMs`. */
  close: (timeoutMs: number) => Promise<void>;
};

export const createLedger = (database: Database, log: Log, limits: LedgerLimits): Ledger => {
  const settler = createSettler(database.sql, log, limits.groupItemsMax);
  const waiter = createWaiter(database.sql, limits.reservationSeconds);
  const reserve = createReserver(database.sql, limits, settler.settle);
  const note = createGroup<Note, void>({
    run: async (notes) => {
      await noteGroup(database.sql, notes);
      return notes.map(() => undefined);
    },
    itemsMax: limits.groupItemsMax,
    failsTogether: failsWholeGroup,
  });
  return {
    reserve,
    settle: async (ending) => {
      const settled = await settler.settle(ending);
      waiter.ended(ending);
      return settled;
    },
    wait: waiter.wait,
    note,
    close: async (timeoutMs) => {
      await settler.close(timeoutMs);
      waiter.close();
    },
  };
};
