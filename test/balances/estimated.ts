import type { Plan, Pool, Reading } from '../../src/balances/balance.js';
import { type Estimated, estimate } from '../../src/balances/estimate.js';
import { type Facts, buildTimeline } from '../../src/balances/timeline.js';

/** An instant of 2026, as `05-31` or `05-31T12:00`. */
export const on = (day: string): Date => new Date(`2026-${day}${day.includes('T') ? '' : 'T00:00'}:00Z`);

/** A plan of 100 credits on the first of the month, in UTC, that roll over. */
export const planOf = (plan: Partial<Plan> = {}): Plan => ({
  monthlyCredits: 100n,
  renewalDay: 1,
  timeZone: 'UTC',
  rollover: true,
  thresholds: [80, 100],
  updatedAt: on('01-01'),
  ...plan,
});

export const poolOf = (name: string, credits: bigint, startsAt: Date, endsAt: Date | null = null): Pool => ({
  id: name,
  name,
  credits,
  startsAt,
  endsAt,
});

export const readingOf = (at: Date, credits: bigint): Reading => ({
  id: at.toISOString(),
  at,
  credits,
  source: 'RECORDED',
});

/** The estimate of an account, given its facts and what the ledger charged. */
export const estimated = (
  given: Partial<Facts>,
  charged: readonly (readonly [Date, bigint])[] = [],
): Estimated => {
  const facts: Facts = { asOf: on('06-30'), plan: null, pools: [], readings: [], ...given };
  return estimate(facts, buildTimeline(facts), (from, to) =>
    charged
      .filter(([at]) => at >= from && at < (to ?? later(facts.asOf)))
      .reduce((sum, [, credits]) => sum + credits, 0n),
  );
};

/** Nothing is charged in the future. */
const later = (asOf: Date): Date => new Date(asOf.getTime() + 1);

/** What each pool holds, by its name. */
export const held = ({ pools }: Estimated): Record<string, number> =>
  Object.fromEntries(pools.map(({ name, remaining }) => [name, Number(remaining)]));
