import type { Plan, Warning } from './balance.js';
import type { Holdings } from './holdings.js';
import { lastRenewal } from './renewals.js';

/**
 * The thresholds that the present month has reached. Credits carried over are used before the month's own, and add-ons
 * after them; so what is used of the month is what the subscription lacks of it.
 */
export const warningsOf = ({ subscription }: Holdings, plan: Plan | null, asOf: Date): Warning[] => {
  if (plan === null || plan.monthlyCredits === 0n) return [];
  const { monthlyCredits, thresholds } = plan;
  const left = subscription > 0n ? subscription : 0n;
  const used = monthlyCredits > left ? monthlyCredits - left : 0n;
  const startsAt = lastRenewal(plan, asOf);
  return thresholds
    .filter((threshold) => used * 100n >= monthlyCredits * BigInt(threshold))
    .map((threshold) => ({ threshold, startsAt, used, monthlyCredits }));
};
