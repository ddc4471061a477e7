import type { ResolvedCredential } from '../connections/resolve-credential.js';
import type { Problem } from '../errors.js';
import type { Charge, IdentifierSource, KnownUnlock, Outcome, SettledEntry } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { Attempt, CallFacts, Receipt } from './lookup-result.js';
import type { StepContext } from './step-context.js';

/** The result of one step: its record, if any, and what goes on the receipt. */
export type StepResult<Record> = {
  outcome: Outcome;
  record: Record | null;
  recordName: string | null;
  raw: () => unknown;
  /** The unlock of its record; null without one. */
  unlockId: string | null;
  problem: Problem | null;
  attempt: Attempt;
  call: CallFacts;
  /** What the ledger charges for reservations of this step that expired before their call was sent. Nearly always empty. */
  earlierAttempts: readonly Attempt[];
  sandbox: boolean;
  unlockedAt: Date | null;
  fetchedAt: Date | null;
  /** How the identifier leads to the record; null without one. */
  identifierSource: IdentifierSource | null;
};

/** All steps of a lookup, in order. */
export type StepResults<Record> = readonly [StepResult<Record>, ...StepResult<Record>[]];

type StepFacts<Record> = {
  /** The id of its entry. */
  id: string;
  outcome: Outcome;
  problem: Problem | null;
  record?: Record | null;
  recordName?: string | null;
  raw?: () => unknown;
  unlockId?: string | null;
  money?: { charge: Charge; creditsCharged: bigint; creditsSaved: bigint };
  latencyMs?: number;
  host?: string;
  cause?: string | null;
  fromSnapshot?: boolean;
  unlockedAt?: Date | null;
  fetchedAt?: Date | null;
  identifierSource?: IdentifierSource;
};

/** Builds the result of a step. Without `money` it charged and saved nothing. */
export const stepResult = <Record>(
  { step, provider }: { step: number; provider: ProviderName },
  credential: ResolvedCredential | null,
  facts: StepFacts<Record>,
): StepResult<Record> => ({
  outcome: facts.outcome,
  record: facts.record ?? null,
  recordName: facts.recordName ?? null,
  raw: facts.raw ?? noRaw,
  unlockId: facts.unlockId ?? null,
  problem: facts.problem,
  attempt: {
    step,
    entryId: facts.id,
    provider,
    connectionId: credential?.connectionId ?? null,
    payer: credential === null ? null : { kind: credential.payer, connectionId: credential.connectionId },
    outcome: facts.outcome,
    ...(facts.money ?? { charge: 'NONE', creditsCharged: 0n, creditsSaved: 0n }),
    fromSnapshot: facts.fromSnapshot ?? false,
    latencyMs: Math.round(facts.latencyMs ?? 0),
    code: facts.problem?.code ?? null,
    reason: facts.problem?.message ?? (facts.outcome === 'NOT_FOUND' ? noSuchRecord : null),
    registrableDomain: null,
  },
  call: { host: facts.host ?? null, cause: facts.cause ?? null },
  earlierAttempts: [],
  sandbox: credential?.sandbox ?? false,
  unlockedAt: facts.unlockedAt ?? null,
  fetchedAt: facts.fetchedAt ?? null,
  identifierSource: facts.identifierSource ?? null,
});

const noRaw = (): null => null;

const noSuchRecord = 'The provider has no such record.';

/** The money of a settled entry. A reservation that was never committed has none. */
export const moneyOf = (settled: SettledEntry) => ({
  charge: settled.charge ?? ('NONE' as const),
  creditsCharged: settled.credits,
  creditsSaved: settled.saved,
});

/** The same result, with the required fields that its record does not have as its reason. */
export const withMissingFields = <Record>(
  result: StepResult<Record>,
  problem: Problem,
): StepResult<Record> => ({
  ...result,
  attempt: { ...result.attempt, code: problem.code, reason: problem.message },
});

