import type { Problem } from '../../errors.js';
import { costOf } from './quote-cost.js';
import type { CreditRange, QuoteItem, QuoteShare, QuoteStatus } from './quote-shape.js';
import type { Foreseen } from './quote-steps.js';

/** What was foreseen of one item. */
export type ItemFacts = Pick<QuoteItem, 'operation' | 'key'> & {
  /** Why no step could be thought of. */
  problem: Problem | null;
  isDuplicate: boolean;
  steps: readonly Foreseen[];
};

/** An item as the quote shows it. */
export const itemOf = ({ operation, key, problem, isDuplicate, steps }: ItemFacts): QuoteItem => {
  const status = isDuplicate ? 'DUPLICATE' : problem === null ? statusOf(steps) : 'INVALID';
  return {
    operation,
    key,
    status,
    problem: problem ?? (status === 'INVALID' ? (steps[0]?.shown.problem ?? null) : null),
    steps: steps.map(({ shown }) => shown),
    ...costOf(steps.map(({ prospect }) => prospect)),
  };
};

/** By the first step that would not be passed over. */
const statusOf = (steps: readonly Foreseen[]): QuoteStatus => {
  const first = steps.find(({ prospect, shown }) => prospect.kind !== 'PASSED' || shown.fromSnapshot);
  if (first === undefined) return 'INVALID';
  if (first.shown.alreadyUnlocked) return 'UNLOCKED';
  return first.presumed ? 'PRESUMED' : 'NEW';
};

export const addUp = (ranges: readonly CreditRange[]): CreditRange => ({
  minCredits: ranges.reduce((sum, { minCredits }) => sum + minCredits, 0n),
  maxCredits: ranges.reduce((sum, { maxCredits }) => sum + maxCredits, 0n),
});

/** What each provider could charge to each payer, if it were reached by all items and found them. */
export const sharesOf = (items: readonly QuoteItem[]): QuoteShare[] => {
  const shares = new Map<string, QuoteShare>();
  for (const { provider, payer, minCredits, maxCredits } of items.flatMap(({ steps }) => steps)) {
    if (payer === null) continue;
    const key = `${provider} ${payer.kind} ${payer.connectionId ?? ''}`;
    const before = shares.get(key) ?? { provider, payer, minCredits: 0n, maxCredits: 0n };
    shares.set(key, { ...before, ...addUp([before, { minCredits, maxCredits }]) });
  }
  return [...shares.values()];
};
