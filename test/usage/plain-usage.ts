import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../src/platform/database.js';
import type { UsageDimension } from '../../src/usage/read-usage.js';

const keys: Record<UsageDimension, (zone: string) => SQL> = {
  HOUR: (zone) => sql`date_trunc('hour', occurred_at, ${zone}::text)::text`,
  DAY: (zone) => sql`to_char(occurred_at at time zone ${zone}::text, 'YYYY-MM-DD')`,
  WEEK: (zone) => sql`to_char(occurred_at at time zone ${zone}::text, 'IYYY-IW')`,
  MONTH: (zone) => sql`to_char(occurred_at at time zone ${zone}::text, 'YYYY-MM')`,
  CONNECTION: () => sql`connection_id::text`,
  PROVIDER: () => sql`provider`,
  OPERATION: () => sql`operation`,
  WORKFLOW: () => sql`workflow`,
  TOKEN: () => sql`token_id::text`,
  OUTCOME: () => sql`outcome::text`,
  PAYER: () => sql`payer`,
  SANDBOX: () => sql`sandbox`,
};

/**
 * The expected report, by one plain GROUP BY over the entries and local dates instead of instants. One line for each
 * group with its labels and sums, unsorted.
 */
export const plainUsage = async (
  { db }: Database,
  wanted: {
    workspaceId: string;
    from: Date;
    to: Date;
    timeZone: string;
    groupBy: readonly UsageDimension[];
    where?: SQL;
  },
): Promise<string[]> => {
  const { workspaceId, from, to, timeZone, groupBy, where = sql`true` } = wanted;
  const by = groupBy.map(
    (dimension, index) => sql`${keys[dimension](timeZone)} as ${sql.raw(`key${index}`)}`,
  );
  const names = groupBy.map((_, index) => sql.raw(`key${index}`));
  const labels = groupBy.flatMap((dimension, index) =>
    ['HOUR', 'DAY', 'WEEK', 'MONTH'].includes(dimension) ? [] : [sql.raw(`key${index}`)],
  );
  const rows = await db.execute<{ line: string }>(sql`
    with entry as (
      select ${sql.join([...by, sql`kind, step, outcome, from_snapshot, credits, saved`], sql`, `)},
        case when latency_ms > 0 and not from_snapshot then least(17, ceil(log(2, latency_ms))) end as bin
      from entries
      where workspace_id = ${workspaceId} and occurred_at >= ${from.toISOString()}::timestamptz
        and occurred_at < ${to.toISOString()}::timestamptz and ${where}
    )
    select jsonb_build_object(
      'labels', jsonb_build_array(${sql.join(labels, sql`, `)}),
      'lookups', count(*) filter (where kind = 'LOOKUP' and step = 1),
      'attempts', count(*) filter (where kind = 'LOOKUP'),
      'found', count(*) filter (where kind = 'LOOKUP' and outcome = 'FOUND'),
      'notFound', count(*) filter (where kind = 'LOOKUP' and outcome = 'NOT_FOUND'),
      'refused', count(*) filter (where kind = 'LOOKUP' and outcome = 'REFUSED'),
      'failed', count(*) filter (where kind = 'LOOKUP' and outcome = 'FAILED'),
      'unknown', count(*) filter (where kind = 'LOOKUP' and outcome = 'UNKNOWN'),
      'fromSnapshot', count(*) filter (where from_snapshot),
      'creditsCharged', sum(credits),
      'creditsSaved', sum(saved),
      'latencies', (select jsonb_agg((select count(*) from unnest(array_agg(bin)) as b (bin) where b.bin = n) order by n)
        from generate_series(0, 17) as n)
    )::text as line
    from entry
    ${groupBy.length === 0 ? sql`having count(*) > 0` : sql`group by ${sql.join(names, sql`, `)}`}`);
  return rows.map(({ line }) => line);
};
