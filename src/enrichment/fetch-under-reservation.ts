import type { ResolvedCredential } from '../connections/resolve-credential.js';
import type { Problem } from '../errors.js';
import type { Lifetime, Reservation, ReservationRequest, SettledEntry, Settlement } from '../ledger/types.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Found } from '../providers/provider.js';
import { callWithBreaker, causeOf, type ProviderResult } from './call-with-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { type CallCost, explain, explainNoRecord, explainUnknown } from './explain.js';
import type { Attempt } from './lookup-result.js';
import { idInLookupKey } from './identifiers/record-keys.js';
import { reportBalance } from './report-balance.js';
import type { ProviderQuery } from './resolve-lookup.js';
import type { StepContext } from './step-context.js';
import { moneyOf, type StepResult, stepResult } from './step-result.js';

// The caller does not wait longer for an unavailable ledger; the settlement itself is retried until it is written.
const settleTimeoutMs = 10_000;

type Held = {
  reservation: ReservationRequest;
  reserved: Extract<Reservation, { status: 'RESERVED' }>;
  /** Reports the cost of the call to the allowance. */
  spent: (credits: bigint) => void;
};

/**
 * The reservation expired before its call was sent. `attempt` is what the ledger has for it all the same: another instance
 * has made the same call since, and its record may have been paid by this reservation; null where it has no entry.
 */
export type Expired = { expired: true; attempt: Attempt | null };

/**
 * Calls the provider under a reservation and settles its result. The reservation ends on every path: a call that was
 * sent is completed and settled, whether or not the caller still waits.
 */
export const fetchUnderReservation = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  credential: ResolvedCredential,
  { reservation, reserved, spent }: Held,
): Promise<StepResult<Record> | Expired> => {
  const { request, query, position } = context;
  const { id } = reservation;
  const startedMs = performance.now();
  request.tally.reserved += reserved.credits;

  // The record to fetch by its own id; null: the call goes out by the lookup's identifier.
  const known = reservation.looksUpAgain ? null : reserved.unlock;
  const knownId = known === null ? null : idInLookupKey(known.recordKey);
  const result = await callWhileHeld(deps, context, credential, reservation, reserved.lifetime, knownId);
  const latencyMs = performance.now() - startedMs;
  reportBalance(deps, reservation, result);
  const isUnpaid = reserved.credits === 0n;
  const cost = { isFree: isUnpaid && known !== null, isCounted: isUnpaid && known === null };
  const { settlement, problem } = toSettlement(
    deps,
    query,
    credential,
    { reservation, cost },
    result,
    latencyMs,
  );

  const settled = await settle(deps, settlement, result.kind === 'FOUND' ? result.raw : undefined);
  const credits = settled?.credits ?? reserved.credits;
  spent(credits);
  if (settled !== null) request.tally.reserved -= reserved.credits;
  request.tally.charged += settled?.credits ?? 0n;
  request.tally.saved += settled?.saved ?? 0n;

  const step = { step: position.step, provider: query.provider.name };
  const call = {
    latencyMs,
    called: result.kind !== 'NOT_SENT',
    host: query.provider.hostOf(credential.key),
    cause: causeOf(result),
  };
  if (settled === null) {
    return stepResult(step, credential, {
      id,
      outcome: 'UNKNOWN',
      problem: explain('LEDGER_UNAVAILABLE', query.provider),
      money: { charge: credits > 0n ? 'PRESUMED' : 'NONE', creditsCharged: credits, creditsSaved: 0n },
      ...call,
    });
  }
  const facts = { id, money: moneyOf(settled), ...call, unlockedAt: settled.unlock?.unlockedAt ?? null };
  if (result.kind === 'FOUND') {
    const { record, raw } = result;
    const { fetchedAt } = settled;
    return stepResult(step, credential, {
      ...facts,
      outcome: 'FOUND',
      problem: null,
      record,
      recordName: query.nameOf(record),
      raw,
      unlockId: settled.unlock?.id ?? null,
      fetchedAt,
      identifierSource: known?.source ?? 'RESOLVED',
    });
  }
  const isPresumed = settled.charge === 'PRESUMED';
  if (result.kind === 'NOT_SENT' && result.expired === true && !isPresumed) {
    const outcome = settled.credits > 0n ? 'UNKNOWN' : settlement.outcome;
    const { attempt } = stepResult(step, credential, { ...facts, outcome, problem });
    return { expired: true, attempt: settled.charge === null ? null : attempt };
  }
  // The reservation expired during the call, and the ledger has presumed a charge: that is what the caller must know.
  const isUnknown = isPresumed || (settlement.outcome !== 'NOT_FOUND' && settled.credits > 0n);
  if (!isUnknown || settlement.outcome === 'UNKNOWN') {
    return stepResult(step, credential, { ...facts, outcome: settlement.outcome, problem });
  }
  return stepResult(step, credential, {
    ...facts,
    outcome: 'UNKNOWN',
    problem: explainUnknown('PROVIDER_TIMEOUT', query.provider, {
      charged: isPresumed ? null : settled.credits,
    }),
  });
};

