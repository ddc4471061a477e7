import { and, asc, eq, sql } from 'drizzle-orm';
import { balancePlans, balancePools } from '../../schema/tables/index.js';
import type { Drizzle } from '../platform/database.js';
import type { Plan, Reading, ReadingSource } from './balance.js';
import type { Facts } from './timeline.js';

/** The account that a balance belongs to. */
export type AccountPlace = { workspaceId: string; accountId: string };

/** How far back drift is computed. */
export const historyDays = 400;
const readingsMax = 100;

/** Reads the plan, pools and readings of an account, by the clock of the database. */
export const readFacts = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  place: AccountPlace,
): Promise<Facts> => {
  const { workspaceId, accountId } = place;
  const { asOf, readings } = await readReadings(db, place);
  const [plan] = await db
    .select(planColumns)
    .from(balancePlans)
    .where(and(eq(balancePlans.workspaceId, workspaceId), eq(balancePlans.accountId, accountId)));
  const pools = await db
    .select(poolColumns)
    .from(balancePools)
    .where(and(eq(balancePools.workspaceId, workspaceId), eq(balancePools.accountId, accountId)))
    .orderBy(asc(balancePools.startsAt), asc(balancePools.id));
  return { asOf, plan: plan ?? null, pools, readings };
};

/**
 * The readings of an estimate, oldest first, and the instant up to which they were read. Of a provider's reports the
 * last of each day is enough: drift adds up over any of them.
 */
const readReadings = async (
  db: Pick<Drizzle, 'execute'>,
  { workspaceId, accountId }: AccountPlace,
): Promise<{ asOf: Date; readings: Reading[] }> => {
  const rows = await db.execute<{
    as_of: string;
    id: string | null;
    at: string;
    credits: string;
    source: ReadingSource;
  }>(sql`
    with clock as (select date_trunc('milliseconds', statement_timestamp()) as now)
    select to_json(c.now) #>> '{}' as as_of, r.id, to_json(r.observed_at) #>> '{}' as at, r.credits::text, r.source
    from clock c
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
        where r.workspace_id = ${workspaceId} and r.account_id = ${accountId} and r.observed_at <= c.now
      ) k
      where k.place = 1 or (k.place_in_day = 1 and k.observed_at > c.now - make_interval(days => ${historyDays}))
      order by k.observed_at desc, k.id desc
      limit ${readingsMax}
    ) r on true
    order by r.observed_at, r.id`);
  return {
    asOf: new Date(rows[0]?.as_of ?? Number.NaN),
    readings: rows.flatMap(({ id, at, credits, source }) =>
      id === null ? [] : [{ id, at: new Date(at), credits: BigInt(credits), source }],
    ),
  };
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
