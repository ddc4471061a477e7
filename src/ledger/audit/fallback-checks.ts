import { sql } from 'drizzle-orm';
import type { LedgerCheck } from './ledger-check.js';

const columns = sql`workspace_id, occurred_at, entry_id, missed_by, lookup_id, is_attempt, provider, connection_id, payer, sandbox,
  operation, workflow, token_id, outcome, credits`;

/**
 * The later attempts of waterfalls and their corrections are in usage_fallbacks, once for each provider that missed before.
 * Those of archived lookups cannot be compared.
 */
const fallbacks: LedgerCheck = (inScope) => sql`
  with missed as (
    select workspace_id, lookup_id, provider, min(step) as step
    from entries e
    where ${inScope(sql`e.workspace_id`)} and kind = 'LOOKUP' and outcome = 'NOT_FOUND'
    group by workspace_id, lookup_id, provider
  ), sides as (
    select 1 as side, l.workspace_id, l.occurred_at, l.id as entry_id, m.provider as missed_by, l.lookup_id,
      l.kind = 'LOOKUP' as is_attempt, l.provider, l.connection_id, l.payer, l.sandbox, l.operation, l.workflow, l.token_id,
      l.outcome, l.credits
    from entries l
    join missed m on m.workspace_id = l.workspace_id and m.lookup_id = l.lookup_id and m.step < l.step and m.provider <> l.provider
    where l.step > 1
    union all
    select -1, ${columns}
    from usage_fallbacks f
    where ${inScope(sql`f.workspace_id`)}
  )
  select workspace_id, format(
      'entry %s of %s: the report of fallbacks %s it after the miss of %s, its lookup says otherwise',
      entry_id, provider, case when sum(side) < 0 then 'counts' else 'does not count' end, missed_by) as line
  from sides
  group by ${columns}
  having sum(side) <> 0 and not is_archived(workspace_id, lookup_id) and not is_archived(workspace_id, entry_id)
  order by workspace_id, entry_id, missed_by`;

export const fallbackChecks: readonly LedgerCheck[] = [fallbacks];
