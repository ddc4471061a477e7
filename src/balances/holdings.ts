import type { Plan, Pool } from './balance.js';

/** An add-on pool and what is left in it. */
type AddOn = { pool: Pool; credits: bigint };

/**
 * What an account holds. The subscription is used first, then add-ons, soonest end first. Below zero, the subscription
 * is what was spent beyond everything declared.
 */
export type Holdings = { subscription: bigint; addOns: readonly AddOn[] };

export const totalOf = ({ subscription, addOns }: Holdings): bigint =>
  addOns.reduce((sum, { credits }) => sum + credits, subscription);

/** A plan's credits and full add-ons; those pools that stand at `at`. */
export const freshHoldings = (subscription: bigint, pools: readonly Pool[], at: Date): Holdings => ({
  subscription,
  addOns: pools
    .filter(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || endsAt > at))
    .toSorted(bySoonestEnd)
    .map((pool) => ({ pool, credits: pool.credits })),
});

/** Takes credits out. */
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
 * Puts credits back that were not spent after all since `before`: first what is missing of the subscription, then what
 * went out of the add-ons, last used first. What then remains came from elsewhere and is the subscription's.
 */
const giveBack = (holdings: Holdings, credits: bigint, before: Holdings): Holdings => {
  const toOverdraft = least(most(-holdings.subscription, 0n), credits);
  let rest = credits - toOverdraft;
  const held = new Map(before.addOns.map((addOn) => [addOn.pool.id, addOn.credits]));
  const addOns = holdings.addOns.toReversed().map((addOn) => {
    const room = most((held.get(addOn.pool.id) ?? addOn.credits) - addOn.credits, 0n);
    const given = least(room, rest);
    rest -= given;
    return { ...addOn, credits: addOn.credits + given };
  });
  return { subscription: holdings.subscription + toOverdraft + rest, addOns: addOns.toReversed() };
};

/** Brings the total to what was read, given what was held before the spending that is in doubt. */
export const reconcile = (holdings: Holdings, total: bigint, before: Holdings): Holdings => {
  const outside = totalOf(holdings) - total;
  return outside >= 0n ? spend(holdings, outside) : giveBack(holdings, -outside, before);
};

/** A new month begins. An overdraft shows that more was there than declared; it is not carried over. */
export const renew = (
  holdings: Holdings,
  { monthlyCredits, rollover }: Pick<Plan, 'monthlyCredits' | 'rollover'>,
): Holdings => ({
  ...holdings,
  subscription: (rollover ? most(holdings.subscription, 0n) : 0n) + monthlyCredits,
});

export const beginPool = ({ subscription, addOns }: Holdings, pool: Pool): Holdings => ({
  subscription,
  addOns: [...addOns, { pool, credits: pool.credits }].toSorted((a, b) => bySoonestEnd(a.pool, b.pool)),
});

/** What is left in the pool lapses. */
export const endPool = ({ subscription, addOns }: Holdings, { id }: Pool): Holdings => ({
  subscription,
  addOns: addOns.filter(({ pool }) => pool.id !== id),
});

const bySoonestEnd = (a: Pool, b: Pool): number =>
  endOf(a) - endOf(b) || a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1);

/** Finite, so that two of them can be subtracted. */
const endOf = ({ endsAt }: Pool): number => endsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
