import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import type { ReservationRequest } from '../ledger/types.js';
import type { WaitResult } from '../ledger/wait.js';
import { withTimeout } from '../platform/with-timeout.js';
import { newId } from '../platform/ids.js';
import { resultFromSnapshot } from './result-from-snapshot.js';
import type { StepContext } from './step-context.js';
import { fetchUnderReservation } from './fetch-under-reservation.js';
import type { EnrichmentDeps } from './deps.js';
import { explain } from './explain.js';
import { explainBudget, maxCreditsExceeded, noTimeLeft } from './explain-refusal.js';
import { aboutOf, labelsOf } from './labels.js';
import { refuse } from './refuse.js';
import { isMissForFields, joinInFlight } from './join-in-flight.js';
import { type StepResult, stepResult } from './step-result.js';

// Each round waits for somebody's call or loses a race to a call that then stands: more than a few mean a fault.
const roundsMax = 25;

/**
 * The story of one step, from the decision who pays to its end. Never throws for what befalls it: that is in the end.
 * Who pays is decided once; what is already ours is answered from its copy or fetched again; what is being fetched is
 * waited for; else credits are reserved, the provider is called, and its answer settled before the caller hears of it.
 */
export const runStep = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
): Promise<StepResult<Record>> => {
  const startedMs = performance.now();
  const { request, query, place, allowance, deadline } = context;
  const { provider, price } = query;
  let credential: Credential | null = null;
  let granted = 0n;
  const refused = (why: GatewayError | Problem): Promise<StepResult<Record>> =>
    refuse<Record>(deps, request, { id: newId(), about: aboutOf(query), place, credential, startedMs }, why);

  try {
    if (deadline.remainingMs() === 0) return await refused(noTimeLeft(provider));
    credential = await deps.resolveCredential(request.caller, {
      provider: provider.name,
      callerKey: request.callerKeys[provider.name] ?? null,
      connectionId: context.connectionId,
      payer: context.payer,
    });
    let { maxAgeSeconds } = query;

    for (let round = 0; round < roundsMax; round += 1) {
      // A new id each round: what a round has entered stays entered, and no id is entered twice.
      const id = newId();
      const ask: ReservationRequest = {
        workspaceId: request.caller.workspaceId,
        id,
        accountId: credential.accountId,
        lookupKey: query.lookupKey,
        variant: query.variant,
        credits: price.maxCredits,
        refetchCredits: provider.refetchIsFree ? 0n : price.maxCredits,
        mayCharge: granted > 0n || !allowance.limited,
        maxAgeSeconds,
        labels: labelsOf(request, aboutOf(query), credential, place, id),
      };
      const reserved = await deps.ledger.reserve(ask);
      switch (reserved.status) {
        case 'HIT': {
          const end = resultFromSnapshot(context, credential, id, reserved);
          if (end !== null) return end;
          deps.log.warn({ unlock: reserved.unlock.id }, 'a snapshot could not be read and is fetched again');
          maxAgeSeconds = -1;
          break;
        }
        case 'RESERVED': {
          const held = granted;
          granted = 0n;
          const spent = (credits: bigint): void => allowance.settle(held, credits);
          return await fetchUnderReservation(deps, context, credential, { ask, reserved, spent });
        }
        case 'WAIT': {
          const ended = await waitFor(deps, context, reserved.reservationId);
          if (ended === null) return await refused(noTimeLeft(provider));
          const latencyMs = performance.now() - startedMs;
          const shared = await joinInFlight(deps, context, { id, credential, latencyMs }, ended);
          if (shared !== null) return shared;
          // Whoever requires fields asks for itself, one after the other; the deadline bounds that.
          if (isMissForFields(ended)) round -= 1;
          // What was fetched while we waited is as fresh as if we had fetched it.
          const waitedSeconds = Math.ceil((performance.now() - startedMs) / 1000) + 1;
          maxAgeSeconds = Math.max(maxAgeSeconds, waitedSeconds);
          break;
        }
        case 'NEEDS_CREDITS':
          if (!(await deadline.pausedFor(allowance.take(price.maxCredits)))) {
            return await refused(maxCreditsExceeded());
          }
          granted = price.maxCredits;
          break;
        case 'OVER_BUDGET':
          return stepResult({ step: place.step, provider: provider.name }, credential, {
            id,
            outcome: 'REFUSED',
            problem: explainBudget(reserved.budget),
          });
        case 'RETRY':
          break;
      }
    }
    return await refused(explain('PROVIDER_UNAVAILABLE', provider));
  } catch (error) {
    if (error instanceof GatewayError) return await refused(error);
    throw error;
  } finally {
    if (granted > 0n) allowance.settle(granted, 0n);
  }
};

/** Another's call, waited for as long as the ask may take; null where its time is over. */
const waitFor = async <Record>(
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
      tooLate,
    );
  } catch (error) {
    if (error === outOfTime) return null;
    throw error;
  }
};

const outOfTime = new Error('the ask has no time left to wait');
const tooLate = (): Error => outOfTime;
