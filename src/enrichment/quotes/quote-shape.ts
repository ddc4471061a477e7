import type { Problem } from '../../errors.js';
import type { ProviderName } from '../../providers/catalogue.js';
import type { Payer } from '../lookup-result.js';
import type { CompanyKey, PersonKey } from '../lookup-request.js';

/**
 * What asks would cost. `least` and `most` are what they cost if every record is found: a miss costs nothing, so what
 * is not found costs less. Nothing is asked, reserved or written to learn them.
 */
export type CreditRange = { minCredits: bigint; maxCredits: bigint };

/**
 * UNLOCKED: the first step that can be asked has the record already. PRESUMED: it may have been charged for already, and asking
 * settles that. DUPLICATE: another spelling of an earlier item. INVALID: it would be refused as it stands.
 */
export type QuoteStatus = 'UNLOCKED' | 'NEW' | 'DUPLICATE' | 'INVALID' | 'PRESUMED';

/** One step of one item: what it costs where it is reached and finds. */
export type QuoteStep = CreditRange & {
  /** From 1. */
  step: number;
  provider: ProviderName;
  /** Null where it would be turned away before it is decided who pays. */
  payer: Payer | null;
  alreadyUnlocked: boolean;
  /** Whether a kept copy would answer, so that nobody is asked. */
  fromSnapshot: boolean;
  /** Why this step would be passed over; null where it would be tried. */
  problem: Problem | null;
};

export type QuoteItem = CreditRange & {
  operation: 'COMPANY' | 'PERSON';
  key: CompanyKey | PersonKey;
  status: QuoteStatus;
  /** What is wrong with an INVALID item. */
  problem: Problem | null;
  /** Empty for items that are DUPLICATE, or INVALID by themselves. */
  steps: QuoteStep[];
};

/** All that one provider could charge to one payer. */
export type QuoteShare = CreditRange & { provider: ProviderName; payer: Payer };

export type QuoteBudget = {
  id: string;
  name: string;
  /** A SOFT one warns, and never refuses. */
  mode: 'HARD' | 'SOFT';
  /** What is left of it now; below zero where it is passed. */
  remaining: bigint;
  /** The most that these asks could take of it. */
  maxCredits: bigint;
  allowed: boolean;
};

/** Whether the most that the asks can cost is allowed by everything that could refuse them. */
export type QuoteChecks = {
  budgets: QuoteBudget[];
  /** Of the options and the request's header; true where neither limits. */
  maxCredits: boolean;
  /** Whether the estimated balances suffice; null where one that matters is not known. */
  balance: boolean | null;
  allowed: boolean;
  /** What would refuse, in words. */
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
