import type { Drift, Plan, Pool, Reading } from './balance.js';
import {
  type Holdings,
  startPool,
  endPool,
  freshHoldings,
  reconcile,
  renew,
  spend,
  totalOf,
} from './holdings.js';
import { lastRenewal, renewalsBetween } from './renewals.js';

/** The facts about an account up to `asOf`; readings in the order of time. */
export type Facts = {
  asOf: Date;
  plan: Plan | null;
  pools: readonly Pool[];
  readings: readonly Reading[];
};

/** An event that changes what an account holds, apart from spending. */
export type Moment = { at: Date } & (
  | { kind: 'POOL_ENDS' | 'POOL_STARTS'; pool: Pool }
  | { kind: 'RENEWAL' }
  | { kind: 'READING'; reading: Reading }
);

/** What an account held at the start, and all events since, in order. */
export type Timeline = {
  startsAt: Date;
  holdings: Holdings;
  reading: Reading | null;
  moments: readonly Moment[];
};

/** The order of events at one instant; a reading includes all others. */
const orderOfKinds = ['POOL_ENDS', 'RENEWAL', 'POOL_STARTS', 'READING'];

/**
 * Builds the timeline from the first reading, or without one from the plan's last renewal; null without both. A reading
 * is one number: the add-ons of that instant are assumed to be full.
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

/** The spending in the ledger in [from, to); without an end, until now. */
export type SpentBetween = (from: Date, to: Date | null) => bigint;

/** The events after `after` up to and including `asOf`: pools that start and end, renewals and readings. */
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

/** A second reading of the same instant replaces the first. */
const oneForEachInstant = (readings: readonly Reading[]): Reading[] => [
  ...new Map(readings.map((reading) => [reading.at.getTime(), reading])).values(),
];

/**
 * Replays a timeline: the ledger's spending is subtracted between two events, and each reading corrects the total, which
 * shows the external spending. Returns what is held now, and the drift of every period between two readings, oldest
 * first.
 */
export const replay = (
  { startsAt, holdings: held, reading, moments }: Timeline,
  plan: Plan | null,
  spentBetween: SpentBetween,
): { holdings: Holdings; drift: Drift[] } => {
  const drift: Drift[] = [];
  let at = startsAt;
  let holdings = held;
  let before = held;
  let since: Open | null = reading === null ? null : { reading, granted: 0n, gatewaySpend: 0n };

  for (const moment of moments) {
    const spent = spentBetween(at, moment.at);
    at = moment.at;
    holdings = spend(holdings, spent);
    if (since !== null) since = { ...since, gatewaySpend: since.gatewaySpend + spent };
    if (moment.kind === 'READING') {
      if (since !== null) drift.push(driftOf(since, moment.reading, totalOf(holdings)));
      holdings = reconcile(holdings, moment.reading.credits, before);
      since = { reading: moment.reading, granted: 0n, gatewaySpend: 0n };
    } else {
      const changed = changedBy(moment, holdings, plan);
      const granted = totalOf(changed) - totalOf(holdings);
      if (since !== null) since = { ...since, granted: since.granted + granted };
      holdings = changed;
    }
    before = holdings;
  }
  return { holdings: spend(holdings, spentBetween(at, null)), drift };
};

/** The period since the latest reading. */
type Open = { reading: Reading; granted: bigint; gatewaySpend: bigint };

const driftOf = ({ reading, granted, gatewaySpend }: Open, next: Reading, expected: bigint): Drift => ({
  from: reading.at,
  to: next.at,
  before: reading.credits,
  after: next.credits,
  granted,
  gatewaySpend,
  externalSpend: expected - next.credits,
});

/** The holdings after a pool or a month has started or ended. */
export const changedBy = (
  moment: Exclude<Moment, { kind: 'READING' }>,
  holdings: Holdings,
  plan: Plan | null,
): Holdings => {
  if (moment.kind === 'POOL_STARTS') return startPool(holdings, moment.pool);
  if (moment.kind === 'POOL_ENDS') return endPool(holdings, moment.pool);
  return plan === null ? holdings : renew(holdings, plan);
};
