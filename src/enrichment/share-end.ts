import type { Credential } from '../connections/choose-credential.js';
import { isProblemCode, type Problem } from '../errors.js';
import type { Ended, Shared } from '../ledger/create-waiter.js';
import type { Answer } from './answer.js';
import { answerFromRaw } from './answer-from-snapshot.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, explainUnknown } from './explain.js';
import { labelsOf } from './labels.js';
import { attemptOf, emptyReceipt } from './receipt.js';
import type { AskRequest } from './request.js';
import type { Wish } from './wish.js';

type Waited<Record> = { id: string; wish: Wish<Record>; credential: Credential; startedMs: number };

/**
 * The end of another's call as our own, at no cost and with an entry of its own. Null where it is not ours: nobody
 * came back; a record found by another instance, whose copy is to be read; a fault of another connection's key.
 */
export const shareEnd = async <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  waited: Waited<Record>,
  ended: Ended,
): Promise<Answer<Record> | null> => {
  if (ended.kind === 'GIVEN_UP') return null;
  if (ended.outcome === 'FOUND') {
    return ended.shared === null ? null : await shareFound(deps, request, waited, ended.shared);
  }
  const { id, wish, credential, startedMs } = waited;
  if (ended.outcome === 'REFUSED' && ended.connectionId !== credential.connectionId) return null;

  const latencyMs = performance.now() - startedMs;
  const why = ended.outcome === 'NOT_FOUND' ? null : sharedProblem(deps, wish, ended);
  await enter(deps, request, waited, { outcome: ended.outcome, unlock: null, problem: why?.code ?? null });
  const answer = { outcome: ended.outcome, problem: why };
  return {
    ...answer,
    record: null,
    raw: null,
    receipt: {
      ...emptyReceipt(id, wish.provider, credential),
      charge: ended.outcome === 'NOT_FOUND' ? 'NOT_FOUND' : 'NONE',
      attempts: [
        attemptOf(answer, {
          provider: wish.provider,
          connectionId: credential.connectionId,
          creditsCharged: 0n,
          latencyMs,
        }),
      ],
    },
  };
};

const shareFound = async <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  waited: Waited<Record>,
  shared: Shared,
): Promise<Answer<Record> | null> => {
  const { id, wish, credential } = waited;
  const answer = answerFromRaw(request, wish, credential, id, { ...shared, fromSnapshot: false });
  if (answer === null) return null;
  await enter(deps, request, waited, { outcome: 'FOUND', unlock: shared.unlock, problem: null });
  return answer;
};

const enter = <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  { id, wish, credential, startedMs }: Waited<Record>,
  end: Pick<Parameters<EnrichmentDeps['ledger']['note']>[0], 'outcome' | 'unlock' | 'problem'>,
): Promise<void> =>
  deps.ledger.note({
    workspaceId: request.caller.workspaceId,
    id,
    accountId: credential.accountId,
    latencyMs: performance.now() - startedMs,
    labels: labelsOf(request, wish, credential),
    ...end,
  });

const sharedProblem = <Record>(
  deps: EnrichmentDeps,
  wish: Wish<Record>,
  ended: Extract<Ended, { kind: 'ENDED' }>,
): Problem => {
  const { title } = deps.providers[wish.provider];
  const code =
    ended.problem !== null && isProblemCode(ended.problem) ? ended.problem : 'PROVIDER_UNAVAILABLE';
  return ended.outcome === 'UNKNOWN' ? explainUnknown(code, title) : explain(code, title);
};
