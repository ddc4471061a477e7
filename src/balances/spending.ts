import { dayMs } from './burn-rate.js';
import type { SpentBetween, Timeline } from './timeline.js';

/** What the ledger charged from one cut to the next; the last one has no end. */
export type Spending = { from: Date; credits: bigint };

/** The instants between which spending must be known, ascending: every moment, and the beginnings of the burn rates. */
export const cutsOf = (asOf: Date, timeline: Timeline | null): Date[] => {
  const cuts = [
    new Date(asOf.getTime() - 30 * dayMs),
    new Date(asOf.getTime() - 7 * dayMs),
    ...(timeline === null ? [] : [timeline.startsAt, ...timeline.moments.map(({ at }) => at)]),
  ];
  const distinct = new Set(cuts.map((cut) => cut.getTime()));
  return [...distinct].toSorted((a, b) => a - b).map((ms) => new Date(ms));
};

/** Adds up spending between two of its cuts. */
export const spentBetween =
  (spending: readonly Spending[]): SpentBetween =>
  (from, to) =>
    spending
      .filter((one) => one.from >= from && (to === null || one.from < to))
      .reduce((sum, { credits }) => sum + credits, 0n);
