import type { ReservationRequest, Settlement } from '../../src/ledger/types.js';
import type { Sql } from '../../src/platform/database.js';

/**
 * What a gateway without group commit would write: a transaction before the call and one after it, statement by
 * statement, on the same tables. It does no more than it must for one new record that is found.
 */
export const reserveInTransaction = async (sql: Sql, lookup: ReservationRequest): Promise<void> => {
  await sql.begin(async (tx) => {
    await tx`
      select unlock_id from unlock_keys
      where workspace_id = ${lookup.workspaceId} and account_id = ${lookup.accountId}
        and lookup_key = ${lookup.lookupKey}`;
    const [budget] = await tx<{ id: string; starts_at: string }[]>`
      select id, period_starts_at(period, time_zone, now())::text as starts_at
      from budgets where workspace_id = ${lookup.workspaceId} and deleted_at is null`;
    if (budget === undefined) throw new Error('the bench has no budget');
    await tx`
      insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
      values (${lookup.workspaceId}, ${budget.id}, ${budget.starts_at}::text::timestamptz, 1, 0)
      on conflict (workspace_id, budget_id, starts_at)
      do update set reserved = budget_periods.reserved + 1`;
    await tx`
      insert into reservations (
        workspace_id, id, account_id, lookup_key, variant, credits, lookup_id, operation, provider, payer, sandbox,
        token_id, workflow, budget_ids, budget_starts, reserved_at, expires_at)
      values (
        ${lookup.workspaceId}, ${lookup.id}, ${lookup.accountId}, ${lookup.lookupKey}, ${lookup.variant}, 1, ${lookup.id}, 'COMPANY', 'FIRMABLE',
        'CONNECTION', false, ${lookup.labels.tokenId}, ${lookup.labels.workflow}, array[${budget.id}::uuid],
        array[${budget.starts_at}::text::timestamptz], now(), now() + interval '60 seconds')`;
  });
};

export const settleInTransaction = async (sql: Sql, settlement: Settlement): Promise<void> => {
  const { reservation: lookup } = settlement;
  const found = settlement.outcome === 'FOUND' ? settlement.found : null;
  if (found === null) throw new Error('the bench only finds');
  await sql.begin(async (tx) => {
    const [unlock] = await tx<{ id: string }[]>`
      insert into unlocks (
        workspace_id, id, account_id, record_key, operation, provider, sandbox, price, entry_id, unlocked_at)
      values (
        ${lookup.workspaceId}, uuid_v7(), ${lookup.accountId}, ${found.recordKey}, 'COMPANY', 'FIRMABLE', false, 1,
        ${lookup.id}, now())
      on conflict (workspace_id, account_id, record_key) do update set record_key = excluded.record_key
      returning id`;
    if (unlock === undefined) throw new Error('the unlock was not written');
    await tx`
      insert into unlock_keys (workspace_id, account_id, lookup_key, unlock_id, source)
      select ${lookup.workspaceId}, ${lookup.accountId}, lookup_key, ${unlock.id}, 'REPORTED'
      from json_array_elements_text(${JSON.stringify(found.lookupKeys)}::text::json) as lookup_key
      on conflict do nothing`;
    if (found.body !== null) {
      await tx`
        insert into snapshots (workspace_id, unlock_id, variant, body, fetched_at)
        values (${lookup.workspaceId}, ${unlock.id}, ${lookup.variant}, ${found.body}, now())
        on conflict (workspace_id, unlock_id, variant) do update set body = excluded.body`;
    }
    await tx`
      insert into entries (
        workspace_id, id, occurred_at, outcome, charge, credits, saved, account_id, lookup_id, operation, provider, payer,
        sandbox, token_id, workflow, unlock_id, latency_ms)
      values (
        ${lookup.workspaceId}, ${lookup.id}, now(), 'FOUND', 'CHARGED', 1, 0, ${lookup.accountId}, ${lookup.id}, 'COMPANY', 'FIRMABLE',
        'CONNECTION', false, ${lookup.labels.tokenId}, ${lookup.labels.workflow}, ${unlock.id}, 1)`;
    await tx`
      update budget_periods p set reserved = reserved - 1, spent = spent + 1
      from reservations r
      where r.id = ${lookup.id} and r.workspace_id = ${lookup.workspaceId}
        and p.workspace_id = r.workspace_id and p.budget_id = r.budget_ids[1] and p.starts_at = r.budget_starts[1]`;
    await tx`delete from reservations where id = ${lookup.id} and workspace_id = ${lookup.workspaceId}`;
  });
};
