import { type SQL, sql } from 'drizzle-orm';
import { latencyBins, usageColumns } from '../usage-columns.js';
import type { LedgerCheck } from './ledger-check.js';
import { differs, labels } from './usage-checks.js';

/** The labels of a rollup; null for those that it does not have. */
const labelsOfRollup = sql.raw(
  [
    ...['account_id', 'provider', 'connection_id', 'payer', 'operation'].map((label) => [
      'CONNECTION',
      label,
    ]),
    ['WORKFLOW', 'workflow'],
    ['TOKEN', 'token_id'],
  ]
    .map(([rollup, label]) => `case when k.rollup = '${rollup}' then s.${label} end as ${label}`)
    .join(', '),
);

const rolledUp = (
  side: 1 | -1,
  table: 'usage_buckets' | 'usage_late',
  inScope: Parameters<LedgerCheck>[0],
): SQL => sql`
  select ${side}::int as side, s.workspace_id, k.rollup, date_bin(interval '1 hour', s.starts_at, 'epoch') as starts_at,
    ${labelsOfRollup}, s.sandbox, s.outcome, ${usageColumns.bucket}
  from ${sql.raw(table)} s
  join usage_rollup_ends e on e.workspace_id = s.workspace_id and e.ends_at > s.starts_at
  cross join unnest(enum_range(null::usage_rollup)) k (rollup)
  where ${inScope(sql`s.workspace_id`)}`;

const bins = sql.raw(`${latencyBins}`);

/** The value of a sum at one hour: added at its hour, and subtracted at the next one. */
const value = (column: string): SQL => sql.raw(`${column}[h.hour]`);

/** Up to the end of the rollups, the sums of quarters of an hour are those of the rollups and of what came late. */
const rollups: LedgerCheck = (inScope) => sql`
  with sides as (
    ${rolledUp(1, 'usage_buckets', inScope)}
    union all
    ${rolledUp(-1, 'usage_late', inScope)}
    union all
    select n.side, r.workspace_id, r.rollup, n.starts_at, account_id, provider, connection_id, payer, operation, workflow,
      token_id, sandbox, outcome, outcome, ${value('lookups')}, ${value('attempts')}, ${value('from_snapshot')},
      ${value('credits')}, ${value('saved')}, latencies[h.hour * ${bins} - ${bins} + 1 : h.hour * ${bins}]
    from usage_rollups r
    join usage_rollup_ends e on e.workspace_id = r.workspace_id
    cross join generate_series(1, 24) h (hour)
    cross join lateral (values
      (-1, (r.day + make_interval(hours => h.hour - 1)) at time zone 'UTC'),
      (1, (r.day + make_interval(hours => h.hour)) at time zone 'UTC')
    ) n (side, starts_at)
    where ${inScope(sql`r.workspace_id`)} and n.starts_at < e.ends_at and (n.side < 0 or h.hour < 24)
  )
  select workspace_id, format(
      'usage by %s of the hour from %s (%s): %s attempts and %s credits are missing in its rollup%s',
      lower(rollup::text), starts_at, outcome, sum(side * attempts), sum(side * credits),
      case when sum(side * attempts) = 0 and sum(side * credits) = 0 then ', and other sums of it differ' end) as line
  from sides
  group by workspace_id, rollup, starts_at, ${labels}
  having ${differs}
  order by workspace_id, rollup, starts_at, ${labels}`;

export const rollupChecks: readonly LedgerCheck[] = [rollups];
