import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import * as tables from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import { openPool } from './connection-pool.js';
import { connect, type Database, type Drizzle, statementTimeoutMs } from './database.js';
import { databaseErrorCode, isDatabaseLost } from './database-errors.js';
import { placeOf } from './explain-fault.js';
import type { Log } from './log.js';
import { runEvery } from './run-every.js';
import { withQueryTimeout } from './with-timeout.js';

/** Why the standby is not read at the moment. */
export type StandbyFault =
  | 'starting'
  | 'behind'
  | 'not_replayed'
  | 'not_a_standby'
  | 'unreachable'
  | 'failed'
  | 'too_old';

/** A standby of the primary, by streaming replication. Whatever fails there is read from the primary instead. */
export type Standby = {
  /** Host and database, for the log. */
  host: string;
  /**
   * Runs `work` in one read-only transaction of the standby. It sees every change that was committed on the primary
   * before `asOf`, and perhaps later ones. Returns why if the primary has to be read instead: the standby is not as recent
   * as `notBefore`, or anything there failed. Throws the errors of the gateway, and that a statement took too long.
   */
  read: <Result>(
    work: (db: Drizzle, asOf: Date) => Promise<Result>,
    notBefore: Date | null,
  ) => Promise<{ result: Result } | { fault: StandbyFault }>;
  /** The time by the primary's clock, or a little earlier. */
  now: () => Date;
  /** By how much the standby was behind when it was last asked; null if it has never answered. */
  lagSeconds: () => number | null;
  /** Null while the standby is read. */
  fault: () => StandbyFault | null;
  close: () => Promise<void>;
};

type StandbyDeps = { primary: Pick<Database, 'db'>; log: Log };
type StandbyOptions = {
  /** Null: there is no standby. */
  databaseReadUrl: string | null;
  databaseReadLagMaxSeconds: number;
  /** The id of this process in `instances`; null for a command, which reads no reports. */
  instanceId: string | null;
  connectionsMax: number;
};

const checkEveryMs = 1_000;
const checkTimeoutMs = 2_000;

/**
 * Follows a standby. Every second this process renews its row in `instances` on the primary and reads it on the standby.
 * The instant in that row is what the standby is as of: a standby replays commits in their order. Nothing but a standby of
 * this very primary has the row, whatever is behind `url`, and one that has it has replayed the migrations of this release.
 * Log positions would need no write, but they mean nothing after a failover to another timeline, and some services do not
 * show them. Each read looks at the row again in its own snapshot, because a pooler may lead to several standbys.
 */