/** The same result of a step that looked up the registrable domain of a subdomain that was missed. */
export const withRegistrableDomain = <Record>(
  result: StepResult<Record>,
  registrableDomain: string,
): StepResult<Record> => ({
  ...result,
  earlierAttempts: result.earlierAttempts.map((attempt) => ({ ...attempt, registrableDomain })),
  attempt: { ...result.attempt, registrableDomain },
});

/**
 * The result of a step whose record the account has unlocked already, parsed by today's code; null where that cannot
 * read it. The snapshot stays text and is parsed again for the few who read `raw`: a parsed object takes many times the
 * memory, and a list of a hundred records holds them side by side.
 */
export const resultFromSnapshot = <Record>(
  context: StepContext<Record>,
  credential: ResolvedCredential,
  id: string,
  { unlock, body, fetchedAt }: { unlock: KnownUnlock; body: string; fetchedAt: Date },
): StepResult<Record> | null => {
  const raw = (): unknown => JSON.parse(body);
  return resultFromRaw(context, credential, id, raw, { unlock, fetchedAt, fromSnapshot: true, latencyMs: 0 });
};

export const resultFromRaw = <Record>(
  { request, query, position }: StepContext<Record>,
  credential: ResolvedCredential,
  id: string,
  raw: () => unknown,
  known: { unlock: KnownUnlock; fetchedAt: Date; fromSnapshot: boolean; latencyMs: number },
): StepResult<Record> | null => {
  const read = query.read(raw());
  if (read === null) return null;
  request.tally.saved += known.unlock.price;
  return stepResult({ step: position.step, provider: query.provider.name }, credential, {
    id,
    outcome: 'FOUND',
    problem: null,
    record: read.record,
    recordName: query.nameOf(read.record),
    raw,
    unlockId: known.unlock.id,
    money: { charge: 'ALREADY_UNLOCKED', creditsCharged: 0n, creditsSaved: known.unlock.price },
    latencyMs: known.latencyMs,
    fromSnapshot: known.fromSnapshot,
    unlockedAt: known.unlock.unlockedAt,
    fetchedAt: known.fetchedAt,
    identifierSource: known.unlock.source,
  });
};

/** The receipt over all steps of a lookup. `decisive` is the step that decides its result. */
export const receiptOf = (results: StepResults<unknown>, decisive: StepResult<unknown>): Receipt => {
  const attempts = results.flatMap(({ earlierAttempts, attempt }) => [...earlierAttempts, attempt]);
  return {
    id: firstEntryId(results[0]),
    charge: chargeOf(attempts, decisive.attempt),
    creditsCharged: sum(attempts.map(({ creditsCharged }) => creditsCharged)),
    creditsSaved: sum(attempts.map(({ creditsSaved }) => creditsSaved)),
    payer: decisive.attempt.payer,
    provider: decisive.attempt.provider,
    fromSnapshot: decisive.attempt.fromSnapshot,
    sandbox: decisive.sandbox,
    unlockedAt: decisive.unlockedAt,
    fetchedAt: decisive.fetchedAt,
    registrableDomain: decisive.attempt.registrableDomain,
    identifierSource: decisive.identifierSource,
    recordName: results.find(({ recordName }) => recordName !== null)?.recordName ?? null,
    attempts,
  };
};

/** The id of the first entry of a step. That of a lookup's first step is the id of the lookup. */
export const firstEntryId = ({ earlierAttempts: [earlier], attempt }: StepResult<unknown>): string =>
  (earlier ?? attempt).entryId;

/** A step that was charged goes before one that was not. */
const chargeOf = (attempts: readonly Attempt[], decisive: Attempt): Charge =>
  (['CHARGED', 'PRESUMED'] as const).find((charge) => attempts.some((one) => one.charge === charge)) ??
  decisive.charge;

const sum = (credits: readonly bigint[]): bigint => credits.reduce((total, one) => total + one, 0n);
