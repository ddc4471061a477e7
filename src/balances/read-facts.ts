import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { balancePlans, balancePools } from '../../schema/tables/index.js';
import type { Drizzle } from '../platform/database.js';
import type { Plan, Reading, ReadingSource } from './balance.js';
import type { Facts } from './timeline.js';

/** The account that a balance belongs to. */
export type AccountPlace = { workspaceId: string; accountId: string };

/** How far back drift is computed. */
export const historyDays = 400;
const readingsMax = 100;

/** Reads the plan, pools and readings of accounts of a workspace, in the order of `accountIds`, by the clock of the database. */
export const readFacts = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Facts[]> => {
  const read = await readReadings(db, workspaceId, accountIds);
  const ofAccounts = (table: typeof balancePlans | typeof balancePools) =>
    and(eq(table.workspaceId, workspaceId), inArray(table.accountId, [...accountIds]));
  const plans = await db
    .select({ accountId: balancePlans.accountId, plan: planColumns })
    .from(balancePlans)
    .where(ofAccounts(balancePlans));
  const pools = await db
    .select({ accountId: balancePools.accountId, pool: poolColumns })
    .from(balancePools)
    .where(ofAccounts(balancePools))
    .orderBy(asc(balancePools.startsAt), asc(balancePools.id));
  return accountIds.map((id, at) => ({
    asOf: read.asOf,
    plan: plans.find(({ accountId }) => accountId === id)?.plan ?? null,
    pools: pools.flatMap(({ accountId, pool }) => (accountId === id ? [pool] : [])),
    readings: read.readings[at] ?? [],
  }));
};

/**
 * The readings of estimates, oldest first, by the place of their account, and the instant up to which they were read. Of a
 * provider's reports the last of each day is enough: drift adds up over any of them.
 */
const readReadings = async (
  db: Pick<Drizzle, 'execute'>,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<{ asOf: Date; readings: Reading[][] }> => {
  const rows = await db.execute<{
    as_of: string;
    account: number;
    id: string | null;
    at: string;
    credits: string;
    source: ReadingSource;
  }>(sql`
    with clock as (select date_trunc('milliseconds', statement_timestamp()) as now)
    select to_json(c.now) #>> '{}' as as_of, a.place::int - 1 as account, r.id, to_json(r.observed_at) #>> '{}' as at,
      r.credits::text, r.source
    from clock c
    cross join unnest(string_to_array(${accountIds.join()}, ',')::uuid[]) with ordinality as a (id, place)
    left join lateral (
      select k.id, k.observed_at, k.credits, k.source
      from (
        select r.id, r.observed_at, r.credits, r.source, row_number() over (
            partition by r.source <> 'RECORDED', case
              when r.source = 'RECORDED' then r.id::text
              else (r.observed_at at time zone 'UTC')::date::text
            end
            order by r.observed_at desc, r.id desc) as place_in_day,
          row_number() over (order by r.observed_at desc, r.id desc) as place
        from balance_readings r
        where r.workspace_id = ${workspaceId} and r.account_id = a.id and r.observed_at <= c.now
      ) k
      where k.place = 1 or (k.place_in_day = 1 and k.observed_at > c.now - make_interval(days => ${historyDays}))
      order by k.observed_at desc, k.id desc
      limit ${readingsMax}
    ) r on true
    order by r.observed_at, r.id`);
  const readings = accountIds.map((): Reading[] => []);
  for (const { account, id, at, credits, source } of rows) {
    if (id !== null) readings[account]?.push({ id, at: new Date(at), credits: BigInt(credits), source });
  }
  return { asOf: new Date(rows[0]?.as_of ?? Number.NaN), readings };
};

export const planColumns = {
  monthlyCredits: balancePlans.monthlyCredits,
  renewalDay: balancePlans.renewalDay,
  timeZone: balancePlans.timeZone,
  rollover: balancePlans.rollover,
  thresholds: balancePlans.thresholds,
  updatedAt: balancePlans.updatedAt,
} satisfies Record<keyof Plan, unknown>;

export const poolColumns = {
  id: balancePools.id,
  name: balancePools.name,
  credits: balancePools.credits,
  startsAt: balancePools.startsAt,
  endsAt: balancePools.endsAt,
} as const;
