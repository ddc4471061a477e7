import { formatNumber, formatShare } from '../../ui/format.js';
import type { Sums } from './dimensions.js';

const none: Sums = {
  lookups: 0,
  attempts: 0,
  found: 0,
  notFound: 0,
  creditsCharged: 0,
  creditsSaved: 0,
};

export const addSums = (rows: readonly Sums[]): Sums =>
  rows.reduce<Sums>(
    (sum, row) => ({
      lookups: sum.lookups + row.lookups,
      attempts: sum.attempts + row.attempts,
      found: sum.found + row.found,
      notFound: sum.notFound + row.notFound,
      creditsCharged: sum.creditsCharged + row.creditsCharged,
      creditsSaved: sum.creditsSaved + row.creditsSaved,
    }),
    none,
  );

/** `+12 (+8 %)` against the period before; what is new has no percentage. */
export const formatDifference = (now: number, before: number): string => {
  const difference = now - before;
  if (difference === 0) return '±0';
  const sign = difference > 0 ? '+' : '−';
  const share = before > 0 ? `${sign}${formatShare(Math.abs(difference) / before)}` : 'new';
  return `${sign}${formatNumber(Math.abs(difference))} (${share})`;
};

export const hitRateOf = ({ found, notFound }: Sums): number | null =>
  found + notFound === 0 ? null : found / (found + notFound);
