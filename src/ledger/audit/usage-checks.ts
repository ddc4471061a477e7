import { type SQL, sql } from 'drizzle-orm';
import type { LedgerCheck } from './ledger-check.js';
import { latencyBins, usageColumns } from '../usage-columns.js';

export const labels = sql`account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id, outcome`;

const bins = Array.from({ length: latencyBins }, (_, bin) => `coalesce(latencies[${bin + 1}], 0)`);

const counts = ['lookups', 'attempts', 'from_snapshot', 'credits', 'saved'];

/** Whether any sum of two sides differs. */
export const differs = sql.join(
  [...counts, ...bins].map((column) => sql`sum(side * ${sql.raw(column)}) <> 0`),
  sql` or `,
);

/** Whether entries of that day are archived. Their sums are missing on the side of the entries. */
const isOnArchivedDay = sql`exists (
  select from archived_months m where m.workspace_id = sides.workspace_id and m.occurred @> sides.starts_at)`;

const sidesIn = (inScope: (workspaceId: SQL) => SQL): SQL => sql`
  select 1 as side, e.workspace_id, date_bin(interval '15 minutes', e.occurred_at, timestamptz 'epoch') as starts_at, ${labels},
    ${usageColumns.entry}
  from entries e
  where ${inScope(sql`e.workspace_id`)}
  union all
  select -1, b.workspace_id, b.starts_at, ${labels}, ${usageColumns.bucket}
  from usage_buckets b
  where ${inScope(sql`b.workspace_id`)}`;

/**
 * The sums of each quarter of an hour are those of its entries, for each set of labels. Labels may be null, so the two
 * sides are united and grouped instead of joined, which finds what is missing on either side.
 */
const sums: LedgerCheck = (inScope) => sql`
  with sides as (${sidesIn(inScope)})
  select workspace_id, format(
      'usage from %s (%s, %s, workflow %s): %s attempts and %s credits are counted, its entries say %s and %s%s',
      starts_at, operation, outcome, coalesce(workflow, '-'),
      coalesce(sum(attempts) filter (where side < 0), 0), coalesce(sum(credits) filter (where side < 0), 0),
      coalesce(sum(attempts) filter (where side > 0), 0), coalesce(sum(credits) filter (where side > 0), 0),
      case when sum(side * attempts) = 0 and sum(side * credits) = 0 then ', but other sums of it differ' end) as line
  from sides
  where not ${isOnArchivedDay}
  group by workspace_id, starts_at, ${labels}
  having ${differs}
  order by workspace_id, starts_at, ${labels}`;

/**
 * On days with archived entries, what the sums have above the present entries is what the archive has, for each workspace.
 * The digests compare it for each quarter and each set of labels at once.
 */
const archivedSums: LedgerCheck = (inScope) => sql`
  with sides as (${sidesIn(inScope)}), missing as (
    select sides.workspace_id, starts_at, ${labels},
      array[${sql.join(
        counts.map((column) => sql`sum(- side * ${sql.raw(column)})::bigint`),
        sql`, `,
      )}] as sums,
      array[${sql.join(
        bins.map((bin) => sql`sum(- side * ${sql.raw(bin)})::int`),
        sql`, `,
      )}] as latencies
    from sides
    where ${isOnArchivedDay}
    group by sides.workspace_id, starts_at, ${labels}
  ), expected as (
    select workspace_id, sum(sums[2]) as attempts, sum(sums[4]) as credits,
      sum(usage_digest(starts_at, ${labels}, sums, latencies)) as digest
    from missing
    group by workspace_id
  ), archived as (
    select a.workspace_id, sum(a.attempts) as attempts, sum(a.credits) as credits, sum(a.digest) as digest
    from archived_months a
    where ${inScope(sql`a.workspace_id`)}
    group by a.workspace_id
  )
  select workspace_id, format(
      'usage of archived months: %s attempts and %s credits are counted, the archive has %s and %s%s',
      e.attempts, e.credits, a.attempts, a.credits,
      case when e.attempts = a.attempts and e.credits = a.credits then ', but other sums of it differ' end) as line
  from expected e
  full join archived a using (workspace_id)
  where e.digest is distinct from a.digest
  order by workspace_id`;

/** Sums begin at a quarter of an hour: any other would be reported in the wrong hour. */
const starts: LedgerCheck = (inScope) => sql`
  select b.workspace_id, format('usage from %s begins at no quarter of an hour', b.starts_at) as line
  from usage_buckets b
  where ${inScope(sql`b.workspace_id`)}
    and b.starts_at <> date_bin(interval '15 minutes', b.starts_at, timestamptz 'epoch')
  order by b.workspace_id, b.starts_at`;

export const usageChecks: readonly LedgerCheck[] = [sums, archivedSums, starts];
