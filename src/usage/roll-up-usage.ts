import type { Sql } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { withQueryTimeout } from '../platform/with-timeout.js';

const timeoutMs = 60_000;
/** Late entries cost two writes and wait for their rollup, so a rollup begins when nearly every lookup has ended. */
const delay = '15 minutes';
/** A day is written again for each part of it that has ended. */
const part = '4 hours';

/** Keeps the rollups of usage close to the present, every `everyMs`; returns the function that stops it. */
export const startUsageRollup = (sql: Sql, log: Log, everyMs: number): (() => Promise<void>) =>
  runEvery(everyMs, { name: 'usage rollups', run: (stopping) => rollUpUsage(sql, { stopping }) }, log);

/**
 * Writes the rollups of all workspaces as far as `until`, the start of an hour; by default the last part of a day that has
 * ended a quarter of an hour ago. After an upgrade that is the whole history, day after day. A workspace whose entries are
 * being written all the time is left for the next run.
 */
export const rollUpUsage = async (
  sql: Sql,
  { stopping, until = null }: { stopping: AbortSignal; until?: Date | null },
): Promise<void> => {
  const due = await withQueryTimeout(sql<{ id: string; until: string }[]>`
    select w.id, u.until::text
    from workspaces w
    cross join (select coalesce(
      ${until?.toISOString() ?? null}::text::timestamptz,
      date_bin(${part}::text::interval, now() - ${delay}::text::interval, 'epoch')
    ) as until) u
    left join usage_rollup_ends e on e.workspace_id = w.id
    where e.ends_at < e.late_before or exists (
      select from usage_buckets b
      where b.workspace_id = w.id and b.starts_at >= coalesce(e.late_before, '-infinity') and b.starts_at < u.until)`);
  for (const workspace of due) {
    if (!(await begin(sql, workspace))) continue;
    for (const day of await daysToWrite(sql, workspace)) {
      if (stopping.aborted) return;
      await withQueryTimeout(sql`select roll_up_usage(${workspace.id}, ${day}::text::date)`, timeoutMs);
    }
  }
};

type Due = { id: string; until: string };

/** Answers whether the lock was granted. */
const begin = async (sql: Sql, { id, until }: Due): Promise<boolean> => {
  try {
    await withQueryTimeout(sql`select begin_usage_rollup(${id}, ${until}::text::timestamptz)`);
    return true;
  } catch (error) {
    // 55P03: the time to wait for a lock is over.
    if (databaseErrorCode(error) === '55P03') return false;
    throw error;
  }
};

/** The days with late entries, and those that no rollup has yet, in their order. The last one ends the rollups. */
const daysToWrite = async (sql: Sql, { id }: Due): Promise<string[]> => {
  const rows = await withQueryTimeout(
    sql<{ day: string }[]>`
      with e as (select ends_at, late_before from usage_rollup_ends where workspace_id = ${id})
      select (l.starts_at at time zone 'UTC')::date::text as day
      from e join usage_late l on l.workspace_id = ${id} and l.starts_at < e.late_before
      union
      select (b.starts_at at time zone 'UTC')::date::text
      from e join usage_buckets b on b.workspace_id = ${id} and b.starts_at >= e.ends_at and b.starts_at < e.late_before
      union
      select ((e.late_before - interval '1 hour') at time zone 'UTC')::date::text from e
      order by day`,
    timeoutMs,
  );
  return rows.map(({ day }) => day);
};
