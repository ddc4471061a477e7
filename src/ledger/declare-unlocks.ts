import type { Database, Transaction } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';

/** Records that one account bought before it used the gateway, as its owner declares. */
export type DeclaredUnlocks = {
  workspaceId: string;
  accountId: string;
  operation: string;
  provider: string;
  sandbox: boolean;
  /** What each would cost, in credits: what a later fetch reports as saved. */
  price: bigint;
  /** Each record key once. */
  records: readonly { recordKey: string; lookupKeys: readonly string[] }[];
};

/** How many unlocks and identifiers of them a statement has added. */
type DeclaredCounts = { added: number; identifiers: number };

/** Records in the audit log what a statement has added, in its transaction. */
export type RecordDeclared = (tx: Transaction, counts: DeclaredCounts) => Promise<void>;

const recordsPerStatement = 5_000;
const timeoutMs = 30_000;

/**
 * Inserts unlocks that no entry bought, and returns how many were new: later lookups fetch them for free. Existing
 * unlocks stay unchanged, and only declared unlocks get further keys. A lookup key that the provider resolved keeps leading
 * to its record; one that another record claims as well leads to neither. Safe to repeat; a failure leaves whole parts of
 * the list inserted.
 */
export const declareUnlocks = async (
  { database: { sql } }: { database: Pick<Database, 'sql'> },
  { records, ...declared }: DeclaredUnlocks,
  record: RecordDeclared,
): Promise<number> => {
  let added = 0;
  for (let from = 0; from < records.length; from += recordsPerStatement) {
    const some = records.slice(from, from + recordsPerStatement);
    // A settlement of the same records locks the same rows in another order.
    added += await retryOnDeadlock(() =>
      sql.begin(async (tx) => {
        const counts = await insert(tx, { ...declared, records: some });
        if (counts.added + counts.identifiers > 0) await record(tx, counts);
        return counts.added;
      }),
    );
  }
  return added;
};

const insert = async (
  sql: Transaction,
  { workspaceId, accountId, operation, provider, sandbox, price, records }: DeclaredUnlocks,
): Promise<DeclaredCounts> => {
  const input = records.map(({ recordKey, lookupKeys }) => ({
    record_key: recordKey,
    lookup_keys: lookupKeys,
  }));
  const [row] = await withQueryTimeout(
    sql<DeclaredCounts[]>`
      with input as materialized (
        select i.record_key, i.lookup_keys
        from json_to_recordset(${JSON.stringify(input)}::text::json) as i (record_key text, lookup_keys text[])
      ), added as (
        insert into unlocks (
          workspace_id, id, account_id, record_key, operation, provider, sandbox, price, origin, unlocked_at)
        select ${workspaceId}::uuid, uuid_v7(), ${accountId}::uuid, i.record_key, ${operation}, ${provider},
          ${sandbox}::boolean, ${price.toString()}::bigint, 'DECLARED', clock_timestamp()
        from input i
        where not exists (
          select from unlock_keys k
          where k.workspace_id = ${workspaceId} and k.account_id = ${accountId} and k.lookup_key = i.record_key)
        order by i.record_key
        on conflict (workspace_id, account_id, record_key) do nothing
        returning id, record_key
      ), declared as (
        select id, record_key from added
        union all
        select u.id, u.record_key
        from input i
        join unlocks u
          on u.workspace_id = ${workspaceId} and u.account_id = ${accountId} and u.record_key = i.record_key
        where u.origin = 'DECLARED'
      ), named as (
        insert into unlock_keys (workspace_id, account_id, lookup_key, unlock_id, source)
        select distinct ${workspaceId}::uuid, ${accountId}::uuid, k.lookup_key, d.id, 'DECLARED'::identifier_source
        from declared d
        join input i on i.record_key = d.record_key
        cross join lateral unnest(i.lookup_keys) as k (lookup_key)
        order by k.lookup_key, d.id
        on conflict do nothing
        returning 1
      )
      select (select count(*) from added)::int as added, (select count(*) from named)::int as identifiers`,
    timeoutMs,
  );
  return row ?? { added: 0, identifiers: 0 };
};
