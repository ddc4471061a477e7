import type { Credential } from '../connections/choose-credential.js';
import type { ReservationRequest, Settlement, Reservation, SettledEntry } from '../ledger/types.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { StepContext } from './step-context.js';
import { callWithBreaker } from './call-with-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { toSettlement } from './to-settlement.js';
import { explain } from './explain.js';
import { reportBalance } from './report-balance.js';
import { moneyOf, type StepResult, stepResult } from './step-result.js';
import { idInLookupKey } from './identifiers/record-keys.js';

// A caller does not wait for ever for a ledger that is away; the settlement itself is tried on.
const settleTimeoutMs = 10_000;

/**
 * Calls the provider under a standing reservation and settles what came of it. The reservation ends on every path. What
 * the caller does meanwhile changes nothing: a call once begun is finished and settled.
 */
export const fetchUnderReservation = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  credential: Credential,
  held: {
    ask: ReservationRequest;
    reserved: Extract<Reservation, { status: 'RESERVED' }>;
    /** Tells the allowance what the call came to. */
    spent: (credits: bigint) => void;
  },
): Promise<StepResult<Record>> => {
  const { request, query, place } = context;
  const { id } = held.ask;
  const known = held.reserved.unlock;
  const startedMs = performance.now();
  request.tally.reserved += held.reserved.credits;

  const knownId = known === null ? null : idInLookupKey(known.recordKey);
  const verdict = await callWithBreaker(deps, context, credential, knownId);
  const latencyMs = performance.now() - startedMs;
  reportBalance(deps, held.ask, verdict);
  const { settlement, problem } = toSettlement(deps, query, credential, held.ask, verdict, latencyMs);

  const settled = await settle(deps, settlement, verdict.kind === 'FOUND' ? verdict.raw : undefined);
  const credits = settled?.credits ?? held.reserved.credits;
  held.spent(credits);
  if (settled !== null) request.tally.reserved -= held.reserved.credits;
  request.tally.charged += settled?.credits ?? 0n;
  request.tally.saved += settled?.saved ?? 0n;

  const asked = { step: place.step, provider: query.provider.name };
  if (settled === null) {
    return stepResult(asked, credential, {
      id,
      outcome: 'UNKNOWN',
      problem: explain('LEDGER_UNAVAILABLE', query.provider),
      money: { charge: credits > 0n ? 'PRESUMED' : 'NONE', creditsCharged: credits, creditsSaved: 0n },
      latencyMs,
    });
  }
  const found =
    verdict.kind === 'FOUND'
      ? { record: verdict.record, raw: verdict.raw, fetchedAt: settled.fetchedAt }
      : {};
  return stepResult(asked, credential, {
    id,
    outcome: settlement.outcome,
    problem,
    ...found,
    money: moneyOf(settled),
    latencyMs,
    unlockedAt: settled.unlock?.unlockedAt ?? null,
  });
};

/** Null where the ledger is away for longer than a caller can wait. */
const settle = async (
  deps: EnrichmentDeps,
  settlement: Settlement,
  raw?: () => unknown,
): Promise<SettledEntry | null> => {
  try {
    return await withTimeout(settleTimeoutMs, deps.ledger.settle(settlement, raw), late);
  } catch {
    return null;
  }
};

const late = (): Error => new Error('the settlement is not written yet');
