import type { ResolvedCredential } from '../connections/resolve-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import type { BudgetPlace } from '../ledger/budget-queue.js';
import type { KnownUnlock, ReservationRequest } from '../ledger/types.js';
import { newId } from '../platform/ids.js';
import { inSpan } from '../platform/tracing/tracing.js';
import type { Provider } from '../providers/catalogue.js';
import type { EnrichmentDeps } from './deps.js';
import {
  explain,
  explainBudget,
  explainReservedBudget,
  maxCreditsExceeded,
  noTimeLeft,
  spendingNotAllowed,
  spendingRequiresPost,
  explainUnknown,
} from './explain.js';
import { fetchUnderReservation } from './fetch-under-reservation.js';
import { isMissForFields, joinInFlight, waitInFlight } from './join-in-flight.js';
import type { Attempt } from './lookup-result.js';
import { leavesOtherWay } from './leaves-other-way.js';
import { refuse } from './refuse.js';
import { kindOf, labelsOf, positionAfter, type StepContext } from './step-context.js';
import { decodeAndKeep, decodeSnapshot, placeOf } from './snapshot-cache.js';
import { resultFromSnapshot, type StepResult, stepResult } from './step-result.js';

// Each round waits for another call, or loses a race to one: more than a few rounds mean a fault.
const roundsMax = 25;

/**
 * Runs one step and returns its result; throws only for faults of the gateway itself. The payer is resolved once. An
 * unlocked record comes from its snapshot, or is fetched again; a record that is being fetched is waited for; otherwise
 * credits are reserved, the provider is called, and its result is settled before it is returned.
 */
export const runStep = <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
): Promise<StepResult<Record>> => {
  const provider = context.query.provider.name;
  const facts = { 'firmable_gateway.provider': provider, 'firmable_gateway.step': context.position.step };
  return inSpan({ name: `step ${provider}`, facts }, async (span) => {
    const result = await runToEnd(deps, context);
    const { outcome, problem, attempt } = result;
    span.add({
      'firmable_gateway.outcome': outcome,
      'firmable_gateway.problem': problem?.code,
      'firmable_gateway.payer': attempt.payer?.kind,
      'firmable_gateway.credits_charged': Number(attempt.creditsCharged),
      'firmable_gateway.from_snapshot': attempt.fromSnapshot,
    });
    if (outcome === 'FAILED' || outcome === 'UNKNOWN') span.fail(problem?.code ?? outcome);
    return result;
  });
};

const runToEnd = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
): Promise<StepResult<Record>> => {
  const earlierAttempts: Attempt[] = [];
  const result = await runRounds(deps, context, earlierAttempts);
  if (earlierAttempts.length === 0) return result;
  const charged = earlierAttempts.reduce((sum, { creditsCharged }) => sum + creditsCharged, 0n);
  const isCharged = charged > 0n && (result.outcome === 'FAILED' || result.outcome === 'REFUSED');
  if (!isCharged) return { ...result, earlierAttempts };
  // The record was bought without being returned: a failure would say that nothing was charged.
  const problem = explainUnknown('PROVIDER_TIMEOUT', context.query.provider, { charged });
  return { ...result, outcome: 'UNKNOWN', problem, earlierAttempts };
};

