import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { ReservationRequest } from './types.js';

type QueryField = 'workspaceId' | 'accountId' | 'lookupKey' | 'variant' | 'maxAgeSeconds';
export type KnownRecordQuery = Pick<ReservationRequest, QueryField>;

/** What the ledger knows of the record behind a lookup key. */
export type KnownRecord = {
  /** Whether the record is unlocked. */
  unlocked: boolean;
  /** The snapshot, when one is fresh enough. */
  body: string | null;
  /** Whether a presumed charge for it is unresolved. */
  presumed: boolean;
};

/** What reserve_credits would find, in the order of the queries; reserves and writes nothing. */
export const findKnownRecords = async (
  sql: Sql,
  queries: readonly KnownRecordQuery[],
): Promise<KnownRecord[]> => {
  if (queries.length === 0) return [];
  const rows = await withQueryTimeout(sql<{ unlocked: boolean; body: string | null; in_doubt: boolean }[]>`
    select a.unlock_id is not null as unlocked, s.body, d.id is not null as in_doubt
    from json_to_recordset(${JSON.stringify(queries.map(toJson))}::text::json) as i (
      ord int, workspace_id uuid, account_id uuid, subject text, variant text, max_age_seconds bigint
    )
    left join lateral (
      select a.unlock_id from aliases a
      where a.workspace_id = i.workspace_id and a.account_id = i.account_id and a.alias = i.subject
      limit 1
    ) a on true
    left join lateral (
      select s.body from snapshots s
      where s.workspace_id = i.workspace_id and s.unlock_id = a.unlock_id and s.variant = i.variant
        and s.fetched_at >= clock_timestamp() - make_interval(secs => i.max_age_seconds)
      limit 1
    ) s on true
    left join lateral (
      select d.id from reservations d
      where d.workspace_id = i.workspace_id and d.account_id = i.account_id and d.subject = i.subject
        and d.state = 'IN_DOUBT'
      limit 1
    ) d on true
    order by i.ord`);
  return rows.map(({ unlocked, body, in_doubt: presumed }) => ({ unlocked, body, presumed }));
};

const toJson = (query: KnownRecordQuery, ord: number) => ({
  ord,
  workspace_id: query.workspaceId,
  account_id: query.accountId,
  subject: query.lookupKey,
  variant: query.variant,
  max_age_seconds: query.maxAgeSeconds,
});
