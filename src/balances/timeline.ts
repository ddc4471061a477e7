import type { Plan, Pool, Reading } from './balance.js';
import { freshHoldings, type Holdings, reconcile } from './holdings.js';
import { lastRenewal, renewalsBetween } from './renewals.js';

/** What the gateway was told about an account up to `asOf`; readings in the order of time. */
export type Facts = {
  asOf: Date;
  plan: Plan | null;
  pools: readonly Pool[];
  readings: readonly Reading[];
};

/** Something that changes what an account holds, apart from spending. */
export type Moment = { at: Date } & (
  | { kind: 'POOL_ENDS' | 'POOL_STARTS'; pool: Pool }
  | { kind: 'RENEWAL' }
  | { kind: 'READING'; reading: Reading }
);

/** From where an account is followed: what it held then, and all that happened since, in order. */
export type Timeline = {
  startsAt: Date;
  holdings: Holdings;
  reading: Reading | null;
  moments: readonly Moment[];
};

/** Of what happens in one instant; a reading tells of all the others. */
const orderOfKinds = ['POOL_ENDS', 'RENEWAL', 'POOL_STARTS', 'READING'];

/**
 * Lays out what happened: from the first reading on, or without any from the plan's last renewal. Null where there is
 * neither. A reading is one number; of the pools that stand, the add-ons are taken to be full.
 */
export const buildTimeline = (facts: Facts): Timeline | null => {
  const { asOf, plan, pools } = facts;
  const [reading, ...later] = oneForEachInstant(facts.readings);
  if (reading === undefined) {
    if (plan === null) return null;
    const startsAt = lastRenewal(plan, asOf);
    const holdings = freshHoldings(plan.monthlyCredits, pools, startsAt);
    return { startsAt, holdings, reading: null, moments: momentsOf(facts, startsAt, []) };
  }
  const full = freshHoldings(0n, pools, reading.at);
  const holdings = reconcile(full, reading.credits, full);
  return { startsAt: reading.at, holdings, reading, moments: momentsOf(facts, reading.at, later) };
};

/** What the ledger says was spent in [from, to); without an end, until now. */
export type SpentBetween = (from: Date, to: Date | null) => bigint;

/** What is known to happen after an instant, up to and with another: pools that start and end, and renewals. */
export const momentsOf = (
  { plan, pools, asOf }: Pick<Facts, 'plan' | 'pools' | 'asOf'>,
  after: Date,
  readings: readonly Reading[],
): Moment[] => {
  const renewals = plan === null ? [] : renewalsBetween(plan, after, asOf);
  const moments: Moment[] = [
    ...renewals.map((at) => ({ kind: 'RENEWAL' as const, at })),
    ...pools.map((pool) => ({ kind: 'POOL_STARTS' as const, at: pool.startsAt, pool })),
    ...pools.flatMap((pool) =>
      pool.endsAt === null ? [] : [{ kind: 'POOL_ENDS' as const, at: pool.endsAt, pool }],
    ),
    ...readings.map((reading) => ({ kind: 'READING' as const, at: reading.at, reading })),
  ];
  return moments
    .filter(({ at }) => at > after && at <= asOf)
    .toSorted(
      (a, b) =>
        a.at.getTime() - b.at.getTime() || orderOfKinds.indexOf(a.kind) - orderOfKinds.indexOf(b.kind),
    );
};

/** A reading recorded again for the same instant puts the first one right. */
const oneForEachInstant = (readings: readonly Reading[]): Reading[] => [
  ...new Map(readings.map((reading) => [reading.at.getTime(), reading])).values(),
];
