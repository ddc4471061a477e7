import type { Drizzle } from '../platform/database.js';
import type { BalanceEstimate, Drift, Plan, PoolBalance, Warning } from './balance.js';
import { burnPerDay, dayMs, depletesAt } from './depletion.js';
import { type Holdings, totalOf } from './holdings.js';
import { type AccountPlace, readFacts } from './read-facts.js';
import { lastRenewal, nextRenewal } from './renewals.js';
import { cutsOf, readSpendings, spentBetween } from './spending.js';
import { type Facts, type SpentBetween, type Timeline, buildTimeline, replay } from './timeline.js';

/** The part of an estimate that follows from the facts and the ledger's charges. */
export type Estimated = Omit<BalanceEstimate, 'connection' | 'accountId' | 'warnings'> & {
  warnings: Warning[];
};

/** Computes the balance of an account, to the credit. */
export const estimate = (facts: Facts, timeline: Timeline | null, spentBetween: SpentBetween): Estimated => {
  const { asOf, plan } = facts;
  const { holdings, drift } =
    timeline === null ? { holdings: null, drift: [] } : replay(timeline, plan, spentBetween);
  const rateOver = (days: number): number =>
    burnPerDay(spentBetween(new Date(asOf.getTime() - days * dayMs), null), drift, { asOf, days });
  const [burnPerDay7, burnPerDay30] = [rateOver(7), rateOver(30)];
  // After a week without spending, the month predicts the next days better.
  const rate = burnPerDay7 > 0 ? burnPerDay7 : burnPerDay30;
  const hasHistory = isHistoryKnown(asOf, drift, spentBetween);
  const emptyAt =
    holdings === null || (!hasHistory && totalOf(holdings) > 0n) ? null : depletesAt(holdings, facts, rate);
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
    hasHistory,
    depletesAt: emptyAt,
    renewsAt: plan === null ? null : nextRenewal(plan, asOf),
    renewsFirst: plan !== null && emptyAt === null && (hasHistory || rate === 0),
    estimated: latestReading?.source !== 'REPORTED',
    warnings: holdings === null ? [] : warningsOf(holdings, plan, asOf),
  };
};

/**
 * Whether some spending of the last 30 days is at least 7 days old. The rate of a week that has begun today says nothing
 * about the next days: the first hour of an import would count as a week's spending.
 */
const isHistoryKnown = (asOf: Date, drift: readonly Drift[], spentBetween: SpentBetween): boolean => {
  const daysAgo = (days: number): Date => new Date(asOf.getTime() - days * dayMs);
  const [month, week] = [daysAgo(30), daysAgo(7)];
  return (
    spentBetween(month, week) > 0n ||
    drift.some(({ from, to, externalSpend }) => externalSpend > 0n && from <= week && to > month)
  );
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

/**
 * The thresholds that the present month has reached. Credits carried over are used before the month's own, and add-ons
 * after them, so the used credits are the month's credits minus those in the subscription.
 */
const warningsOf = ({ subscription }: Holdings, plan: Plan | null, asOf: Date): Warning[] => {
  if (plan === null || plan.monthlyCredits === 0n) return [];
  const { monthlyCredits, thresholds } = plan;
  const left = subscription > 0n ? subscription : 0n;
  const used = monthlyCredits > left ? monthlyCredits - left : 0n;
  const startsAt = lastRenewal(plan, asOf);
  return thresholds
    .filter((threshold) => used * 100n >= monthlyCredits * BigInt(threshold))
    .map((threshold) => ({ threshold, startsAt, used, monthlyCredits }));
};

/** Reads the facts of an account and computes its balance. Throws ARCHIVED. */
export const estimateAccount = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  { workspaceId, accountId }: AccountPlace,
): Promise<Estimated> => {
  const [estimated] = await estimateAccounts(db, workspaceId, [accountId]);
  if (estimated === undefined) throw new Error('an account has no estimate');
  return estimated;
};

/** The same of several accounts, in their order, with as many statements as for one. Throws ARCHIVED if any of them does. */
export const estimateAccounts = async (
  db: Pick<Drizzle, 'select' | 'execute'>,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<Estimated[]> => {
  const accounts = (await readFacts(db, workspaceId, accountIds)).map((facts) => ({
    facts,
    timeline: buildTimeline(facts),
  }));
  const series = accounts.map(({ facts, timeline }, at) => ({
    accountId: accountIds[at] ?? '',
    cuts: cutsOf(facts.asOf, timeline),
    untilNow: true,
  }));
  const spendings = await readSpendings(db, workspaceId, series);
  return accounts.map(({ facts, timeline }, at) =>
    estimate(facts, timeline, spentBetween(spendings[at] ?? [])),
  );
};
