import type { Problem } from '../errors.js';
import type { Outcome } from '../ledger/types.js';

type End = { outcome: Outcome; problem: Problem | null };

/**
 * Which step of an ask decides its answer, by its place. The first that found; else the last, if nobody knows what came
 * of it or the ledger stopped there; else a miss, if all who could be asked missed; else the trouble of those who could
 * not say, first of which passes by itself.
 */
export const decideOutcome = (ends: readonly [End, ...End[]]): number => {
  const found = ends.findIndex(({ outcome }) => outcome === 'FOUND');
  if (found >= 0) return found;
  const last = ends[ends.length - 1] ?? ends[0];
  if (last.outcome === 'UNKNOWN' || last.problem?.code === 'LEDGER_UNAVAILABLE') return ends.length - 1;

  // A provider that looks up by no such identifier could not be asked at all.
  const isAsked = ({ outcome, problem }: End): boolean =>
    outcome === 'NOT_FOUND' || problem?.code !== 'INVALID_IDENTIFIER';
  const isTrouble = (end: End): boolean => isAsked(end) && end.outcome !== 'NOT_FOUND';
  const passing = ends.findIndex((end) => isTrouble(end) && end.problem?.retryable === true);
  if (passing >= 0) return passing;
  const trouble = ends.findIndex(isTrouble);
  if (trouble >= 0) return trouble;
  return Math.max(0, ends.findLastIndex(isAsked));
};
