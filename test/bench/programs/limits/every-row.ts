import { newId } from '../../../../src/platform/ids.js';
import { createTables } from '../hand-written/tables.js';
import type { Inserts } from './open-inserts.js';

const workspaceId = newId();
const tokenId = newId();

const separator = '\u001e';

/**
 * The rows of the hand-written gateway, in its tables with their indexes: the reservation, then the entry, the unlock, four
 * identifiers and the snapshot, and the end of the reservation. No budget, and no look at what is known.
 */
export const everyRow: Inserts = {
  createTables,
  before: (sql, lines) => sql`
    insert into reservations (workspace_id, id, lookup_key, credits, token_id, workflow, reserved_at)
    select ${workspaceId}::uuid, id, lookup_key, 1, ${tokenId}::uuid, 'bench', now()
    from unnest(
      string_to_array(${lines.map(({ id }) => id).join()}, ',')::uuid[],
      string_to_array(${lines.map(({ lookupKey }) => lookupKey).join()}, ',')
    ) as line (id, lookup_key)`,
  after: (sql, lines) => {
    const companies = lines.map(({ company }) => company());
    const column = (texts: readonly string[]): string => texts.join(separator);
    return sql`
      with line as materialized (
        select * from unnest(
          string_to_array(${column(lines.map(({ id }) => id))}, ${separator})::uuid[],
          string_to_array(${column(lines.map(() => newId()))}, ${separator})::uuid[],
          string_to_array(${column(lines.map(({ lookupKey }) => lookupKey))}, ${separator}),
          string_to_array(${column(companies.map(({ id }) => `company:id:${id}`))}, ${separator}),
          string_to_array(${column(companies.map(({ linkedin }) => `company:linkedin:${linkedin}`))}, ${separator}),
          string_to_array(${column(companies.map((one) => `company:abn:${one.industry_codes?.abn}`))}, ${separator}),
          string_to_array(${column(lines.map(({ body }) => body))}, ${separator})
        ) as line (id, unlock_id, lookup_key, record_key, linkedin_key, abn_key, body)
      ),
      entry as (
        insert into entries (workspace_id, id, occurred_at, outcome, charge, credits, saved, operation, provider,
          token_id, workflow, unlock_id, from_snapshot, latency_ms)
        select ${workspaceId}::uuid, id, now(), 'FOUND', 'CHARGED', 1, 0, 'COMPANY', 'FIRMABLE',
          ${tokenId}::uuid, 'bench', unlock_id, false, 1
        from line
      ),
      unlock as (
        insert into unlocks (workspace_id, id, record_key, operation, provider, price, entry_id, unlocked_at)
        select ${workspaceId}::uuid, unlock_id, record_key, 'COMPANY', 'FIRMABLE', 1, id, now() from line
      ),
      identifier as (
        insert into identifiers (workspace_id, lookup_key, unlock_id)
        select ${workspaceId}::uuid, key, unlock_id
        from line, unnest(array[record_key, lookup_key, linkedin_key, abn_key]) as key
      ),
      snapshot as (
        insert into snapshots (workspace_id, unlock_id, body, fetched_at)
        select ${workspaceId}::uuid, unlock_id, body, now() from line
      )
      delete from reservations r using line where r.workspace_id = ${workspaceId}::uuid and r.id = line.id`;
  },
};
