import type { Problem } from '../../errors.js';
import type { ProviderName } from '../../providers/catalogue.js';
import type { CompanyKey, PersonKey } from '../lookup-request.js';
import type { Payer } from '../lookup-result.js';
import type { RecordKind } from '../../providers/provider.js';

/** What lookups cost if every record is found, in credits. A miss costs nothing. */
export type CreditRange = { minCredits: bigint; maxCredits: bigint };

/**
 * UNLOCKED: the account of the first possible step has the record already. PRESUMED: it may have been charged already;
 * looking it up settles that. DUPLICATE: another spelling of an earlier item. INVALID: it would be refused.
 */
export type QuoteStatus = 'UNLOCKED' | 'NEW' | 'DUPLICATE' | 'INVALID' | 'PRESUMED';

/** One step of one item: what it costs if it is reached and finds a record. */
export type QuoteStep = CreditRange & {
  /** From 1. */
  step: number;
  provider: ProviderName;
  /** Null where the step would be refused before its payer is resolved. */
  payer: Payer | null;
  alreadyUnlocked: boolean;
  /** Whether a snapshot would be returned, without a call. */
  fromSnapshot: boolean;
  /** Why this step would be skipped; null where it would be tried. */
  problem: Problem | null;
  /** The registrable domain that it would look up, if the subdomain that was given is missed; null otherwise. */
  registrableDomain: string | null;
};

export type QuoteItem = CreditRange & {
  operation: RecordKind;
  key: CompanyKey | PersonKey;
  status: QuoteStatus;
  /** What is wrong with an INVALID item. */
  problem: Problem | null;
  /** Empty for a DUPLICATE, and for an item with an INVALID identifier. */
  steps: QuoteStep[];
};

/** What one provider could charge to one payer. */
export type QuoteShare = CreditRange & { provider: ProviderName; payer: Payer };

export type QuoteBudget = {
  id: string;
  name: string;
  /** A SOFT budget only alerts. */
  mode: 'HARD' | 'SOFT';
  /** Credits left in it now; negative where it is exceeded. */
  remaining: bigint;
  /** The most credits that these lookups could take from it. */
  maxCredits: bigint;
  allowed: boolean;
};

/** Whether the maximum cost is within every limit that could refuse the lookups. */
export type QuoteChecks = {
  budgets: QuoteBudget[];
  /** The limits of the options and of the request; true where neither is set. */
  maxCredits: boolean;
  /** Whether the estimated balances suffice; null where one of them is unknown. */
  balance: boolean | null;
  allowed: boolean;
  /** One sentence for each check that fails. */
  reasons: string[];
};

export type Quote = CreditRange & {
  /** The companies, then the people, each in the order in which they were given. */
  items: QuoteItem[];
  duplicates: number;
  invalid: number;
  unlocked: number;
  perProvider: QuoteShare[];
  checks: QuoteChecks;
};
