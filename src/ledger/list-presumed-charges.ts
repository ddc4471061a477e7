import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.js';

/** A presumed charge: a call after which it is unknown whether the provider charged for it. */
export type PresumedCharge = {
  /** The id of its PRESUMED entry. */
  id: string;
  workspaceId: string;
  workspaceName: string;
  accountId: string;
  /** The key of the lookup, such as `company:domain:smec.com`. */
  lookupKey: string;
  variant: string;
  credits: bigint;
  provider: string | null;
  tokenId: string;
  workflow: string | null;
  payer: string | null;
  /** A connection to the account that made the call: the one that made it if it still works, or another; null: none. */
  connectionId: string | null;
};

/** All presumed charges of all workspaces, oldest first. For operators: it takes no caller. */
export const listPresumedCharges = async ({ db }: Database): Promise<PresumedCharge[]> => {
  const rows = await db.execute<{
    id: string;
    workspace_id: string;
    workspace_name: string;
    account_id: string;
    lookup_key: string;
    variant: string;
    credits: string;
    provider: string | null;
    token_id: string;
    workflow: string | null;
    payer: string | null;
    connection_id: string | null;
  }>(sql`
    select r.id, r.workspace_id, w.name as workspace_name, r.account_id, r.lookup_key, r.variant, r.credits::text as credits,
      r.provider, r.token_id, r.workflow, r.payer, c.id as connection_id
    from reservations r
    join workspaces w on w.id = r.workspace_id
    left join lateral (
      select c.id
      from connections c
      where c.workspace_id = r.workspace_id and c.account_id = r.account_id
        and c.deleted_at is null and c.disabled_at is null and c.key_sealed is not null
      order by (c.id = r.connection_id) desc nulls last, c.is_default desc, c.id
      limit 1
    ) c on true
    where r.state = 'PENDING_CONFIRMATION'
    order by r.reserved_at, r.id`);
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    accountId: row.account_id,
    lookupKey: row.lookup_key,
    variant: row.variant,
    credits: BigInt(row.credits),
    provider: row.provider,
    tokenId: row.token_id,
    workflow: row.workflow,
    payer: row.payer,
    connectionId: row.connection_id,
  }));
};

/** The results of presumed charges that were resolved, by the id of the PRESUMED entry; unresolved ones are missing. */
export const listCorrections = async (
  { db }: Database,
  charges: readonly { id: string; workspaceId: string }[],
): Promise<Map<string, 'CHARGED' | 'GIVEN_BACK'>> => {
  const wanted = JSON.stringify(charges.map(({ id, workspaceId }) => ({ id, workspace_id: workspaceId })));
  const rows = await db.execute<{ id: string; charged: boolean }>(sql`
    select e.corrects_entry_id as id, e.charge = 'CHARGED' as charged
    from json_to_recordset(${wanted}::text::json) as d (id uuid, workspace_id uuid)
    join entries e on e.workspace_id = d.workspace_id and e.corrects_entry_id = d.id`);
  return new Map(rows.map((row) => [row.id, row.charged ? 'CHARGED' : 'GIVEN_BACK']));
};
