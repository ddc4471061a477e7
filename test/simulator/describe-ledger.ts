import type { Scenario } from './scenario.js';

/** The ledger of a failed history, line by line. */
export const describeLedger = async ({
  store,
  workspaceId,
  provider,
  accountIds,
}: Scenario): Promise<string[]> => {
  const rows = await store.database.sql<{ line: string }[]>`
    select format('entry %s %s of %s: %s %s, %s credits%s%s', right(e.id::text, 6), e.kind, e.occurred_at::time,
      e.outcome, e.charge, e.credits, ', corrects ' || right(e.corrects_entry_id::text, 6),
      ', unlock ' || right(e.unlock_id::text, 6)) as line
    from entries e where e.workspace_id = ${workspaceId}
    union all
    select format('reservation %s %s of %s: %s, %s credits', right(r.id::text, 6), r.state, r.reserved_at::time,
      r.lookup_key, r.credits)
    from reservations r where r.workspace_id = ${workspaceId}
    union all
    select format('unlock %s of %s by entry %s', right(u.id::text, 6), u.record_key, right(u.entry_id::text, 6))
    from unlocks u where u.workspace_id = ${workspaceId}
    union all
    select format('budget %s %s %s of %s in %s from %s: %s reserved, %s spent', b.name, b.mode, b.period, b.limit,
      b.time_zone, p.starts_at, p.reserved, p.spent)
    from budget_periods p join budgets b on b.id = p.budget_id where p.workspace_id = ${workspaceId}`;
  return [
    ...rows.map((row) => row.line),
    ...accountIds.map(
      (_, account) =>
        `account ${account} was charged for ${provider.charged(account).join(', ') || 'nothing'}`,
    ),
  ];
};
