import type { Credential } from '../connections/choose-credential.js';
import { isProblemCode, type Problem } from '../errors.js';
import type { WaitResult, SharedRecord } from '../ledger/wait.js';
import { resultFromRaw } from './result-from-snapshot.js';
import type { StepContext } from './step-context.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, explainUnknown } from './explain.js';
import { aboutOf, labelsOf } from './labels.js';
import { type StepResult, stepResult } from './step-result.js';

type Waited = { id: string; credential: Credential; latencyMs: number };

/**
 * The end of another's call as our own, at no cost and with an entry of its own. Null where it is not ours: nobody
 * came back; a record found by another instance, whose copy is to be read; a fault of another connection's key; a miss
 * for want of fields that we may not need, or for want of time that we may have.
 */
export const joinInFlight = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  waited: Waited,
  ended: WaitResult,
): Promise<StepResult<Record> | null> => {
  if (ended.kind === 'GIVEN_UP') return null;
  if (ended.outcome === 'FOUND') {
    return ended.shared === null ? null : await shareFound(deps, context, waited, ended.shared);
  }
  const { id, credential, latencyMs } = waited;
  if (ended.outcome === 'REFUSED' && ended.connectionId !== credential.connectionId) return null;
  if (ended.outcome === 'FAILED' && ended.problem === 'PROVIDER_TIMEOUT') return null;
  if (isMissForFields(ended)) return null;

  const { query, place } = context;
  const problem = ended.outcome === 'NOT_FOUND' ? null : sharedProblem(context, credential, ended);
  await enter(deps, context, waited, {
    outcome: ended.outcome,
    unlock: null,
    problem: problem?.code ?? null,
  });
  return stepResult({ step: place.step, provider: query.provider.name }, credential, {
    id,
    outcome: ended.outcome,
    problem,
    money: {
      charge: ended.outcome === 'NOT_FOUND' ? 'NOT_FOUND' : 'NONE',
      creditsCharged: 0n,
      creditsSaved: 0n,
    },
    latencyMs,
  });
};

export const isMissForFields = (ended: WaitResult): boolean =>
  ended.kind === 'SETTLED' && ended.outcome === 'NOT_FOUND' && ended.problem === 'FIELDS_MISSING';

const shareFound = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  waited: Waited,
  shared: SharedRecord,
): Promise<StepResult<Record> | null> => {
  const { id, credential, latencyMs } = waited;
  const { unlock, raw, fetchedAt } = shared;
  const ours = { unlock, fetchedAt, fromSnapshot: false, latencyMs };
  const end = resultFromRaw(context, credential, id, raw, ours);
  if (end === null) return null;
  await enter(deps, context, waited, { outcome: 'FOUND', unlock, problem: null });
  return end;
};

const enter = <Record>(
  deps: EnrichmentDeps,
  { request, query, place }: StepContext<Record>,
  { id, credential, latencyMs }: Waited,
  end: Pick<Parameters<EnrichmentDeps['ledger']['recordEntry']>[0], 'outcome' | 'unlock' | 'problem'>,
): Promise<void> =>
  deps.ledger.recordEntry({
    workspaceId: request.caller.workspaceId,
    id,
    accountId: credential.accountId,
    latencyMs,
    labels: labelsOf(request, aboutOf(query), credential, place, id),
    ...end,
  });

const sharedProblem = <Record>(
  { query }: StepContext<Record>,
  { payer }: Credential,
  ended: Extract<WaitResult, { kind: 'SETTLED' }>,
): Problem => {
  const code =
    ended.problem !== null && isProblemCode(ended.problem) ? ended.problem : 'PROVIDER_UNAVAILABLE';
  return ended.outcome === 'UNKNOWN'
    ? explainUnknown(code, query.provider)
    : explain(code, query.provider, null, payer);
};
