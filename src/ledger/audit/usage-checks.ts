import { sql } from 'drizzle-orm';
import type { LedgerCheck } from './ledger-check.js';
import { latencyBins, usageColumns } from '../usage-columns.js';

const labels = sql`account_id, provider, connection_id, payer, sandbox, operation, workflow, token_id, outcome`;

const bins = Array.from({ length: latencyBins }, (_, bin) => `coalesce(latencies[${bin + 1}], 0)`);

const differs = sql.join(
  ['lookups', 'attempts', 'from_snapshot', 'credits', 'saved', ...bins].map(
    (column) => sql`sum(side * ${sql.raw(column)}) <> 0`,
  ),
  sql` or `,
);

/**
 * The sums of each quarter of an hour are those of its entries, for each set of labels. Labels may be null, so the two
 * sides are united and grouped instead of joined, which finds what is missing on either side.
 */
const sums: LedgerCheck = (inScope) => sql`
  with sides as (
    select 1 as side, e.workspace_id, date_bin(interval '15 minutes', e.occurred_at, timestamptz 'epoch') as starts_at, ${labels},
      ${usageColumns.entry}
    from entries e
    where ${inScope(sql`e.workspace_id`)}
    union all
    select -1, b.workspace_id, b.starts_at, ${labels}, ${usageColumns.bucket}
    from usage_buckets b
    where ${inScope(sql`b.workspace_id`)}
  )
  select workspace_id, format(
      'usage from %s (%s, %s, workflow %s): %s attempts and %s credits are counted, its entries say %s and %s%s',
      starts_at, operation, outcome, coalesce(workflow, '-'),
      coalesce(sum(attempts) filter (where side < 0), 0), coalesce(sum(credits) filter (where side < 0), 0),
      coalesce(sum(attempts) filter (where side > 0), 0), coalesce(sum(credits) filter (where side > 0), 0),
      case when sum(side * attempts) = 0 and sum(side * credits) = 0 then ', but other sums of it differ' end) as line
  from sides
  group by workspace_id, starts_at, ${labels}
  having ${differs}
  order by workspace_id, starts_at, ${labels}`;

/** Sums begin at a quarter of an hour: any other would be reported in the wrong hour. */
const starts: LedgerCheck = (inScope) => sql`
  select b.workspace_id, format('usage from %s begins at no quarter of an hour', b.starts_at) as line
  from usage_buckets b
  where ${inScope(sql`b.workspace_id`)}
    and b.starts_at <> date_bin(interval '15 minutes', b.starts_at, timestamptz 'epoch')
  order by b.workspace_id, b.starts_at`;

export const usageChecks: readonly LedgerCheck[] = [sums, starts];
