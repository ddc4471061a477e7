import type { Problem } from '../errors.js';
import type { ProviderName } from '../providers/provider.js';

export type Outcome = 'FOUND' | 'NOT_FOUND' | 'REFUSED' | 'FAILED' | 'UNKNOWN';
export type Charge = 'CHARGED' | 'ALREADY_UNLOCKED' | 'FREE' | 'NOT_FOUND' | 'PRESUMED' | 'NONE';

/** Who paid, or would have: a stored connection, or the key sent with the request. */
export type Payer = { kind: 'CONNECTION' | 'CALLER_KEY'; connectionId: string | null };

export type Attempt = {
  provider: ProviderName;
  connectionId: string | null;
  outcome: Outcome;
  creditsCharged: bigint;
  latencyMs: number;
  /** Why it did not find; null when it did. */
  reason: string | null;
};

/** What one answer cost, who paid, and how it came about. Its id is the ledger entry's. */
export type Receipt = {
  id: string;
  charge: Charge;
  creditsCharged: bigint;
  creditsSaved: bigint;
  payer: Payer | null;
  provider: ProviderName | null;
  fromSnapshot: boolean;
  sandbox: boolean;
  unlockedAt: Date | null;
  fetchedAt: Date | null;
  attempts: Attempt[];
};

/** One enrichment's end. `raw` is the provider's whole object, as it came. */
export type Answer<Record> = {
  outcome: Outcome;
  record: Record | null;
  raw: unknown;
  receipt: Receipt;
  problem: Problem | null;
};
