import type { Drift, Plan, Pool } from './balance.js';
import { type Holdings, spend, totalOf } from './holdings.js';
import { nextRenewal } from './renewals.js';
import { changedBy, momentsOf } from './timeline.js';

/** Later dates help nobody, and JavaScript cannot represent all of them. */
const yearsMax = 100;

/**
 * When the account depletes at a steady rate; null if the next renewal comes first, or never. Includes the add-ons that
 * start or expire before then.
 */
export const depletesAt = (
  held: Holdings,
  { plan, pools, asOf }: { plan: Plan | null; pools: readonly Pool[]; asOf: Date },
  creditsPerDay: number,
): Date | null => {
  if (totalOf(held) <= 0n) return asOf;
  if (creditsPerDay <= 0) return null;
  const end = plan === null ? new Date(asOf.getTime() + yearsMax * 365 * dayMs) : nextRenewal(plan, asOf);
  const creditsPerMs = creditsPerDay / dayMs;
  let holdings = held;
  let at = asOf;
  let spent = 0n;
  for (const moment of [...momentsOf({ plan: null, pools, asOf: end }, asOf, []), null]) {
    const until = moment?.at ?? end;
    const total = totalOf(holdings);
    const emptyMs = total <= 0n ? 0 : Number(total) / creditsPerMs;
    if (at.getTime() + emptyMs < until.getTime()) return new Date(at.getTime() + Math.round(emptyMs));
    const spentBy = BigInt(Math.floor((until.getTime() - asOf.getTime()) * creditsPerMs));
    holdings = spend(holdings, spentBy - spent);
    spent = spentBy;
    at = until;
    if (moment !== null && moment.kind !== 'READING') holdings = changedBy(moment, holdings, null);
  }
  return null;
};

export const dayMs = 86_400_000;

/**
 * Credits per day over the last `days` up to `asOf`: the ledger's charges, and the share of external spending that its
 * period has in those days.
 */
export const burnPerDay = (
  charged: bigint,
  drift: readonly Drift[],
  { asOf, days }: { asOf: Date; days: number },
): number => {
  const from = asOf.getTime() - days * dayMs;
  const outside = drift.reduce((sum, period) => sum + shareSince(from, period), 0);
  return Math.round(((Number(charged) + outside) / days) * 100) / 100;
};

/** Negative external spending is a grant, so it does not lower the rate. */
const shareSince = (from: number, { from: begin, to, externalSpend }: Drift): number => {
  if (externalSpend <= 0n || to.getTime() < from) return 0;
  const length = to.getTime() - begin.getTime();
  const inside = to.getTime() - Math.max(from, begin.getTime());
  return Number(externalSpend) * (length === 0 ? 1 : inside / length);
};
