import type { Plan, Pool } from './balance.js';

/** An add-on pool and its remaining credits. */
type AddOn = { pool: Pool; credits: bigint };

/**
 * The credits that an account holds. The subscription is used first, then add-ons, soonest end first. A negative
 * subscription is spending beyond all grants.
 */
export type Holdings = { subscription: bigint; addOns: readonly AddOn[] };

export const totalOf = ({ subscription, addOns }: Holdings): bigint =>
  addOns.reduce((sum, { credits }) => sum + credits, subscription);

/** The subscription and the full pools that have started and not ended at `at`. */
export const freshHoldings = (subscription: bigint, pools: readonly Pool[], at: Date): Holdings => ({
  subscription,
  addOns: pools
    .filter(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || endsAt > at))
    .toSorted(bySoonestEnd)
    .map((pool) => ({ pool, credits: pool.credits })),
});

/** Subtracts spent credits. */
export const spend = (holdings: Holdings, credits: bigint): Holdings => {
  const fromSubscription = least(most(holdings.subscription, 0n), credits);
  let rest = credits - fromSubscription;
  const addOns = holdings.addOns.map((addOn) => {
    const taken = least(addOn.credits, rest);
    rest -= taken;
    return { ...addOn, credits: addOn.credits - taken };
  });
  return { subscription: holdings.subscription - fromSubscription - rest, addOns };
};

/**
 * Adds credits that were not spent since `before`: first to a negative subscription, then to the add-ons that were used,
 * last used first. The rest was granted elsewhere and goes to the subscription.
 */
const giveBack = (holdings: Holdings, credits: bigint, before: Holdings): Holdings => {
  const toOverdraft = least(most(-holdings.subscription, 0n), credits);
  let rest = credits - toOverdraft;
  const held = new Map(before.addOns.map((addOn) => [addOn.pool.id, addOn.credits]));
  const addOns = holdings.addOns.toReversed().map((addOn) => {
    const spent = most((held.get(addOn.pool.id) ?? addOn.credits) - addOn.credits, 0n);
    const given = least(spent, rest);
    rest -= given;
    return { ...addOn, credits: addOn.credits + given };
  });
  return { subscription: holdings.subscription + toOverdraft + rest, addOns: addOns.toReversed() };
};

/** Corrects the total to a reading. `before` is what was held before the latest spending. */
export const reconcile = (holdings: Holdings, total: bigint, before: Holdings): Holdings => {
  const outside = totalOf(holdings) - total;
  return outside >= 0n ? spend(holdings, outside) : giveBack(holdings, -outside, before);
};

/** A new month starts. A negative subscription shows that there were more credits than the plan granted: it is not carried over. */
export const renew = (
  holdings: Holdings,
  { monthlyCredits, rollover }: Pick<Plan, 'monthlyCredits' | 'rollover'>,
): Holdings => ({
  ...holdings,
  subscription: (rollover ? most(holdings.subscription, 0n) : 0n) + monthlyCredits,
});

export const startPool = ({ subscription, addOns }: Holdings, pool: Pool): Holdings => ({
  subscription,
  addOns: [...addOns, { pool, credits: pool.credits }].toSorted((a, b) => bySoonestEnd(a.pool, b.pool)),
});

/** The remaining credits of the pool expire. */
export const endPool = ({ subscription, addOns }: Holdings, { id }: Pool): Holdings => ({
  subscription,
  addOns: addOns.filter(({ pool }) => pool.id !== id),
});

const bySoonestEnd = (a: Pool, b: Pool): number =>
  endOf(a) - endOf(b) || a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1);

/** Finite, so that two ends can be subtracted. */
const endOf = ({ endsAt }: Pool): number => endsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
