import type { Sql } from '../platform/database.js';

/** A request for one permit of a key: at most `requestsPerSecond` in any `windowSeconds`, up to `burst` at one instant. */
export type PermitRequest = {
  key: string;
  requestsPerSecond: number;
  windowSeconds: number;
  burst: number;
  /** The most that it may wait: a permit further away is not assigned. */
  maxWaitSeconds: number;
  /** Whether it takes a permit only where it is due now or is the very next one, so that others wait for one at most. */
  yields?: boolean;
};

/** When to send, on the database's clock; or when a request that would wait too long would be served. */
export type Due = { atMs: number } | { retryAfterSeconds: number };

/** Allows one request now. It expires: a holder of an expired permit does not send, and acquires another. */
export type Permit = { isExpired: () => boolean };

type Row = {
  batch_position: number;
  permit_at: number | null;
  retry_after_seconds: number | null;
  database_now: number;
};

/** Assigns a permit to each request, in one statement. No permit of a key is further away than `queueSecondsMax`. */
export const acquirePermits = async (
  sql: Sql,
  queueSecondsMax: number,
  requests: PermitRequest[],
): Promise<{ databaseMs: number; permits: Due[] }> => {
  const json = JSON.stringify(
    requests.map((request, index) => ({
      batch_position: index + 1,
      key: request.key,
      per_window: request.requestsPerSecond,
      window_seconds: request.windowSeconds,
      burst: request.burst,
      max_wait_seconds: request.maxWaitSeconds,
      yields: request.yields === true,
    })),
  );
  const rows = await sql<Row[]>`select * from acquire_permits(${json}::text::json, ${queueSecondsMax})`;
  const permits = requests.map((): Due => ({ retryAfterSeconds: 0 }));
  for (const { batch_position: position, permit_at: at, retry_after_seconds: retryAfter } of rows) {
    permits[position - 1] = at === null ? { retryAfterSeconds: retryAfter ?? 0 } : { atMs: at * 1_000 };
  }
  return { databaseMs: (rows[0]?.database_now ?? 0) * 1_000, permits };
};