const runRounds = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  earlierAttempts: Attempt[],
): Promise<StepResult<Record>> => {
  const startedMs = performance.now();
  const { request, query, allowance, deadline } = context;
  const { provider, price } = query;
  const kind = kindOf(query);
  let credential: ResolvedCredential | null = null;
  let granted = 0n;
  let place: BudgetPlace | null = null;
  let { position } = context;
  const refused = (why: GatewayError | Problem): Promise<StepResult<Record>> =>
    refuse<Record>(deps, request, { id: newId(), kind, position, credential, startedMs }, why);

  try {
    if (deadline.remainingMs() === 0) return await refused(noTimeLeft(provider));
    credential = await deps.resolveCredential(request.caller, {
      provider: provider.name,
      callerKey: request.callerKeys[provider.name] ?? null,
      connectionId: context.connectionId,
      payer: context.payer,
    });
    let { maxAgeSeconds, looksUpAgain } = query;
    /** Whether a miss was followed by the other way to the record: by the identifier, or by the id of the known record. */
    let hasTurned = false;
    const of = placeOf(query, request.caller, credential);

    for (let round = 0; round < roundsMax; round += 1) {
      // A new id for each round, because an earlier round may have written an entry with its id.
      const id = newId();
      const cached = query.cache.get(of);
      const reservation: ReservationRequest = {
        ...of,
        id,
        credits: price.maxCredits,
        refetchCredits: provider.refetchIsFree ? 0n : price.maxCredits,
        looksUpAgain: looksUpAgain || !query.fetchesById,
        mayCharge: request.maySpend && (granted > 0n || !allowance.limited),
        maxAgeSeconds,
        cached: cached?.version ?? null,
        labels: labelsOf(request, kind, credential, position, id),
      };
      const reserved = await deps.ledger.reserve(reservation);
      if (reserved.status !== 'BUDGET_RESERVED') {
        place?.leave();
        place = null;
      }
      switch (reserved.status) {
        case 'HIT': {
          const { body } = reserved;
          const decode = request.job === undefined ? decodeAndKeep : decodeSnapshot;
          const snapshot = body === null ? cached : decode(query, { ...reserved, body }, of);
          if (snapshot !== null)
            return resultFromSnapshot({ ...context, position }, credential, id, reserved.unlock, snapshot);
          deps.log.warn({ unlock: reserved.unlock.id }, 'snapshot could not be read, fetching again');
          maxAgeSeconds = -1;
          break;
        }
        case 'RESERVED': {
          const held = granted;
          granted = 0n;
          const spent = (credits: bigint): void => allowance.settle(held, credits);
          const fetched = await fetchUnderReservation(deps, { ...context, position }, credential, {
            reservation,
            reserved,
            spent,
          });
          if (!('expired' in fetched)) {
            const { outcome, problem } = fetched;
            const known = reserved.unlock;
            const isById = known !== null && !reservation.looksUpAgain;
            const miss = { outcome, problem: problem?.code ?? null };
            if (hasTurned || !leavesOtherWay(query, { isById, known }, miss)) return fetched;
            looksUpAgain = isById;
            hasTurned = true;
          }
          // What the ledger has for the call belongs to this lookup, even if it was not sent.
          if (fetched.attempt !== null) {
            earlierAttempts.push(fetched.attempt);
            position = positionAfter(position, fetched.attempt);
          }
          break;
        }
        case 'WAIT': {
          const waited = await waitInFlight(deps, context, reserved.reservationId);
          if (waited === null) return await refused(noTimeLeft(provider));
          // The call in flight does not say which record the identifier leads to.
          if (looksUpAgain && reserved.refetched !== null) break;
          const inFlight = { isById: true, known: reserved.refetched };
          if (!hasTurned && waited.kind === 'SETTLED' && leavesOtherWay(query, inFlight, waited)) {
            looksUpAgain = true;
            hasTurned = true;
            break;
          }
          const latencyMs = performance.now() - startedMs;
          const source = reserved.refetched?.source ?? 'RESOLVED';
          const joined = await joinInFlight(
            deps,
            { ...context, position },
            {
              id,
              credential,
              latencyMs,
              source,
              isFree: isFreeById(provider, { unlock: reserved.refetched }),
            },
            waited,
          );
          if (joined !== null) return joined;
          // Lookups with required fields call one after the other; the deadline limits that, not the rounds.
          if (isMissForFields(waited)) round -= 1;
          // A record that was fetched during the wait is as fresh as one that this step had fetched.
          const waitedSeconds = Math.ceil((performance.now() - startedMs) / 1000) + 1;
          maxAgeSeconds = Math.max(maxAgeSeconds, waitedSeconds);
          break;
        }
        case 'NEEDS_CREDITS':
          if (request.maySpend && (await deadline.pausedFor(allowance.take(price.maxCredits)))) {
            granted = price.maxCredits;
          } else if (looksUpAgain && !hasTurned && isFreeById(provider, reserved)) looksUpAgain = false;
          else return await refused(whyNoCredits(request));
          break;
        case 'REFETCH':
          // The provider does not have the known record.
          if (hasTurned) return await refused(explainBudget(reserved.budget));
          looksUpAgain = false;
          break;
        case 'BUDGET_RESERVED': {
          const { budget } = reserved;
          if (deadline.remainingMs() === 0) return await refused(explainReservedBudget(budget));
          if (place?.budgetId !== budget.id) {
            place?.leave();
            place = deps.ledger.queueForBudget(budget.id);
          }
          await place.next(deadline.remainingMs());
          // The deadline limits these rounds.
          round -= 1;
          break;
        }
        case 'OVER_BUDGET':
          return stepResult({ step: position.step, provider: provider.name }, credential, {
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
    place?.leave();
    if (granted > 0n) allowance.settle(granted, 0n);
  }
};

const whyNoCredits = ({ maySpend, caller }: StepContext<unknown>['request']): Problem => {
  if (maySpend) return maxCreditsExceeded();
  return caller.scopes.spend ? spendingRequiresPost() : spendingNotAllowed();
};

/** Whether the record is known and the provider returns it by its own id for nothing. */
const isFreeById = (
  { refetchIsFree }: Pick<Provider, 'refetchIsFree'>,
  { unlock }: { unlock: KnownUnlock | null },
): boolean => refetchIsFree && unlock !== null;
