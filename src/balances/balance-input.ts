import { z } from 'zod';
import { label, timeZone } from '../platform/parse-input.js';
import { webhookUrl } from '../alerts/webhook-endpoints.js';

/** A connection's plan and its add-on pools, all of it: what is left out goes back to its default. */
export type SetBalancePlanInput = {
  /** Any connection of the account. */
  connection: string;
  monthlyCredits: bigint;
  /** 1 to 31; in shorter months the last day. */
  renewalDay: number;
  /** Whether what is left at a renewal is kept; yes unless said otherwise. */
  rollover?: boolean | null | undefined;
  /** An IANA name whose midnight renews; UTC unless said otherwise. */
  timeZone?: string | null | undefined;
  /** Percentages of the month's credits; 80 and 100 unless said otherwise, and none if empty. */
  thresholds?: readonly number[] | null | undefined;
  pools?: readonly PoolInput[] | null | undefined;
  /** Where reached thresholds are sent; nowhere unless said otherwise. */
  webhookUrl?: string | null | undefined;
};

type PoolInput = {
  name: string;
  credits: bigint;
  /** Unless said otherwise, what the pool of this name has; now for a new one. */
  startsAt?: Date | null | undefined;
  /** Never unless said otherwise. */
  endsAt?: Date | null | undefined;
};

/** What the provider's page says is left. */
export type RecordBalanceInput = {
  connection: string;
  credits: bigint;
  /** When it said so; now unless said otherwise. */
  at?: Date | null | undefined;
};

/** What the API can show as one number. */
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

/** Reads a declaration, with its defaults put in. Whether a pool ends after its beginning is for the verb to say. */
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
    pools: z.array(pool).max(poolsMax, poolsFault).nullish(),
    webhookUrl: webhookUrl.nullish(),
  })
  .transform((input) => ({
    connection: input.connection,
    monthlyCredits: input.monthlyCredits,
    renewalDay: input.renewalDay,
    rollover: input.rollover ?? true,
    timeZone: input.timeZone ?? 'UTC',
    thresholds: [...new Set(input.thresholds ?? [80, 100])].toSorted((a, b) => a - b),
    pools: input.pools ?? [],
    webhookUrl: input.webhookUrl ?? null,
  }));

/** The declaration as it was read. */
export type Declaration = z.output<typeof setBalancePlanInput>;

export const recordBalanceInput = z.object({
  connection: z.string(),
  credits: credits('balance'),
  at: instant.nullish(),
});
