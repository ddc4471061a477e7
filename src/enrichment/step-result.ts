import type { Credential } from '../connections/choose-credential.js';
import type { Problem } from '../errors.js';
import type { Charge, Outcome, SettledEntry } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { Attempt } from './lookup-result.js';

/** How one step ended: its record, if any, and what goes on the receipt. */
export type StepResult<Record> = {
  outcome: Outcome;
  record: Record | null;
  raw: () => unknown;
  problem: Problem | null;
  attempt: Attempt;
  sandbox: boolean;
  unlockedAt: Date | null;
  fetchedAt: Date | null;
};

type Facts<Record> = {
  /** Its entry's. */
  id: string;
  outcome: Outcome;
  problem: Problem | null;
  record?: Record | null;
  raw?: () => unknown;
  money?: { charge: Charge; creditsCharged: bigint; creditsSaved: bigint };
  latencyMs?: number;
  fromSnapshot?: boolean;
  unlockedAt?: Date | null;
  fetchedAt?: Date | null;
};

/** What a step came to; without `money` it moved none. */
export const stepResult = <Record>(
  asked: { step: number; provider: ProviderName },
  credential: Credential | null,
  facts: Facts<Record>,
): StepResult<Record> => ({
  outcome: facts.outcome,
  record: facts.record ?? null,
  raw: facts.raw ?? nothing,
  problem: facts.problem,
  attempt: {
    step: asked.step,
    entryId: facts.id,
    provider: asked.provider,
    connectionId: credential?.connectionId ?? null,
    payer: credential === null ? null : { kind: credential.payer, connectionId: credential.connectionId },
    outcome: facts.outcome,
    ...(facts.money ?? { charge: 'NONE', creditsCharged: 0n, creditsSaved: 0n }),
    fromSnapshot: facts.fromSnapshot ?? false,
    latencyMs: Math.round(facts.latencyMs ?? 0),
    code: facts.problem?.code ?? null,
    reason: facts.problem?.message ?? (facts.outcome === 'NOT_FOUND' ? noSuchRecord : null),
  },
  sandbox: credential?.sandbox ?? false,
  unlockedAt: facts.unlockedAt ?? null,
  fetchedAt: facts.fetchedAt ?? null,
});

const nothing = (): null => null;

const noSuchRecord = 'The provider has no such record.';

/** What the ledger wrote, as money. A late answer was booked when it was given up: nothing is added here. */
export const moneyOf = (settled: SettledEntry) => ({
  charge: settled.charge ?? ('NONE' as const),
  creditsCharged: settled.credits,
  creditsSaved: settled.saved,
});

/** The end of a step with something that its record lacks. */
export const withMissingFields = <Record>(end: StepResult<Record>, problem: Problem): StepResult<Record> => ({
  ...end,
  attempt: { ...end.attempt, code: problem.code, reason: problem.message },
});
