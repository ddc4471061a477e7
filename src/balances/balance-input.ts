import * as z from 'zod';
import { label, timeZone } from '../platform/parse-input.js';
import { redactMarked } from '../platform/redact-credentials.js';

/** The complete plan and add-on pools of an account: an omitted field is reset to its default. */
export type SetBalancePlanInput = {
  /** Any connection of the account. */
  connection: string;
  monthlyCredits: bigint;
  /** 1 to 31; in shorter months the last day. */
  renewalDay: number;
  /** Whether remaining credits are kept at a renewal; true by default. */
  rollover?: boolean | null | undefined;
  /** The IANA time zone of renewals at midnight; UTC by default. */
  timeZone?: string | null | undefined;
  /** Percentages of the month's credits; 80 and 100 by default, none if empty. */
  thresholds?: readonly number[] | null | undefined;
  pools?: readonly PoolInput[] | null | undefined;
};

type PoolInput = {
  name: string;
  credits: bigint;
  /** By default the start of the existing pool of this name; now for a new pool. */
  startsAt?: Date | null | undefined;
  /** Never by default. */
  endsAt?: Date | null | undefined;
};

/** The remaining credits on the provider's page. */
export type RecordBalanceInput = {
  connection: string;
  credits: bigint;
  /** When the page was read; now by default. */
  observedAt?: Date | null | undefined;
};

/** The largest Int of GraphQL. */
export const creditsMax = 2n ** 31n - 1n;
const thresholdMax = 1_000;
const thresholdsMax = 20;
const poolsMax = 50;

const dayFault = 'The renewal day must be a day of the month from 1 to 31: choose the one of your plan.';
const thresholdFault = `Thresholds are up to ${thresholdsMax} whole percentages of the month's credits from 1 to ${thresholdMax}: write them as [80, 100].`;
const poolsFault = `There can be up to ${poolsMax} add-on pools: leave out those that are used up.`;
const instantFault =
  'This must be an instant between the years 2000 and 9999: write it as 2030-01-31T00:00:00Z.';

const credits = (what: string) => {
  const message = `The ${what} must be a whole number of credits from 0 to ${creditsMax}: choose another.`;
  return z.bigint(message).min(0n, message).max(creditsMax, message);
};
const instant = z
  .date(instantFault)
  .min(new Date('2000-01-01T00:00:00Z'), instantFault)
  .max(new Date('9999-12-31T00:00:00Z'), instantFault);

const pool = z
  .object({
    name: label('name'),
    credits: credits('pool'),
    startsAt: instant.nullish(),
    endsAt: instant.nullish(),
  })
  .transform(({ name, credits, startsAt, endsAt }) => ({
    name,
    credits,
    startsAt: startsAt ?? null,
    endsAt: endsAt ?? null,
  }));

/** A pool without a start keeps the start of the existing one of its name, and readings show pools by name. */
const refuseSameNames = (pools: readonly { name: string }[], context: z.RefinementCtx): void => {
  const index = pools.findIndex(({ name }, place) => pools.findIndex((one) => one.name === name) < place);
  if (index < 0) return;
  context.addIssue({
    code: 'custom',
    path: [index, 'name'],
    message: `Two pools are named "${redactMarked(pools[index]?.name ?? '')}": give each pool a name of its own.`,
  });
};

const totalOf = (monthly: bigint, pools: readonly { credits: bigint }[]): bigint =>
  pools.reduce((sum, { credits }) => sum + credits, monthly);

/** Parses a plan and adds its defaults. setBalancePlan checks that a pool ends after its start. */
export const setBalancePlanInput = z
  .object({
    connection: z.string(),
    monthlyCredits: credits('monthly credits'),
    renewalDay: z.int(dayFault).min(1, dayFault).max(31, dayFault),
    rollover: z.boolean().nullish(),
    timeZone: timeZone.nullish(),
    thresholds: z
      .array(z.int(thresholdFault).min(1, thresholdFault).max(thresholdMax, thresholdFault), thresholdFault)
      .max(thresholdsMax, thresholdFault)
      .nullish(),
    pools: z.array(pool).max(poolsMax, poolsFault).superRefine(refuseSameNames).nullish(),
  })
  .refine(({ monthlyCredits, pools }) => totalOf(monthlyCredits, pools ?? []) <= creditsMax, {
    path: ['pools'],
    message: `The monthly credits and the pools are at most ${creditsMax} credits together: choose smaller numbers.`,
  })
  .transform((input) => ({
    connection: input.connection,
    monthlyCredits: input.monthlyCredits,
    renewalDay: input.renewalDay,
    rollover: input.rollover ?? true,
    timeZone: input.timeZone ?? 'UTC',
    thresholds: [...new Set(input.thresholds ?? [80, 100])].toSorted((a, b) => a - b),
    pools: input.pools ?? [],
  }));

/** The parsed plan. */
export type ParsedPlan = z.output<typeof setBalancePlanInput>;

export const recordBalanceInput = z.object({
  connection: z.string(),
  credits: credits('balance'),
  observedAt: instant.nullish(),
});
