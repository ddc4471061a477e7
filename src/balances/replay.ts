import type { Drift, Plan, Reading } from './balance.js';
import { beginPool, endPool, type Holdings, reconcile, renew, spend, totalOf } from './holdings.js';
import type { Moment, SpentBetween, Timeline } from './timeline.js';

/**
 * Follows an account along its timeline: between two moments the ledger's spending goes out, and each reading puts the
 * total right, which tells what was spent outside of the gateway. Answers what is held now, and the drift of every
 * period between two readings, oldest first.
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

/** What happened since the latest reading. */
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

/** What is held once a pool or a month has begun or ended. */
export const changedBy = (
  moment: Exclude<Moment, { kind: 'READING' }>,
  holdings: Holdings,
  plan: Plan | null,
): Holdings => {
  if (moment.kind === 'POOL_STARTS') return beginPool(holdings, moment.pool);
  if (moment.kind === 'POOL_ENDS') return endPool(holdings, moment.pool);
  return plan === null ? holdings : renew(holdings, plan);
};
