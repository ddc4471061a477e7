import { type SQL, sql } from 'drizzle-orm';
import { divideIntoSums } from './choose-sums.js';
import type { Period } from './period.js';

/** What an account was charged in a period of whole quarters of an hour; null operations: in all of them. */
export type ChargedPart = Period & { accountId: string; operations: readonly string[] | null };

/**
 * Selects `part`, the place of each part that has charges, and `credits`, its sum, from stored sums: rollups as far as they
 * go, which is read in an earlier statement, and quarters of an hour. What several parts need of the same time is read once:
 * the statement of four balances, which need the same 30 days, took 1.2 times as long when each read its own.
 */
export const chargesBetween = (
  workspaceId: string,
  parts: readonly ChargedPart[],
  rollupsEnd: Date | null,
): SQL => {
  const pieces = parts.flatMap(({ from, to, accountId, operations }, part) =>
    from < to
      ? sourcesOf({ from, to }, rollupsEnd).map((source) => ({
          part,
          account: accountId,
          operations,
          reading: JSON.stringify(source),
          ...source,
        }))
      : [],
  );
  return sql`
    with piece as materialized (
      select *
      from json_to_recordset(${JSON.stringify(pieces)}::text::json) as piece (
        part int, account uuid, operations text[], reading text, source text, "from" timestamptz, "to" timestamptz,
        "firstDay" date, "beforeDay" date, "fromHour" int, "toHour" int)
    ), reading as (
      select reading, source, "from", "to", "firstDay", "beforeDay", "fromHour", "toHour", array_agg(account) as accounts
      from piece
      group by reading, source, "from", "to", "firstDay", "beforeDay", "fromHour", "toHour"
    )
    select piece.part, sum(found.credits)::bigint as credits
    from reading
    cross join lateral (
      select u.account_id, u.operation, sum(u.credits) as credits
      from usage_buckets u
      where reading.source = 'QUARTERS' and u.workspace_id = ${workspaceId} and u.account_id = any (reading.accounts)
        and u.starts_at >= reading."from" and u.starts_at < reading."to"
      group by u.account_id, u.operation
      union all
      select l.account_id, l.operation, sum(l.credits)
      from usage_late l
      where reading.source = 'LATE' and l.workspace_id = ${workspaceId} and l.account_id = any (reading.accounts)
        and l.starts_at >= reading."from" and l.starts_at < reading."to"
      group by l.account_id, l.operation
      union all
      select r.account_id, r.operation, sum(r.credits[reading."toHour"] - coalesce(r.credits[reading."fromHour"], 0))
      from usage_rollups r
      where reading.source = 'ROLLUPS' and r.workspace_id = ${workspaceId} and r.rollup = 'CONNECTION'
        and r.account_id = any (reading.accounts) and r.day >= reading."firstDay" and r.day < reading."beforeDay"
      group by r.account_id, r.operation
    ) as found
    join piece on piece.reading = reading.reading and piece.account = found.account_id
      and (piece.operations is null or found.operation = any (piece.operations))
    group by piece.part`;
};

/** The sums that make up a period. */
const sourcesOf = (period: Period, rollupsEnd: Date | null): object[] => {
  const { readings, rolledUp, quarters } = divideIntoSums(period, rollupsEnd);
  return [
    ...quarters.map((one) => ({ source: 'QUARTERS', ...one })),
    ...rolledUp.map((one) => ({ source: 'LATE', ...one })),
    ...readings.map((one) => ({ source: 'ROLLUPS', ...one })),
  ];
};
