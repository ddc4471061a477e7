import type { ResolvedCredential } from '../connections/resolve-credential.js';
import type { Problem } from '../errors.js';
import type { Charge, IdentifierSource, KnownUnlock, Outcome, SettledEntry } from '../ledger/types.js';
import type { ProviderName } from '../providers/catalogue.js';
import type { Attempt, CallFacts, Receipt } from './lookup-result.js';
import type { DecodedSnapshot } from './snapshot-cache.js';
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
  /** Whether the provider was called. Absent: it was if it answered, or may have. */
  called?: boolean;
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
  call: { called: isCalled(facts) ? provider : null, host: facts.host ?? null, cause: facts.cause ?? null },
  earlierAttempts: [],
  sandbox: credential?.sandbox ?? false,
  unlockedAt: facts.unlockedAt ?? null,
  fetchedAt: facts.fetchedAt ?? null,
  identifierSource: facts.identifierSource ?? null,
});

const isCalled = ({ called, outcome, fromSnapshot }: StepFacts<unknown>): boolean =>
  called ?? (fromSnapshot !== true && outcome !== 'REFUSED' && outcome !== 'FAILED');

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

type Finding<Record> = Pick<StepContext<Record>, 'request' | 'query' | 'position'>;

/**
 * The result of a step whose record the account has unlocked already. The snapshot stays text and is parsed again for the
 * few who read `raw`: a parsed object takes many times the memory.
 */
export const resultFromSnapshot = <Record>(
  context: Finding<Record>,
  credential: ResolvedCredential,
  id: string,
  unlock: KnownUnlock,
  { body, fetchedAt, record, name }: DecodedSnapshot<Record>,
): StepResult<Record> => {
  const raw = (): unknown => JSON.parse(body);
  const known = { unlock, fetchedAt, fromSnapshot: true, latencyMs: 0 };
  return resultOfKnown(context, credential, id, { record, name, raw }, known);
};

/** The same of a record that another call has just fetched; null where this release cannot read it. */
export const resultFromRaw = <Record>(
  context: Finding<Record>,
  credential: ResolvedCredential,
  id: string,
  raw: () => unknown,
  known: KnownFacts,
): StepResult<Record> | null => {
  const read = context.query.read(raw());
  if (read === null) return null;
  const { record } = read;
  return resultOfKnown(context, credential, id, { record, name: context.query.nameOf(record), raw }, known);
};

type KnownFacts = { unlock: KnownUnlock; fetchedAt: Date; fromSnapshot: boolean; latencyMs: number };

const resultOfKnown = <Record>(
  { request, query, position }: Finding<Record>,
  credential: ResolvedCredential,
  id: string,
  { record, name, raw }: { record: Record; name: string | null; raw: () => unknown },
  known: KnownFacts,
): StepResult<Record> => {
  request.tally.saved += known.unlock.price;
  return stepResult({ step: position.step, provider: query.provider.name }, credential, {
    id,
    outcome: 'FOUND',
    problem: null,
    record,
    recordName: name,
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
