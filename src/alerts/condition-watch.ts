import type { Database, Sql } from '../platform/database.js';
import { limitLines } from '../platform/limit-lines.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { newId } from '../platform/ids.js';

/** What one call to a provider says of its key and of the provider. */
export type CallReport = {
  workspaceId: string;
  provider: string;
  /** Null for a key that the caller sent, or the operator's. */
  connectionId: string | null;
  /** Whether the key is the operator's. */
  isManaged?: boolean;
} & (
  | { kind: 'ANSWERED' }
  /** The provider answered, and refused the key. */
  | { kind: 'KEY_REFUSED'; code: string }
  /** The circuit breaker opened. */
  | { kind: 'UNAVAILABLE'; code: string }
);

type ConditionEvent = 'KEY_REFUSED' | 'PROVIDER_UNAVAILABLE';
type Condition = { workspaceId: string; event: ConditionEvent; subject: string };

export type ConditionWatch = {
  /** Returns at once and never throws: no lookup waits for it or fails because of it. */
  report: (call: CallReport) => void;
  /** Waits for what is being written. */
  close: () => Promise<void>;
};

/** A condition that comes and goes raises at most this many alerts an hour for its subject. */
const perHourMax = 4;
const pendingMax = 1_000;
const unresolvedMax = 10_000;

/**
 * Raises an alert when a provider refuses a connection's key or a circuit breaker opens, and resolves it when a call is
 * answered again. The table decides, so that all instances together raise one alert for each condition. Every `everyMs` the
 * watch reads which conditions stand; a call then costs one look into that set. What is reported between two reads and lost
 * by a crash is reported again by the next call.
 */
export const startConditionWatch = (
  { database: { sql }, log }: { database: Pick<Database, 'sql'>; log: Log },
  everyMs: number,
): ConditionWatch => {
  const logLimited = limitLines(log, { everyMs: 60_000, linesMax: 1 });
  let unresolved = new Set<string>();
  const pending = new Set<Promise<unknown>>();

  const write = (statement: () => Promise<unknown>): void => {
    // Beyond this the database does not answer, and the next calls report the same.
    if (pending.size >= pendingMax) return;
    const written = statement()
      .catch(() => {
        const message = 'alert of a condition could not be written';
        logLimited('warn', message, {}, message);
      })
      .finally(() => pending.delete(written));
    pending.add(written);
  };

  const raise = (condition: Condition, facts: Record<string, string>): void => {
    const key = keyOf(condition);
    if (unresolved.has(key)) return;
    unresolved.add(key);
    write(() => raiseCondition(sql, condition, facts));
  };
  const resolve = (condition: Condition): void => {
    if (!unresolved.delete(keyOf(condition))) return;
    write(() => resolveCondition(sql, condition));
  };

  const stop = runEvery(
    everyMs,
    {
      name: 'condition watch',
      run: async () => {
        // What is being written may be missing from what is read; the database refuses a second alert.
        await resolveWorkingConnections(sql);
        unresolved = new Set((await readUnresolved(sql)).map(keyOf));
      },
    },
    log,
  );

  return {
    report: (call) => {
      const { workspaceId, provider, connectionId, isManaged, kind } = call;
      if (kind === 'ANSWERED' && unresolved.size === 0) return;
      const outage: Condition = { workspaceId, event: 'PROVIDER_UNAVAILABLE', subject: provider };
      if (kind === 'UNAVAILABLE') return raise(outage, { provider, code: call.code });
      resolve(outage);
      const subject = connectionId ?? (isManaged === true ? provider : null);
      if (subject === null) return;
      const refusal: Condition = { workspaceId, event: 'KEY_REFUSED', subject };
      if (kind === 'KEY_REFUSED') raise(refusal, { provider, code: call.code });
      else resolve(refusal);
    },
    close: async () => {
      await stop();
      await Promise.all(pending);
    },
  };
};

const keyOf = ({ workspaceId, event, subject }: Condition): string => `${workspaceId} ${event} ${subject}`;

const raiseCondition = (
  sql: Sql,
  { workspaceId, event, subject }: Condition,
  facts: Record<string, string>,
): Promise<unknown> => sql`
  insert into alerts (workspace_id, id, event, subject, starts_at, facts, raised_at)
  select ${workspaceId}, ${newId()}, ${event}, ${subject}, clock_timestamp(), ${sql.json(facts)}, clock_timestamp()
  where (
    select count(*) from alerts a
    where a.workspace_id = ${workspaceId} and a.event = ${event} and a.subject = ${subject}
      and a.starts_at > clock_timestamp() - interval '1 hour'
  ) < ${perHourMax}
  on conflict do nothing`;

const resolveCondition = (sql: Sql, { workspaceId, event, subject }: Condition): Promise<unknown> => sql`
  update alerts set resolved_at = clock_timestamp()
  where workspace_id = ${workspaceId} and event = ${event} and subject = ${subject} and resolved_at is null`;

/** A connection whose key was verified since, or that was deleted, has no refused key. */
const resolveWorkingConnections = (sql: Sql): Promise<unknown> => sql`
  update alerts a set resolved_at = clock_timestamp()
  from connections c
  where a.event = 'KEY_REFUSED' and a.resolved_at is null
    and c.workspace_id = a.workspace_id and c.id::text = a.subject
    and (c.deleted_at is not null or c.verified_at > a.raised_at)`;

const readUnresolved = (sql: Sql): Promise<Condition[]> => sql<Condition[]>`
  select workspace_id as "workspaceId", event, subject
  from alerts
  where resolved_at is null and event in ('KEY_REFUSED', 'PROVIDER_UNAVAILABLE')
  limit ${unresolvedMax}`;
