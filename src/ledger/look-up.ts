import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Sql } from '../platform/database.js';
import type { ReservationRequest } from './types.js';

type LookUpField = 'workspaceId' | 'accountId' | 'lookupKey' | 'variant' | 'maxAgeSeconds';
export type LookUp = Pick<ReservationRequest, LookUpField>;

/** What the ledger knows of a subject. */
export type Known = {
  /** Whether the record is ours. */
  unlocked: boolean;
  /** The kept copy, where it is young enough; null where there is none. */
  body: string | null;
  /** Whether a call for it was made of which nobody knows whether it was charged. */
  presumed: boolean;
};

/** Looks subjects up as reserve_credits would, in their order; reserves and writes nothing. */
export const lookUp = async (sql: Sql, wanted: readonly LookUp[]): Promise<Known[]> => {
  if (wanted.length === 0) return [];
  const rows = await withQueryTimeout(sql<{ unlocked: boolean; body: string | null; in_doubt: boolean }[]>`
    select a.unlock_id is not null as unlocked, s.body, d.id is not null as in_doubt
    from json_to_recordset(${JSON.stringify(wanted.map(toJson))}::text::json) as i (
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

const toJson = (one: LookUp, ord: number) => ({
  ord,
  workspace_id: one.workspaceId,
  account_id: one.accountId,
  subject: one.lookupKey,
  variant: one.variant,
  max_age_seconds: one.maxAgeSeconds,
});
