import type { Credential } from '../connections/choose-credential.js';
import type { Settled } from '../ledger/ask.js';
import type { Answer, Attempt, Receipt } from './answer.js';
import type { ProviderName } from '../providers/provider.js';

/** A receipt over nothing: no charge, no call. */
export const emptyReceipt = (
  id: string,
  provider: ProviderName | null,
  credential: Credential | null,
): Receipt => ({
  id,
  charge: 'NONE',
  creditsCharged: 0n,
  creditsSaved: 0n,
  payer: credential === null ? null : { kind: credential.payer, connectionId: credential.connectionId },
  provider,
  fromSnapshot: false,
  sandbox: credential?.sandbox ?? false,
  unlockedAt: null,
  fetchedAt: null,
  attempts: [],
});

/** What the ledger wrote, as receipt fields. A late answer was booked when it was given up: nothing is added here. */
export const settledFields = (settled: Settled) => ({
  charge: settled.charge ?? 'NONE',
  creditsCharged: settled.credits,
  creditsSaved: settled.saved,
  unlockedAt: settled.unlock?.unlockedAt ?? null,
});

export const attemptOf = (
  answer: Pick<Answer<unknown>, 'outcome' | 'problem'>,
  facts: { provider: ProviderName; connectionId: string | null; creditsCharged: bigint; latencyMs: number },
): Attempt => ({
  ...facts,
  latencyMs: Math.round(facts.latencyMs),
  outcome: answer.outcome,
  reason:
    answer.problem?.message ?? (answer.outcome === 'NOT_FOUND' ? 'The provider has no such record.' : null),
});
