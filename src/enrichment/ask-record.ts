import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import type { Ask, Reserved } from '../ledger/ask.js';
import { newId } from '../platform/ids.js';
import type { Allowance } from './allowance.js';
import type { Answer } from './answer.js';
import { answerFromSnapshot } from './answer-from-snapshot.js';
import { callProvider } from './call-provider.js';
import type { EnrichmentDeps } from './deps.js';
import { explain, explainBudget, maxCreditsExceeded } from './explain.js';
import { labelsOf } from './labels.js';
import { emptyReceipt } from './receipt.js';
import { refuse } from './refuse.js';
import type { AskRequest } from './request.js';
import { shareEnd } from './share-end.js';
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
  let credential: Credential | null = null;
  let granted = 0n;
  const refused = (why: GatewayError | Problem): Promise<Answer<Record>> =>
    refuse<Record>(deps, request, { id: newId(), wish, credential, startedMs }, why);

  try {
    credential = await deps.chooseCredential(request.caller, {
      provider: wish.provider,
      callerKey: request.callerKeys[wish.provider] ?? null,
      connectionId: wish.connectionId,
    });
    let { maxAgeSeconds } = wish;

    for (let round = 0; round < roundsMax; round += 1) {
      const ask: Ask = {
        workspaceId: request.caller.workspaceId,
        // A new id each round: what a round has entered stays entered, and no id is entered twice.
        id: newId(),
        accountId: credential.accountId,
        subject: wish.subject,
        variant: wish.variant,
        credits: provider.price,
        mayCharge: granted > 0n || !allowance.limited,
        maxAgeSeconds,
        labels: labelsOf(request, wish, credential),
      };
      const reserved = await deps.ledger.reserve(ask);
      switch (reserved.status) {
        case 'HIT': {
          const answer = answerFromSnapshot(request, wish, credential, ask.id, reserved);
          if (answer !== null) return answer;
          deps.log.warn({ unlock: reserved.unlock.id }, 'a snapshot could not be read and is fetched again');
          maxAgeSeconds = -1;
          break;
        }
        case 'RESERVED': {
          const held = granted;
          granted = 0n;
          const spent = (credits: bigint): void => allowance.settle(held, credits);
          return await callProvider(deps, request, wish, credential, { ask, reserved, spent });
        }
        case 'WAIT': {
          const ended = await deps.ledger.wait({ ...ask, id: reserved.reservationId });
          const shared = await shareEnd(deps, request, { id: ask.id, wish, credential, startedMs }, ended);
          if (shared !== null) return shared;
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
          return overBudget(wish, credential, ask.id, reserved);
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
