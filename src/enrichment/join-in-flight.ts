import type { ResolvedCredential } from '../connections/resolve-credential.js';
import { isProblemCode, type Problem } from '../errors.js';
import type { IdentifierSource } from '../ledger/types.js';
import type { SharedRecord, WaitResult } from '../ledger/wait.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, explainUnknown } from './explain.js';
import { kindOf, labelsOf, type StepContext } from './step-context.js';
import { resultFromRaw, type StepResult, stepResult } from './step-result.js';

/** Waits for the call that is in flight, for as long as the lookup has time; null where the time is over. */
export const waitInFlight = async <Record>(
  deps: EnrichmentDeps,
  { request, deadline }: StepContext<Record>,
  reservationId: string,
): Promise<WaitResult | null> => {
  if (deadline.remainingMs() === 0) return null;
  const { workspaceId } = request.caller;
  try {
    return await withTimeout(
      deadline.remainingMs(),
      deps.ledger.wait({ workspaceId, id: reservationId }),
      () => outOfTime,
    );
  } catch (error) {
    if (error === outOfTime) return null;
    throw error;
  }
};

const outOfTime = new Error('the lookup has no time left to wait');

type Waiter = {
  id: string;
  credential: ResolvedCredential;
  latencyMs: number;
  /** How the identifier leads to the record that is in flight. */
  source: IdentifierSource;
  /** Whether the call in flight costs nothing. */
  isFree: boolean;
};

/**
 * The result of the call that was in flight as this step's own result, at no cost and with its own entry. Null where it
 * does not apply to this step: the call was given up; its record was found by another instance, whose snapshot is read
 * next; the fault was of another connection's key; it missed because of required fields, or ran out of time.
 */
export const joinInFlight = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  waiter: Waiter,
  waited: WaitResult,
): Promise<StepResult<Record> | null> => {
  if (waited.kind === 'GIVEN_UP') return null;
  if (waited.outcome === 'FOUND') {
    return waited.shared === null ? null : await shareFound(deps, context, waiter, waited.shared);
  }
  const { id, credential, latencyMs, isFree } = waiter;
  if (waited.outcome === 'REFUSED' && waited.connectionId !== credential.connectionId) return null;
  if (waited.outcome === 'FAILED' && waited.problem === 'PROVIDER_TIMEOUT') return null;
  if (isMissForFields(waited)) return null;

  const { query, position } = context;
  const problem =
    waited.outcome === 'NOT_FOUND' ? null : sharedProblem(context, { credential, isFree }, waited);
  await writeEntry(deps, context, waiter, {
    outcome: waited.outcome,
    unlock: null,
    problem: problem?.code ?? null,
  });
  const charge = waited.outcome === 'NOT_FOUND' ? 'NOT_FOUND' : 'NONE';
  return stepResult({ step: position.step, provider: query.provider.name }, credential, {
    id,
    outcome: waited.outcome,
    problem,
    called: true,
    money: { charge, creditsCharged: 0n, creditsSaved: 0n },
    latencyMs,
  });
};

export const isMissForFields = (waited: WaitResult): boolean =>
  waited.kind === 'SETTLED' && waited.outcome === 'NOT_FOUND' && waited.problem === 'FIELDS_MISSING';

const shareFound = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  waiter: Waiter,
  { unlock, raw, fetchedAt }: SharedRecord,
): Promise<StepResult<Record> | null> => {
  const { id, credential, latencyMs, source } = waiter;
  const known = { unlock: { ...unlock, source }, fetchedAt, fromSnapshot: false, latencyMs };
  const result = resultFromRaw(context, credential, id, raw, known);
  if (result === null) return null;
  await writeEntry(deps, context, waiter, { outcome: 'FOUND', unlock, problem: null });
  return result;
};

const writeEntry = <Record>(
  deps: EnrichmentDeps,
  { request, query, position }: StepContext<Record>,
  { id, credential, latencyMs }: Waiter,
  facts: Pick<Parameters<EnrichmentDeps['ledger']['recordEntry']>[0], 'outcome' | 'unlock' | 'problem'>,
): Promise<void> =>
  deps.ledger.recordEntry({
    workspaceId: request.caller.workspaceId,
    id,
    accountId: credential.accountId,
    latencyMs,
    labels: labelsOf(request, kindOf(query), credential, position, id),
    ...facts,
  });

const sharedProblem = <Record>(
  { query }: StepContext<Record>,
  { credential: { payer }, isFree }: Pick<Waiter, 'credential' | 'isFree'>,
  waited: Extract<WaitResult, { kind: 'SETTLED' }>,
): Problem => {
  const code =
    waited.problem !== null && isProblemCode(waited.problem) ? waited.problem : 'PROVIDER_UNAVAILABLE';
  return waited.outcome === 'UNKNOWN'
    ? explainUnknown(code, query.provider, { isFree })
    : explain(code, query.provider, null, payer);
};
