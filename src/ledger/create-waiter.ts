import { setTimeout as sleep } from 'node:timers/promises';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Sql } from '../platform/database.js';
import type { Settlement, Outcome, ReservationKey, Unlock } from './types.js';

/** How somebody else's reservation ended. GIVEN_UP: nobody came back, or the wait took too long. */
export type Ended =
  | {
      kind: 'ENDED';
      outcome: Outcome;
      problem: string | null;
      connectionId: string | null;
      /** What the one who made the call hands to those who waited in this process; null from another. */
      shared: Shared | null;
    }
  | { kind: 'GIVEN_UP' };

/** A record just fetched, for those who waited for it: `raw` is the callers' affair. */
export type Shared = { unlock: Unlock; raw: () => unknown; fetchedAt: Date };

const firstLookMs = 4;
const lookMsMax = 100;

type Row = {
  id: string;
  held: boolean;
  overdue: boolean;
  outcome: Outcome | null;
  problem: string | null;
  connection_id: string | null;
};

type Waiting = { reservation: ReservationKey; untilMs: number; answer: (ended: Ended) => void };

/**
 * Waits for reservations of this and other instances. One statement looks for all that are waited for, seldom at
 * first sight and then ever more seldom; what this very process ends is told at once by `ended`, without a look.
 * Looking rather than LISTEN: it needs no connection of its own, survives a lost one, and works behind a pooler.
 */
export const createWaiter = (
  sql: Sql,
  reservationSeconds: number,
): {
  wait: (reservation: ReservationKey) => Promise<Ended>;
  /** `shared` is asked only where somebody waits. */
  ended: (settlement: Settlement, shared: () => Shared | null) => void;
  close: () => void;
} => {
  const waiting = new Map<string, Waiting[]>();
  let looking = false;
  let lookMs = firstLookMs;

  const answer = (id: string, ended: Ended): void => {
    const all = waiting.get(id) ?? [];
    waiting.delete(id);
    for (const one of all) one.answer(ended);
  };

  const look = async (): Promise<void> => {
    const all = [...waiting.values()].flatMap((waits) => waits.slice(0, 1));
    const rows = await withQueryTimeout(
      lookFor(
        sql,
        all.map((one) => one.reservation),
      ),
    );
    for (const row of rows) {
      if (row.held) continue;
      answer(
        row.id,
        row.outcome === null
          ? { kind: 'GIVEN_UP' }
          : {
              kind: 'ENDED',
              outcome: row.outcome,
              problem: row.problem,
              connectionId: row.connection_id,
              shared: null,
            },
      );
    }
    if (rows.some((row) => row.overdue)) await withQueryTimeout(sql`select expire_reservations(1000)`);
  };

  const giveUpLate = (): void => {
    const nowMs = performance.now();
    for (const [id, all] of waiting) {
      if (all.every((one) => one.untilMs < nowMs)) answer(id, { kind: 'GIVEN_UP' });
    }
  };

  const keepLooking = async (): Promise<void> => {
    looking = true;
    lookMs = firstLookMs;
    while (waiting.size > 0) {
      await sleep(lookMs);
      lookMs = Math.min(lookMs * 2, lookMsMax);
      // A lost database is no answer: whoever waits goes on waiting until the time is up.
      await look().catch(() => {});
      giveUpLate();
    }
    looking = false;
  };

  return {
    wait: (reservation) =>
      new Promise((resolve) => {
        const untilMs = performance.now() + reservationSeconds * 1000 + 5_000;
        const all = waiting.get(reservation.id) ?? [];
        waiting.set(reservation.id, [...all, { reservation, untilMs, answer: resolve }]);
        lookMs = firstLookMs;
        if (!looking) void keepLooking();
      }),
    ended: ({ reservation, outcome, problem }, shared) => {
      if (!waiting.has(reservation.id)) return;
      const { connectionId } = reservation.labels;
      answer(reservation.id, { kind: 'ENDED', outcome, problem, connectionId, shared: shared() });
    },
    close: () => {
      for (const id of waiting.keys()) answer(id, { kind: 'GIVEN_UP' });
    },
  };
};

const lookFor = (sql: Sql, reservations: ReservationKey[]): Promise<Row[]> => sql<Row[]>`
  select i.id, r.id is not null as held, coalesce(r.expires_at < clock_timestamp(), false) as overdue,
    e.outcome, e.problem, e.connection_id
  from json_to_recordset(${JSON.stringify(
    reservations.map((one) => ({ workspace_id: one.workspaceId, id: one.id })),
  )}::text::json) as i (workspace_id uuid, id uuid)
  left join lateral (
    select r.id, r.expires_at from reservations r
    where r.id = i.id and r.workspace_id = i.workspace_id and r.state = 'HELD'
    limit 1
  ) r on true
  left join lateral (
    select e.outcome, e.problem, e.connection_id from entries e
    where e.workspace_id = i.workspace_id and e.id = i.id
    limit 1
  ) e on true`;
