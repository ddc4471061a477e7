import type { Problem, ProblemCode } from '../errors.js';
import type { Charge, Outcome } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';

/** Who paid, or would have: a stored connection, the key sent with the request, or the operator's account. */
export type Payer = { kind: 'CONNECTION' | 'CALLER_KEY' | 'MANAGED'; connectionId: string | null };

/** What one step of an ask came to; its entry in the ledger says the same. */
export type Attempt = {
  /** From 1. */
  step: number;
  entryId: string;
  provider: ProviderName;
  connectionId: string | null;
  /** Null where it was turned away before it was decided who pays. */
  payer: Payer | null;
  outcome: Outcome;
  charge: Charge;
  creditsCharged: bigint;
  creditsSaved: bigint;
  fromSnapshot: boolean;
  latencyMs: number;
  /** Why it did not find, or what its record lacks; null when it did all that was wished for. */
  code: ProblemCode | null;
  reason: string | null;
};

/** What one answer cost over all its steps, who paid, and how it came about. Its id is its first entry's. */
export type Receipt = {
  id: string;
  charge: Charge;
  creditsCharged: bigint;
  creditsSaved: bigint;
  /** Of the step whose record this is, or that decided the answer. */
  payer: Payer | null;
  provider: ProviderName | null;
  fromSnapshot: boolean;
  sandbox: boolean;
  unlockedAt: Date | null;
  fetchedAt: Date | null;
  attempts: Attempt[];
};

/** Which provider a field of a record came from: `name`, or `emails.personal` where only a part was filled in. */
export type FieldSource = { field: string; provider: ProviderName };

/**
 * One enrichment's end. `raw` is the whole object of the provider that found first, as it came. It and the sources are
 * made for those who ask for them, which few do.
 */
export type LookupResult<Record> = {
  outcome: Outcome;
  record: Record | null;
  raw: () => unknown;
  /** For every field that is filled. */
  sources: () => FieldSource[];
  receipt: Receipt;
  problem: Problem | null;
};
