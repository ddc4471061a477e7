import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { ReservationRequest } from './types.js';

type QueryField = 'workspaceId' | 'accountId' | 'lookupKey' | 'variant' | 'maxAgeSeconds';
export type KnownRecordQuery = Pick<ReservationRequest, QueryField> & {
  /** Whether the snapshot itself is wanted, or only whether there is one. */
  withBody: boolean;
};

/** What the ledger knows of the record behind a lookup key. */
export type KnownRecord = {
  /** Whether the record is unlocked. */
  unlocked: boolean;
  /** Whether there is a snapshot that is fresh enough. */
  hasSnapshot: boolean;
  /** That snapshot; null where it is not wanted. */
  body: string | null;
  /** Whether a charge is counted for it already: a presumed one, or one that an ADMIN confirmed. */
  presumed: boolean;
};

/** What reserve_credits would find, in the order of the queries; reserves and writes nothing. */
export const findKnownRecords = async (
  sql: Sql,
  queries: readonly KnownRecordQuery[],
): Promise<KnownRecord[]> => {
  if (queries.length === 0) return [];
  const rows = await withQueryTimeout(sql<KnownRecord[]>`
    select k.unlock_id is not null as unlocked, coalesce(s.found, false) as "hasSnapshot", s.body, r.id is not null as presumed
    from json_to_recordset(${JSON.stringify(queries.map(toJson))}::text::json) as i (
      position int, workspace_id uuid, account_id uuid, lookup_key text, variant text, max_age_seconds bigint, with_body boolean
    )
    left join lateral unlock_of_key(i.workspace_id, i.account_id, i.lookup_key) k on true
    left join lateral (
      select true as found, case when i.with_body then s.body end as body from snapshots s
      where s.workspace_id = i.workspace_id and s.unlock_id = k.unlock_id and s.variant = i.variant
        and s.fetched_at >= clock_timestamp() - make_interval(secs => i.max_age_seconds)
      limit 1
    ) s on true
    left join lateral (
      select r.id from reservations r
      where r.workspace_id = i.workspace_id and r.account_id = i.account_id and r.lookup_key = i.lookup_key
        and r.state <> 'HELD' and r.credits > 0
      limit 1
    ) r on true
    order by i.position`);
  return rows.map(({ unlocked, hasSnapshot, body, presumed }) => ({ unlocked, hasSnapshot, body, presumed }));
};

const toJson = (query: KnownRecordQuery, position: number) => ({
  position,
  workspace_id: query.workspaceId,
  account_id: query.accountId,
  lookup_key: query.lookupKey,
  variant: query.variant,
  max_age_seconds: query.maxAgeSeconds,
  with_body: query.withBody,
});
