import type { Sql } from '../../src/platform/database.js';

/**
 * The rows of the tables that the money functions write, for some workspaces, in an order that does not depend on when they
 * were written. Instants, and the ids that the functions make, are left out: two executions differ in them.
 */
export const describeTables = async (
  sql: Sql,
  workspaces: readonly string[],
): Promise<Record<string, string[]>> => {
  const described: Record<string, string[]> = {};
  for (const [table, without] of Object.entries(tables)) {
    const rows = await sql<{ row: string }[]>`
      select (to_jsonb(t) - ${`{${without}}`}::text::text[])::text as row
      from ${sql.unsafe(table)} t
      where workspace_id = any (${`{${workspaces.join()}}`}::text::uuid[])
      order by 1`;
    described[table] = rows.map(({ row }) => row);
  }
  return described;
};

const tables: Record<string, string> = {
  reservations: 'reserved_at,expires_at',
  // The ids of corrections; a lookup has its id as lookup_id, too.
  entries: 'id,occurred_at,recorded_at',
  unlocks: 'unlocked_at',
  unlock_keys: '',
  snapshots: 'fetched_at',
  record_words_due: 'id',
  budget_periods: '',
  alerts: 'id,raised_at',
  alert_deliveries: 'alert_id,next_attempt_at',
  // Two executions may fall into different quarters of an hour.
  [`(
    select workspace_id, labels, sum(lookups) as lookups, sum(attempts) as attempts, sum(from_snapshot) as from_snapshot,
      sum(credits) as credits, sum(saved) as saved
    from usage_buckets group by workspace_id, labels
  )`]: '',
};

/** A result of a money function without instants, which differ between two executions. */
export const timeless = (result: unknown): unknown =>
  JSON.parse(
    JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    (name, value: unknown) => (name.endsWith('At') && value !== null ? 'an instant' : value),
  );
