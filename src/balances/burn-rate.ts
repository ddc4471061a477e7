import type { Drift } from './balance.js';

export const dayMs = 86_400_000;

/**
 * Credits per day over the last `days` up to `asOf`: what the ledger charged, and of what was spent outside of the
 * gateway the share that its period has in those days.
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

/** Credits that came from elsewhere were not spent, so they make nobody's rate smaller. */
const shareSince = (from: number, { from: begin, to, externalSpend }: Drift): number => {
  if (externalSpend <= 0n || to.getTime() < from) return 0;
  const length = to.getTime() - begin.getTime();
  const inside = to.getTime() - Math.max(from, begin.getTime());
  return Number(externalSpend) * (length === 0 ? 1 : inside / length);
};
