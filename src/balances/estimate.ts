import type { BalanceEstimate, PoolBalance, Warning } from './balance.js';
import { burnPerDay, dayMs } from './burn-rate.js';
import { type Holdings, totalOf } from './holdings.js';
import { warningsOf } from './month-used.js';
import { lastRenewal, nextRenewal } from './renewals.js';
import { replay } from './replay.js';
import { depletesAt } from './depletion.js';
import type { Facts, SpentBetween, Timeline } from './timeline.js';

/** All of an estimate that follows from what was told and what the ledger charged. */
export type Estimated = Omit<BalanceEstimate, 'connection' | 'accountId' | 'warnings'> & {
  warnings: Warning[];
};

/** Works out an account's balance, to the credit. */
export const estimate = (facts: Facts, timeline: Timeline | null, spentBetween: SpentBetween): Estimated => {
  const { asOf, plan } = facts;
  const { holdings, drift } =
    timeline === null ? { holdings: null, drift: [] } : replay(timeline, plan, spentBetween);
  const rateOver = (days: number): number =>
    burnPerDay(spentBetween(new Date(asOf.getTime() - days * dayMs), null), drift, { asOf, days });
  const [burnPerDay7, burnPerDay30] = [rateOver(7), rateOver(30)];
  // A week without any spending says less about the days to come than the month it is part of.
  const rate = burnPerDay7 > 0 ? burnPerDay7 : burnPerDay30;
  const emptyAt = holdings === null ? null : depletesAt(holdings, facts, rate);
  const latestReading = facts.readings.at(-1) ?? null;
  return {
    asOf,
    plan: plan === null ? null : { ...plan, pools: [...facts.pools] },
    remaining: holdings === null ? null : totalOf(holdings),
    pools: holdings === null ? [] : poolsOf(holdings, facts),
    latestReading,
    drift: drift.toReversed(),
    burnPerDay7,
    burnPerDay30,
    depletesAt: emptyAt,
    renewsAt: plan === null ? null : nextRenewal(plan, asOf),
    renewsFirst: plan !== null && emptyAt === null,
    estimated: latestReading?.source !== 'REPORTED',
    warnings: holdings === null ? [] : warningsOf(holdings, plan, asOf),
  };
};

const poolsOf = ({ subscription, addOns }: Holdings, { plan, asOf }: Facts): PoolBalance[] => [
  {
    id: null,
    name: plan === null ? 'Credits' : 'Subscription',
    kind: 'SUBSCRIPTION',
    remaining: subscription,
    startsAt: plan === null ? null : lastRenewal(plan, asOf),
    endsAt: plan === null || plan.rollover ? null : nextRenewal(plan, asOf),
  },
  ...addOns.map(({ pool: { id, name, startsAt, endsAt }, credits }) => ({
    id,
    name,
    kind: 'ADD_ON' as const,
    remaining: credits,
    startsAt,
    endsAt,
  })),
];
