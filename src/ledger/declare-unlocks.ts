import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Database } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';

/** Records of one account that were bought before the gateway existed, by its owner's word. */
export type DeclaredUnlocks = {
  workspaceId: string;
  accountId: string;
  operation: string;
  provider: string;
  sandbox: boolean;
  /** What each would have cost, in credits: what fetching it again is said to save. */
  price: bigint;
  /** Each record's name once. */
  records: readonly { recordKey: string; lookupKeys: readonly string[] }[];
};

const recordsPerStatement = 5_000;
const timeoutMs = 30_000;

/**
 * Enters unlocks that no entry bought, and answers how many were new: asked for from now on, they are fetched for free.
 * What is ours already stays as it is. No knowledge is overwritten: an identifier that leads to a record keeps leading
 * there, and only declared unlocks get further ones. May be repeated; a failure on the way leaves whole parts of
 * the list entered.
 */
export const declareUnlocks = async (
  { database: { sql } }: { database: Pick<Database, 'sql'> },
  { records, ...declared }: DeclaredUnlocks,
): Promise<number> => {
  let added = 0;
  for (let from = 0; from < records.length; from += recordsPerStatement) {
    const some = records.slice(from, from + recordsPerStatement);
    // A settlement of the same records locks the same rows in another order.
    added += await retryOnDeadlock(() => insert(sql, { ...declared, records: some }));
  }
  return added;
};

const insert = async (
  sql: Database['sql'],
  { workspaceId, accountId, operation, provider, sandbox, price, records }: DeclaredUnlocks,
): Promise<number> => {
  const input = records.map(({ recordKey, lookupKeys }) => ({ record: recordKey, aliases: lookupKeys }));
  const [row] = await withQueryTimeout(
    sql<{ added: number }[]>`
      with input as materialized (
        select i.record, i.aliases
        from json_to_recordset(${JSON.stringify(input)}::text::json) as i (record text, aliases text[])
      ), added as (
        insert into unlocks (
          workspace_id, id, account_id, record, operation, provider, sandbox, price, origin, unlocked_at)
        select ${workspaceId}::uuid, uuid_v7(), ${accountId}::uuid, i.record, ${operation}, ${provider},
          ${sandbox}::boolean, ${price.toString()}::bigint, 'DECLARED', clock_timestamp()
        from input i
        where not exists (
          select from aliases a
          where a.workspace_id = ${workspaceId} and a.account_id = ${accountId} and a.alias = i.record)
        order by i.record
        on conflict (workspace_id, account_id, record) do nothing
        returning id, record
      ), declared as (
        select id, record from added
        union all
        select u.id, u.record
        from input i
        join unlocks u on u.workspace_id = ${workspaceId} and u.account_id = ${accountId} and u.record = i.record
        where u.origin = 'DECLARED'
      ), named as (
        insert into aliases (workspace_id, account_id, alias, unlock_id)
        select distinct on (n.alias) ${workspaceId}::uuid, ${accountId}::uuid, n.alias, d.id
        from declared d
        join input i on i.record = d.record
        cross join lateral unnest(i.aliases) as n (alias)
        order by n.alias
        on conflict (workspace_id, account_id, alias) do nothing
      )
      select count(*)::int as added from added`,
    timeoutMs,
  );
  return row?.added ?? 0;
};
