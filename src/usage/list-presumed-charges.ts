import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.js';

/** A charge that is presumed: a call of which nobody knows whether the provider charged for it. */
export type Doubt = {
  /** The id of its PRESUMED entry. */
  id: string;
  workspaceId: string;
  workspaceName: string;
  /** What was being fetched, by the ledger's opaque key, and in which variant. */
  subject: string;
  variant: string;
  credits: bigint;
  provider: string | null;
  tokenId: string;
  workflow: string | null;
  /** Whose key made the call, by the ledger's word for it. */
  payer: string | null;
  /** A stored key of the account that made the call: its own connection, or else another live one; null: none. */
  connectionId: string | null;
};

/** Every open doubt of every workspace, the oldest first. For operators: it asks for no caller. */
export const listPresumedCharges = async ({ db }: Database): Promise<Doubt[]> => {
  const rows = await db.execute<{
    id: string;
    workspace_id: string;
    workspace_name: string;
    subject: string;
    variant: string;
    credits: string;
    provider: string | null;
    token_id: string;
    workflow: string | null;
    payer: string | null;
    connection_id: string | null;
  }>(sql`
    select r.id, r.workspace_id, w.name as workspace_name, r.subject, r.variant, r.credits::text as credits,
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
    where r.state = 'IN_DOUBT'
    order by r.reserved_at, r.id`);
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    subject: row.subject,
    variant: row.variant,
    credits: BigInt(row.credits),
    provider: row.provider,
    tokenId: row.token_id,
    workflow: row.workflow,
    payer: row.payer,
    connectionId: row.connection_id,
  }));
};
