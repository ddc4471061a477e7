import { type SQL, sql } from 'drizzle-orm';
import { divideIntoSums } from './choose-sums.js';
import type { Period } from './period.js';

/** What an account was charged in a period of whole quarters of an hour; null operations: in all of them. */
export type ChargedPart = Period & { accountId: string; operations: readonly string[] | null };

/**
 * Selects `part`, the place of each part that has charges, and `credits`, its sum, from stored sums: rollups as far as they
 * go, which is read in an earlier statement, and quarters of an hour.
 */
export const chargesBetween = (
  workspaceId: string,
  parts: readonly ChargedPart[],
  rollupsEnd: Date | null,
): SQL => {
  const pieces = parts.flatMap(({ from, to, accountId, operations }, part) => {
    if (from >= to) return [];
    const { readings, rolledUp, quarters } = divideIntoSums({ from, to }, rollupsEnd);
    const of = { part, account: accountId, operations };
    return [
      ...quarters.map((period) => ({ ...of, ...period, source: 'QUARTERS' })),
      ...rolledUp.map((period) => ({ ...of, ...period, source: 'LATE' })),
      ...readings.map((reading) => ({ ...of, ...reading, source: 'ROLLUPS' })),
    ];
  });
  return sql`
    select piece.part, sum(found.credits)::bigint as credits
    from json_to_recordset(${JSON.stringify(pieces)}::text::json) as piece (
      part int, account uuid, operations text[], source text, "from" timestamptz, "to" timestamptz,
      "firstDay" date, "beforeDay" date, "fromHour" int, "toHour" int)
    cross join lateral (
      select sum(u.credits) as credits
      from usage_buckets u
      where piece.source = 'QUARTERS' and u.workspace_id = ${workspaceId} and u.account_id = piece.account
        and (piece.operations is null or u.operation = any (piece.operations))
        and u.starts_at >= piece."from" and u.starts_at < piece."to"
      union all
      select sum(l.credits)
      from usage_late l
      where piece.source = 'LATE' and l.workspace_id = ${workspaceId} and l.account_id = piece.account
        and (piece.operations is null or l.operation = any (piece.operations))
        and l.starts_at >= piece."from" and l.starts_at < piece."to"
      union all
      select sum(r.credits[piece."toHour"] - coalesce(r.credits[piece."fromHour"], 0))
      from usage_rollups r
      where piece.source = 'ROLLUPS' and r.workspace_id = ${workspaceId} and r.rollup = 'CONNECTION'
        and r.account_id = piece.account
        and (piece.operations is null or r.operation = any (piece.operations))
        and r.day >= piece."firstDay" and r.day < piece."beforeDay"
    ) as found
    where found.credits is not null
    group by piece.part`;
};
