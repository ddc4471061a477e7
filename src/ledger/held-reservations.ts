import type { Sql } from '../platform/database.js';
import { type Clocks, startElapsed } from '../platform/elapsed.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Lifetime, ReservationKey } from './types.js';

/** The reservations that this process has made and not settled. */
export type HeldReservations = {
  /** Starts a lifetime. Called before the statement that reserves, so that it ends before the reservation expires. */
  begin: (key: ReservationKey) => HeldReservation;
  /** Adds a reservation that was made: from now on it is renewed. */
  add: (reservation: HeldReservation) => void;
  delete: (id: string) => void;
  size: () => number;
  /** Renews one reservation now; false: it has expired, and another instance may have settled it. */
  renew: (id: string) => Promise<boolean>;
  close: () => Promise<void>;
};

type HeldReservation = Lifetime & {
  key: ReservationKey;
  /** Milliseconds since it was requested. */
  ageMs: () => number;
  /** Milliseconds since it was requested or last renewed. */
  elapsedMs: () => number;
};

// The rest is a margin for clocks that differ in speed, and for the statement that settles.
const usableShare = 0.85;
// A reservation is renewed when a fifth of its usable lifetime is over. That is checked ten times in a lifetime.
const renewedBelowShare = 0.8;
const checksInLifetime = 10;
// No lookup takes longer (LOOKUP_TIMEOUT_MS). A reservation that is held for longer is a fault, and expires.
const ageMsMax = 900_000;

/**
 * Renews the reservations of this process while it runs: while a call waits for its permit, and while it is in flight. A
 * process that stands still or dies renews none, so they expire.
 */
export const createHeldReservations = (
  sql: Sql,
  log: Log,
  clocks: Clocks,
  reservationSeconds: number,
): HeldReservations => {
  const usableMs = reservationSeconds * 1_000 * usableShare;
  const held = new Map<string, HeldReservation>();

  const renew = async (reservations: HeldReservation[]): Promise<Set<string>> => {
    const elapsedMs = startElapsed(clocks);
    const keys = reservations.map(({ key }) => key);
    const ids = new Set(await withQueryTimeout(renewRows(sql, reservationSeconds, keys)));
    for (const reservation of reservations) {
      if (ids.has(reservation.key.id)) reservation.elapsedMs = elapsedMs;
    }
    return ids;
  };

  const renewDue = async (): Promise<void> => {
    const due = [...held.values()].filter(
      ({ leftMs, ageMs }) => leftMs() < usableMs * renewedBelowShare && ageMs() < ageMsMax,
    );
    if (due.length > 0) await renew(due);
  };
  const stop =
    reservationSeconds === 0
      ? () => Promise.resolve()
      : runEvery(
          (reservationSeconds * 1_000) / checksInLifetime,
          { name: 'renewal of reservations', run: renewDue },
          log,
        );

  return {
    begin: (key) => {
      const ageMs = startElapsed(clocks);
      const reservation: HeldReservation = {
        key,
        ageMs,
        elapsedMs: ageMs,
        leftMs: () => usableMs - reservation.elapsedMs(),
      };
      return reservation;
    },
    add: (reservation) => {
      held.set(reservation.key.id, reservation);
    },
    delete: (id) => {
      held.delete(id);
    },
    size: () => held.size,
    renew: async (id) => {
      const reservation = held.get(id);
      return reservation !== undefined && (await renew([reservation])).has(id);
    },
    close: stop,
  };
};

/**
 * Renews those that are still held, and returns their ids. Locked in the order of the other statements; a row that another
 * statement is settling or expiring is skipped.
 */
const renewRows = async (sql: Sql, reservationSeconds: number, keys: ReservationKey[]): Promise<string[]> => {
  const rows = await sql<{ id: string }[]>`
    update reservations r
    set expires_at = clock_timestamp() + make_interval(secs => ${reservationSeconds}::int)
    from (
      select h.workspace_id, h.id
      from json_to_recordset(${JSON.stringify(keys.map(({ workspaceId, id }) => ({ workspace_id: workspaceId, id })))}::text::json)
        as i (workspace_id uuid, id uuid)
      join reservations h on h.id = i.id and h.workspace_id = i.workspace_id
      where h.state = 'HELD'
      order by h.workspace_id, h.id
      for update of h skip locked
    ) held
    where r.id = held.id and r.workspace_id = held.workspace_id
    returning r.id`;
  return rows.map(({ id }) => id);
};
