import { type QuoteLimits, createQuoteChecks } from './quote-checks.js';
import { addRanges } from './quote-cost.js';
import type { QuotedItem } from './quote-items.js';
import type { Quote, QuoteShare, QuoteStatus, QuoteStep } from './quote-shape.js';

/** The quote of a list without its items: how many have each status, and what they cost together. */
export type QuoteTotals = Omit<Quote, 'items'> & { items: number; new: number; presumed: number };

/** Sums the items of a quote. It keeps the sums, and none of the items. */
export const createQuoteTotals = (
  limits: QuoteLimits,
): { add: (item: QuotedItem) => void; end: () => Promise<QuoteTotals> } => {
  const counts: Record<QuoteStatus, number> = { UNLOCKED: 0, NEW: 0, DUPLICATE: 0, INVALID: 0, PRESUMED: 0 };
  const shares = new Map<string, QuoteShare>();
  const checks = createQuoteChecks(limits);
  let items = 0;
  let total = { minCredits: 0n, maxCredits: 0n };

  return {
    add: ({ item, steps }) => {
      items += 1;
      counts[item.status] += 1;
      total = addRanges([total, item]);
      for (const step of item.steps) addShare(shares, step);
      checks.add(steps);
    },
    end: async () => ({
      items,
      duplicates: counts.DUPLICATE,
      invalid: counts.INVALID,
      unlocked: counts.UNLOCKED,
      new: counts.NEW,
      presumed: counts.PRESUMED,
      ...total,
      perProvider: [...shares.values()],
      checks: await checks.end(total.maxCredits),
    }),
  };
};

/** Adds what the step's provider could charge to its payer, if every item reached it and was found. */
const addShare = (
  shares: Map<string, QuoteShare>,
  { provider, payer, minCredits, maxCredits, registrableDomain }: QuoteStep,
): void => {
  // A step with the registrable domain only finds a record where the same step with the given one did not.
  if (payer === null || registrableDomain !== null) return;
  const key = `${provider} ${payer.kind} ${payer.connectionId ?? ''}`;
  const before = shares.get(key) ?? { provider, payer, minCredits: 0n, maxCredits: 0n };
  shares.set(key, { ...before, ...addRanges([before, { minCredits, maxCredits }]) });
};
