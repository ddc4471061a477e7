import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, isProblemCode, problem } from '../errors.js';
import type { Ask, Reserved } from '../ledger/ask.js';
import type { Ended } from '../ledger/create-waiter.js';
import { newId } from '../platform/ids.js';
import type { Answer } from './answer.js';
import type { Allowance } from './allowance.js';
import { callProvider } from './call-provider.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, explainBudget, maxCreditsExceeded } from './explain.js';
import { labelsOf } from './labels.js';
import { attemptOf, emptyReceipt } from './receipt.js';
import { refuse } from './refuse.js';
import type { AskRequest } from './request.js';
import type { Wish } from './wish.js';

// Each round waits for somebody's call or loses a race to a call that then stands: more than a few mean a fault.
const roundsMax = 25;

/**
 * The story of one ask, from the decision who pays to the receipt. Never throws for what befalls an ask: that is in
 * the answer. Who pays is decided once; what is already ours is answered from its copy or fetched again for free; what
 * is being fetched is waited for; else credits are reserved, the provider is called, and its answer settled before
 * the caller hears of it.
 */
export const askRecord = async <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  wish: Wish<Record>,
  allowance: Allowance,
): Promise<Answer<Record>> => {
  const startedMs = performance.now();
  const provider = deps.providers[wish.provider];
  const id = newId();
  let credential: Credential | null = null;
  let granted = 0n;
  const refused = (error: GatewayError | Answer<Record>['problem']) =>
    refuse<Record>(deps, request, { id, wish, credential, startedMs }, error);

  try {
    credential = await deps.chooseCredential(request.caller, {
      provider: wish.provider,
      callerKey: request.callerKeys[wish.provider] ?? null,
      connectionId: wish.connectionId,
    });
    const ask = askFor(request, wish, credential, id, provider.price);
    let maxAgeSeconds = wish.maxAgeSeconds;

    for (let round = 0; round < roundsMax; round += 1) {
      const mayCharge = granted > 0n || !allowance.limited;
      const reserved = await deps.ledger.reserve({ ...ask, mayCharge, maxAgeSeconds });
      switch (reserved.status) {
        case 'HIT': {
          const answer = fromSnapshot(request, wish, credential, id, reserved);
          if (answer !== null) return answer;
          deps.log.warn({ unlock: reserved.unlock.id }, 'a snapshot could not be read and is fetched again');
          maxAgeSeconds = -1;
          break;
        }
        case 'RESERVED': {
          const held = granted;
          granted = 0n;
          return await callProvider(deps, request, wish, credential, {
            ask,
            reserved,
            spent: (credits) => allowance.settle(held, credits),
          });
        }
        case 'WAIT': {
          const ended = await deps.ledger.wait({ ...ask, id: reserved.reservationId });
          if (endsAlike(ended, credential)) {
            return await shareEnd(deps, request, { id, wish, credential, startedMs }, ended);
          }
          // What was fetched while we waited is as fresh as if we had fetched it.
          const waitedSeconds = Math.ceil((performance.now() - startedMs) / 1000) + 1;
          maxAgeSeconds = Math.max(maxAgeSeconds, waitedSeconds);
          break;
        }
        case 'NEEDS_CREDITS':
          if (!(await allowance.take(provider.price))) return await refused(maxCreditsExceeded());
          granted = provider.price;
          break;
        case 'OVER_BUDGET':
          return overBudget(wish, credential, id, reserved);
        case 'RETRY':
          break;
      }
    }
    return await refused(explain('PROVIDER_UNAVAILABLE', provider.title));
  } catch (error) {
    if (error instanceof GatewayError) return await refused(error);
    throw error;
  } finally {
    if (granted > 0n) allowance.settle(granted, 0n);
  }
};

const askFor = <Record>(
  request: AskRequest,
  wish: Wish<Record>,
  credential: Credential,
  id: string,
  credits: bigint,
): Omit<Ask, 'mayCharge' | 'maxAgeSeconds'> => ({
  workspaceId: request.caller.workspaceId,
  id,
  accountId: credential.accountId,
  subject: wish.subject,
  variant: wish.variant,
  credits,
  labels: labelsOf(request, wish, credential),
});

const fromSnapshot = <Record>(
  request: AskRequest,
  wish: Wish<Record>,
  credential: Credential,
  id: string,
  hit: Extract<Reserved, { status: 'HIT' }>,
): Answer<Record> | null => {
  const raw: unknown = JSON.parse(hit.body);
  const read = wish.read(raw);
  if (read === null) return null;
  request.tally.saved += hit.unlock.price;
  return {
    outcome: 'FOUND',
    record: read.record,
    raw,
    problem: null,
    receipt: {
      ...emptyReceipt(id, wish.provider, credential),
      charge: 'ALREADY_UNLOCKED',
      creditsSaved: hit.unlock.price,
      fromSnapshot: true,
      unlockedAt: hit.unlock.unlockedAt,
      fetchedAt: hit.fetchedAt,
    },
  };
};

const overBudget = <Record>(
  wish: Wish<Record>,
  credential: Credential,
  id: string,
  { budget }: Extract<Reserved, { status: 'OVER_BUDGET' }>,
): Answer<Record> => ({
  outcome: 'REFUSED',
  record: null,
  raw: null,
  problem: explainBudget(budget),
  receipt: emptyReceipt(id, wish.provider, credential),
});

type EndedAlike = Extract<Ended, { kind: 'ENDED' }> & { outcome: 'NOT_FOUND' | 'REFUSED' | 'FAILED' | 'UNKNOWN' };

/** Whether the other call's end is ours too. A fault of another connection's key is not: ours may be better. */
const endsAlike = (ended: Ended, credential: Credential): ended is EndedAlike => {
  if (ended.kind === 'GIVEN_UP' || ended.outcome === 'FOUND') return false;
  return ended.outcome !== 'REFUSED' || ended.connectionId === credential.connectionId;
};

/** The end of another's call as our own: the same outcome and problem, at no cost, with an entry of its own. */
const shareEnd = async <Record>(
  deps: EnrichmentDeps,
  request: AskRequest,
  at: { id: string; wish: Wish<Record>; credential: Credential; startedMs: number },
  ended: EndedAlike,
): Promise<Answer<Record>> => {
  const { id, wish, credential } = at;
  const latencyMs = performance.now() - at.startedMs;
  const title = deps.providers[wish.provider].title;
  const shared =
    ended.outcome === 'NOT_FOUND'
      ? null
      : ended.problem !== null && isProblemCode(ended.problem)
        ? explain(ended.problem, title)
        : problem('PROVIDER_UNAVAILABLE', `${title} could not be asked. Ask again later.`);
  await deps.ledger.note({
    workspaceId: request.caller.workspaceId,
    id,
    accountId: credential.accountId,
    outcome: ended.outcome,
    problem: shared?.code ?? null,
    latencyMs,
    labels: labelsOf(request, wish, credential),
  });
  const outcome = { outcome: ended.outcome, problem: shared };
  return {
    ...outcome,
    record: null,
    raw: null,
    receipt: {
      ...emptyReceipt(id, wish.provider, credential),
      charge: ended.outcome === 'NOT_FOUND' ? 'NOT_FOUND' : 'NONE',
      attempts: [
        attemptOf(outcome, {
          provider: wish.provider,
          connectionId: credential.connectionId,
          creditsCharged: 0n,
          latencyMs,
        }),
      ],
    },
  };
};
