import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Settlement, Outcome, ReservationKey, Unlock } from './types.js';

/** The result of another caller's reservation. GIVEN_UP: it expired without a result, or the wait took too long. */
export type WaitResult =
  | {
      kind: 'SETTLED';
      outcome: Outcome;
      problem: string | null;
      connectionId: string | null;
      /** The record, when the call was made in this process. */
      shared: SharedRecord | null;
    }
  | { kind: 'GIVEN_UP' };

/** A record just fetched, for the callers that waited for it. The ledger passes `raw` on without reading it. */
export type SharedRecord = { unlock: Unlock; raw: () => unknown; fetchedAt: Date };

const firstPollMs = 4;
const pollMsMax = 100;

type Row = {
  id: string;
  held: boolean;
  overdue: boolean;
  outcome: Outcome | null;
  problem: string | null;
  connection_id: string | null;
};

type Waiting = { reservation: ReservationKey; untilMs: number; resolve: (result: WaitResult) => void };

/**
 * Waits for reservations of this and other instances. One statement polls for all of them, with a growing interval;
 * `settled` resolves the waits for what this process settles at once. Polling instead of LISTEN: it needs no
 * connection of its own, survives a lost one, and works behind a pooler.
 */
export const createWaiter = (
  sql: Sql,
  reservationSeconds: number,
): {
  wait: (reservation: ReservationKey) => Promise<WaitResult>;
  /** `shared` is called only when a caller waits. */
  settled: (settlement: Settlement, shared: () => SharedRecord | null) => void;
  close: () => void;
} => {
  const waiting = new Map<string, Waiting[]>();
  let polling = false;
  let pollMs = firstPollMs;

  const resolveAll = (id: string, result: WaitResult): void => {
    const all = waiting.get(id) ?? [];
    waiting.delete(id);
    for (const one of all) one.resolve(result);
  };

  const poll = async (): Promise<void> => {
    const all = [...waiting.values()].flatMap((waits) => waits.slice(0, 1));
    const rows = await withQueryTimeout(
      readResults(
        sql,
        all.map((one) => one.reservation),
      ),
    );
    for (const row of rows) {
      if (row.held) continue;
      resolveAll(
        row.id,
        row.outcome === null
          ? { kind: 'GIVEN_UP' }
          : {
              kind: 'SETTLED',
              outcome: row.outcome,
              problem: row.problem,
              connectionId: row.connection_id,
              shared: null,
            },
      );
    }
    if (rows.some((row) => row.overdue)) await withQueryTimeout(sql`select expire_reservations(1000)`);
  };

  const giveUpExpired = (): void => {
    const nowMs = performance.now();
    for (const [id, all] of waiting) {
      if (all.every((one) => one.untilMs < nowMs)) resolveAll(id, { kind: 'GIVEN_UP' });
    }
  };

  const keepPolling = async (): Promise<void> => {
    polling = true;
    pollMs = firstPollMs;
    while (waiting.size > 0) {
      await sleep(pollMs);
      pollMs = Math.min(pollMs * 2, pollMsMax);
      // A lost database is no result: the callers wait on until their time has passed.
      await poll().catch(() => {});
      giveUpExpired();
    }
    polling = false;
  };

  return {
    wait: (reservation) =>
      new Promise((resolve) => {
        const untilMs = performance.now() + reservationSeconds * 1000 + 5_000;
        const all = waiting.get(reservation.id) ?? [];
        waiting.set(reservation.id, [...all, { reservation, untilMs, resolve }]);
        pollMs = firstPollMs;
        if (!polling) void keepPolling();
      }),
    settled: ({ reservation, outcome, problem }, shared) => {
      if (!waiting.has(reservation.id)) return;
      const { connectionId } = reservation.labels;
      resolveAll(reservation.id, { kind: 'SETTLED', outcome, problem, connectionId, shared: shared() });
    },
    close: () => {
      for (const id of waiting.keys()) resolveAll(id, { kind: 'GIVEN_UP' });
    },
  };
};

const readResults = (sql: Sql, reservations: ReservationKey[]): Promise<Row[]> => sql<Row[]>`
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