// Renewed after a pause of the process; the next pause would have to be as long.
const callsMax = 5;

/** Calls the provider. A reservation whose lifetime ended before the call was sent is renewed, if it still stands. */
const callWhileHeld = async <Record>(
  deps: EnrichmentDeps,
  context: StepContext<Record>,
  credential: ResolvedCredential,
  reservation: ReservationRequest,
  lifetime: Lifetime,
  knownId: string | null,
): Promise<ProviderResult<Record>> => {
  for (let calls = 1; ; calls += 1) {
    const result = await callWithBreaker(deps, context, credential, { knownId, lifetime });
    if (result.kind !== 'NOT_SENT' || result.expired !== true || calls === callsMax) return result;
    if (!(await deps.ledger.renew(reservation))) return result;
  }
};

/** Null where the ledger is unavailable for longer than a caller waits. */
const settle = async (
  deps: EnrichmentDeps,
  settlement: Settlement,
  raw?: () => unknown,
): Promise<SettledEntry | null> => {
  try {
    return await withTimeout(settleTimeoutMs, deps.ledger.settle(settlement, raw), notWrittenYet);
  } catch {
    return null;
  }
};

const notWrittenYet = (): Error => new Error('the settlement is not written yet');

/** What a provider's result means for its reservation, and for the caller. */
const toSettlement = <Record>(
  deps: Pick<EnrichmentDeps, 'snapshotMaxAgeSeconds'>,
  query: ProviderQuery<Record>,
  credential: ResolvedCredential,
  { reservation, cost }: { reservation: ReservationRequest; cost: CallCost },
  result: ProviderResult<Record>,
  latencyMs: number,
): { settlement: Settlement; problem: Problem | null } => {
  const charged = result.kind === 'NOT_SENT' ? null : (result.reported?.credits ?? null);
  if (result.kind === 'FOUND') {
    const found = {
      recordKey: query.recordKeyOf(result.record),
      price: query.price.maxCredits,
      lookupKeys: query.lookupKeysOf(result.record),
      body: deps.snapshotMaxAgeSeconds === 0 ? null : writeSnapshot(result),
      name: query.nameOf(result.record) ?? '',
    };
    return {
      settlement: { reservation, outcome: 'FOUND', found, charged, problem: null, latencyMs },
      problem: null,
    };
  }
  const { outcome, problem } = withoutRecord(query, credential, cost, result);
  return {
    settlement: {
      reservation,
      outcome,
      charged,
      problem: problem?.code ?? null,
      latencyMs,
      presumedCause: result.kind === 'UNKNOWN' ? result.cause : null,
    },
    problem,
  };
};

const withoutRecord = <Record>(
  query: ProviderQuery<Record>,
  { payer }: ResolvedCredential,
  cost: CallCost,
  result: Exclude<ProviderResult<Record>, { kind: 'FOUND' }>,
) => {
  if (result.kind === 'NOT_SENT') return { outcome: 'FAILED' as const, problem: result.problem };
  // A refusal, a rate limit or a failure for which the provider reports a charge.
  const charged = result.reported?.credits ?? 0n;
  if (result.kind !== 'NOT_FOUND' && charged > 0n) {
    const code = result.kind === 'THROTTLED' ? 'RATE_LIMITED' : result.code;
    return { outcome: 'UNKNOWN' as const, problem: explainUnknown(code, query.provider, { charged }) };
  }
  // The same query without required fields might have found a record: this miss is not shared with other lookups.
  if (result.kind === 'NOT_FOUND' && result.forFields === true) {
    return { outcome: 'NOT_FOUND' as const, problem: explain('FIELDS_MISSING', query.provider) };
  }
  return explainNoRecord(result, query.provider, { payer, ...cost });
};

/**
 * The provider's object as JSON. The received text is used unchanged if it is neither indented nor full of escapes, which
 * take more space, or if the object cannot be written (nested too deeply): without a snapshot the record would be fetched,
 * and maybe charged, at each lookup. Null where there is no text either.
 */
export const writeSnapshot = ({ raw, json }: Pick<Found<unknown>, 'raw' | 'json'>): string | null => {
  if (json !== undefined && json.length <= unchangedMax && !json.includes('\n') && !json.includes('\\u'))
    return json;
  try {
    return JSON.stringify(raw());
  } catch {
    return json ?? null;
  }
};

// A level takes two characters, and Node's JSON.stringify handles about four thousand levels.
const unchangedMax = 6_000;
