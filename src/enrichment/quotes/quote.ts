import { authorize, type Caller } from '../../access/caller.js';
import {
  allowanceFor,
  type CompanyKey,
  type LookupOptions,
  type LookupRequest,
  type PersonKey,
  workflowOf,
} from '../lookup-request.js';
import type { RemainingBudget } from './quote-checks.js';
import { openItemQuoter, type QuoteItemsDeps } from './quote-items.js';
import type { Quote } from './quote-shape.js';
import { createQuoteTotals, type QuoteTotals } from './quote-totals.js';
import type { RecordKind } from '../../providers/provider.js';

export type QuoteDeps = QuoteItemsDeps & {
  remainingBudgets: (caller: Caller) => Promise<readonly RemainingBudget[]>;
  /** The estimated balance of an account; null where it is unknown. */
  balanceOf: (caller: Caller, accountId: string) => Promise<bigint | null>;
};

/** Returns what lookups would cost. */
export type QuoteVerb = (
  request: LookupRequest,
  keys: { companies: readonly CompanyKey[]; people: readonly PersonKey[] },
  options: LookupOptions,
) => Promise<Quote>;

/**
 * Creates the function that quotes lookups: it decides as they would, and calls, reserves and writes nothing. It throws
 * FORBIDDEN for callers who may not enrich, BAD_REQUEST as lookups do, and LEDGER_UNAVAILABLE.
 */
export const createQuote =
  (deps: QuoteDeps): QuoteVerb =>
  async (request, keys, options) => {
    authorize(request.caller, 'enrich');
    const quoteAll = async (operation: RecordKind, some: readonly (CompanyKey | PersonKey)[]) => {
      if (some.length === 0) return [];
      const quoter = await openItemQuoter(deps, request, options, { operation, readsSnapshots: true });
      const seen = new Set<string>();
      return await quoter.quote(some, (lookupKey) => seen.size === seen.add(lookupKey).size);
    };
    const items = [
      ...(await quoteAll('COMPANY', keys.companies)),
      ...(await quoteAll('PERSON', keys.people)),
    ];
    const totals = await openTotals(deps, request, options, { limited: 'request' });
    for (const item of items) totals.add(item);
    return { ...(await totals.end()), items: items.map(({ item }) => item) };
  };

/** The quote of a list that is added in parts. No item is kept. */
export type ListQuote = {
  add: (keys: readonly (CompanyKey | PersonKey)[]) => Promise<void>;
  end: () => Promise<QuoteTotals>;
};

/** Begins the quote of a list: `isDuplicate` is called once with the lookup key of each valid item. */
export type ListQuoteVerb = (
  request: LookupRequest,
  options: LookupOptions,
  list: {
    operation: RecordKind;
    /** What the whole list may spend; null for no limit. */
    maxCredits: bigint | null;
    isDuplicate: (lookupKey: string) => boolean;
  },
) => Promise<ListQuote>;

/** Creates the function that quotes lists of any length, by the rules of `createQuote`. It throws what that throws. */
export const createListQuote =
  (deps: QuoteDeps): ListQuoteVerb =>
  async (request, options, { operation, maxCredits, isDuplicate }) => {
    authorize(request.caller, 'enrich');
    const quoter = await openItemQuoter(deps, request, options, { operation, readsSnapshots: false });
    const totals = await openTotals(deps, request, options, { limited: 'job', maxCredits });
    return {
      add: async (keys) => {
        for (const item of await quoter.quote(keys, isDuplicate)) totals.add(item);
      },
      end: async () => {
        const { checks, ...sums } = await totals.end();
        if (quoter.problem === null) return { ...sums, checks };
        return { ...sums, checks: { ...checks, allowed: false, reasons: [quoter.problem.message] } };
      },
    };
  };

const openTotals = async (
  deps: QuoteDeps,
  request: LookupRequest,
  options: LookupOptions,
  { limited, maxCredits = null }: { limited: 'request' | 'job'; maxCredits?: bigint | null },
) => {
  const left = allowanceFor(request, options).left();
  const limits = [left, maxCredits].filter((limit) => limit !== null);
  const least = limits.length === 0 ? null : limits.reduce((one, other) => (one < other ? one : other));
  return createQuoteTotals({
    caller: request.caller,
    workflow: workflowOf(request, options),
    budgets: await deps.remainingBudgets(request.caller),
    creditsMax: request.caller.scopes.spend ? least : 0n,
    limited,
    balanceOf: deps.balanceOf,
  });
};