export const followStandby = (
  { primary, log }: StandbyDeps,
  {
    databaseReadUrl: url,
    databaseReadLagMaxSeconds: lagMaxSeconds,
    instanceId,
    connectionsMax,
  }: StandbyOptions,
): Standby | null => {
  if (url === null || instanceId === null) return null;
  const host = placeOf(url);
  const open = (max: number) => {
    const pool = openPool((own) => connect({ url }, { ...poolOptions, ...own }), max);
    return { db: drizzle(pool.sql, { schema: tables }), end: () => pool.sql.end({ timeout: 0 }) };
  };
  // Opened by the checks: the files of its certificates may be missing, which must not keep the gateway from starting.
  let forChecks: ReturnType<typeof open> | null = null;
  let forReads: ReturnType<typeof open> | null = null;
  let fault: StandbyFault | null = 'starting';
  let logged: StandbyFault | 'nothing' | null = 'nothing';
  let primaryClock: { atMs: number; readAtMs: number } | null = null;
  let firstMarkMs: number | null = null;
  let lastLagSeconds: number | null = null;

  const now = (): Date =>
    new Date(
      primaryClock === null
        ? Date.now()
        : primaryClock.atMs + Math.floor(performance.now() - primaryClock.readAtMs),
    );

  /** Renews the row on the primary. While the primary is down, the standby grows old and nothing else is wrong. */
  const mark = async (): Promise<void> => {
    const [row] = await primary.db.execute<{ at_ms: number }>(sql`
      update ${tables.instances} set seen_at = clock_timestamp() where id = ${instanceId}
      returning ${epochMs} as at_ms`);
    if (row === undefined) return;
    primaryClock = { atMs: row.at_ms, readAtMs: performance.now() };
    firstMarkMs ??= primaryClock.atMs;
  };

  /** What the standby of `db` is as of, in the snapshot of its transaction if there is one; or why it is not read. */
  const inspect = async (db: Pick<Drizzle, 'execute'>): Promise<{ asOf: Date } | { fault: StandbyFault }> => {
    const [row] = await db.execute<{ is_standby: boolean; as_of_ms: number | null }>(sql`
      select set_config('statement_timeout', ${String(statementTimeoutMs)}, true),
        pg_is_in_recovery() as is_standby,
        (select ${epochMs} from ${tables.instances} where id = ${instanceId}) as as_of_ms`);
    if (row?.is_standby !== true) return { fault: 'not_a_standby' };
    const nowMs = now().getTime();
    if (row.as_of_ms === null) {
      const waitedMs = firstMarkMs === null ? 0 : nowMs - firstMarkMs;
      return { fault: waitedMs > lagMaxSeconds * 1_000 ? 'not_replayed' : 'starting' };
    }
    const asOf = new Date(row.as_of_ms);
    lastLagSeconds = Math.max(0, nowMs - asOf.getTime()) / 1_000;
    // One that was too far behind must get well within the limit, so that it is not taken in and out all the time.
    const limitSeconds = fault === 'behind' ? lagMaxSeconds / 2 : lagMaxSeconds;
    return lastLagSeconds > limitSeconds ? { fault: 'behind' } : { asOf };
  };

  const change = (to: StandbyFault | null, error?: unknown): void => {
    fault = to;
    if (to === 'starting' || to === logged) return;
    logged = to;
    if (to === null) {
      log.info({ host, lagSeconds: lastLagSeconds }, 'reports, exports and lists are read from the standby');
    } else {
      const facts = { host, reason: to, lagSeconds: lastLagSeconds, ...codeOf(error) };
      log.warn(facts, 'standby cannot be read: reports, exports and lists are read from the primary');
    }
  };

  // One at a time, however long it waits: a rotation of keys locks the table.
  let marking: Promise<void> | null = null;
  const markInTime = async (): Promise<void> => {
    marking ??= mark().finally(() => {
      marking = null;
    });
    await withQueryTimeout(marking, checkTimeoutMs).catch(() => {});
  };

  const check = async (): Promise<void> => {
    await markInTime();
    try {
      forChecks ??= open(1);
      forReads ??= open(connectionsMax);
      const found = await withQueryTimeout(inspect(forChecks.db), checkTimeoutMs);
      change('fault' in found ? found.fault : null);
    } catch (error) {
      const lost = isDatabaseLost(error);
      // A read that waits for a server that does not answer ends with its connection, and the primary is read.
      if (lost) {
        void forReads?.end().catch(() => {});
        forReads = null;
      }
      change(lost ? 'unreachable' : 'failed', error);
    }
  };
  const stop = runEvery(checkEveryMs, { name: 'standby check', run: check }, log);

  return {
    host,
    now,
    lagSeconds: () => lastLagSeconds,
    fault: () => fault,
    read: async (work, notBefore) => {
      if (fault !== null || forReads === null) return { fault: fault ?? 'unreachable' };
      let refused = false;
      try {
        return await forReads.db.transaction(async (tx) => {
          const found = await inspect(tx);
          if ('fault' in found) return found;
          if (notBefore !== null && found.asOf < notBefore) return { fault: 'too_old' as const };
          try {
            return { result: await work(tx, found.asOf) };
          } catch (error) {
            refused = isRefusal(error);
            throw error;
          }
        }, readOnlySnapshot);
      } catch (error) {
        if (refused) throw error;
        log.debug({ host, ...codeOf(error) }, 'a read on the standby failed: the primary is read');
        return { fault: isDatabaseLost(error) ? 'unreachable' : 'failed' };
      }
    },
    close: async () => {
      await stop();
      await Promise.all([forChecks?.end(), forReads?.end()]);
    },
  };
};

/** Whether the primary would answer the same: an error of the gateway's own, or that a statement took too long. */
const isRefusal = (error: unknown): boolean =>
  error instanceof GatewayError || databaseErrorCode(error) === queryCancelled;

// Rounded down: a standby must not seem more recent than it is.
const epochMs = sql.raw('floor(extract(epoch from seen_at) * 1000)::float8');

const queryCancelled = '57014';
const readOnlySnapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

// A pooler may be in front, which neither keeps prepared statements nor takes settings at the start of a connection.
const poolOptions = {
  connect_timeout: 2,
  onnotice: () => {},
  fetch_types: false,
  prepare: false,
  connection: { application_name: 'firmable-gateway reads' },
} as const;

const codeOf = (error: unknown): { code?: string } => {
  const code = databaseErrorCode(error);
  return code === null ? {} : { code };
};
