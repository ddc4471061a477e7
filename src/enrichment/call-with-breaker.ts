import type { ResolvedCredential } from '../connections/resolve-credential.js';
import { GatewayError, type Problem, type ProblemCode } from '../errors.js';
import type { Lifetime } from '../ledger/types.js';
import { inSpan } from '../platform/tracing/tracing.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Provider } from '../providers/catalogue.js';
import type { AccountHealth, CallResult, CircuitChange } from '../providers/circuits.js';
import type { Broken, Call, Found, NoRecord, Permit, Throttled } from '../providers/provider.js';
import type { EnrichmentDeps } from './deps.js';
import { explainSkip, noTimeLeft } from './explain.js';
import { type StepContext, waitCounted } from './step-context.js';

/**
 * The gateway did not send the call: no byte of it left the process. `expired`: the lifetime of its reservation was over,
 * so that another instance may be making the same call.
 */
export type NotSent = { kind: 'NOT_SENT'; problem: Problem; detail: string; expired?: true };
export type ProviderResult<Record> = Found<Record> | NoRecord | NotSent;

export type HeldCall = {
  /** The provider's id of the record, where it is unlocked. */
  knownId: string | null;
  /** The lifetime of the reservation that the call is made under. */
  lifetime: Lifetime;
};

/**
 * Calls the provider, if the account's circuit breaker, the rate limit, the lookup's deadline and the lifetime of its
 * reservation allow it, and reports the result to the breaker. Never rejects: an unexpected error is UNKNOWN, because
 * something may have been sent.
 */
export const callWithBreaker = async <Record>(
  deps: Pick<EnrichmentDeps, 'breakers' | 'callWith' | 'log' | 'reportCall'>,
  context: StepContext<Record>,
  credential: ResolvedCredential,
  held: HeldCall,
): Promise<ProviderResult<Record>> => {
  const { query } = context;
  const skip = (health: AccountHealth, isRecord = false): NotSent => {
    const problem = explainSkip(query.provider, health, isRecord);
    return { kind: 'NOT_SENT', problem, detail: 'circuit breaker open' };
  };
  const admission = deps.breakers.admit(credential.accountId, query.lookupKey);
  if (!admission.admitted) return skip(admission.health, admission.record);
  const call = {
    ...held,
    isOpen: () => !admission.maySend(),
    skip: () => skip(deps.breakers.healthOf(credential.accountId)),
  };
  const entering = admission.enter(context.deadline.remainingMs(), context.request.job !== undefined);
  const mayBegin = typeof entering === 'boolean' ? entering : await waitCounted(context, entering);
  const down = mayBegin && admission.isProbe ? await checkProvider(deps, context, credential) : null;
  const { result, health } = !mayBegin
    ? { result: notBegun(deps, context, credential, call.skip), health: neutral }
    : down !== null
      ? { result: down, health: healthFrom(down) }
      : await callInTime(deps, context, credential, call);
  const change = admission.complete(health);
  if (change !== null) logChange(deps, context, credential, { change, cause: causeOf(result) });
  report(deps, context, credential, { result, health, change });
  return result;
};

/** Refusals of the key itself, and not of this lookup. */
const keyRefusals: ReadonlySet<string> = new Set<ProblemCode>([
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'KEY_SCOPE_MISSING',
  'IP_NOT_ALLOWED',
]);

/** Reports what the call says of its key and of the provider, for alerts. */
const report = <Record>(
  { reportCall }: Pick<EnrichmentDeps, 'reportCall'>,
  { query, request }: StepContext<Record>,
  { connectionId, payer }: ResolvedCredential,
  { result, health, change }: { result: ProviderResult<Record>; health: CallResult; change: CircuitChange },
): void => {
  if (reportCall === undefined) return;
  const { workspaceId } = request.caller;
  const isManaged = payer === 'MANAGED';
  const call = { workspaceId, provider: query.provider.name, connectionId, isManaged };
  if (change === 'OPENED' && health.kind === 'FAILED') {
    reportCall({ ...call, kind: 'UNAVAILABLE', code: health.reason });
  } else if (result.kind === 'REFUSED') {
    const isOfKey = keyRefusals.has(result.code);
    // Another refusal, such as no credits, says that the provider answers, and nothing of the key.
    reportCall(
      isOfKey
        ? { ...call, kind: 'KEY_REFUSED', code: result.code }
        : { ...call, connectionId: null, isManaged: false, kind: 'ANSWERED' },
    );
  } else if (health.kind === 'ANSWERED') {
    reportCall({ ...call, kind: 'ANSWERED' });
  }
};

/** A call that did not begin among those in flight: the breaker has opened, or the lookup has no time left. */
const notBegun = <Record>(
  { breakers }: Pick<EnrichmentDeps, 'breakers'>,
  { query }: StepContext<Record>,
  { accountId }: ResolvedCredential,
  skip: () => NotSent,
): NotSent => {
  if (breakers.healthOf(accountId).state === 'OPEN') return skip();
  return { kind: 'NOT_SENT', problem: noTimeLeft(query.provider), detail: 'too many calls in flight' };
};

// Providers answer it within a second; the lookup has its call to make after it.
const checkTimeoutMs = 8_000;

/** Asks a provider that failed whether it answers, by a query that is never charged; null where it does. */
const checkProvider = async <Record>(
  deps: Pick<EnrichmentDeps, 'callWith' | 'log'>,
  { query: { provider }, deadline, request }: StepContext<Record>,
  { key }: ResolvedCredential,
): Promise<Broken | null> => {
  const timeoutMs = Math.min(checkTimeoutMs, deadline.remainingMs() / 2);
  try {
    const checking = provider.verify({
      ...deps.callWith(provider, key, request.job !== undefined),
      timeoutMs,
    });
    const result = await withTimeout(timeoutMs, checking, noPermitInTime);
    const isDown = result.kind === 'BROKEN' || (result.kind === 'UNKNOWN' && result.cause !== 'UNREADABLE');
    return isDown ? fault(result.detail) : null;
  } catch (error) {
    if (!(error instanceof GatewayError))
      deps.log.error({ provider: provider.name }, 'check of a provider threw');
    return fault('no answer in time');
  }
};

const fault = (detail: string): Broken => ({
  kind: 'BROKEN',
  code: 'PROVIDER_UNAVAILABLE',
  sent: false,
  detail: `the check before the call failed: ${detail}`,
});

/** Why a call failed, for the log; null where the provider answered. */
export const causeOf = (result: { kind: string; detail?: string; code?: string }): string | null =>
  result.detail ?? result.code ?? (result.kind === 'THROTTLED' ? 'rate limit' : null);

const logChange = <Record>(
  { breakers, log }: Pick<EnrichmentDeps, 'breakers' | 'log'>,
  { query, request }: StepContext<Record>,
  { accountId, connectionId, payer, key }: ResolvedCredential,
  { change, cause }: { change: 'OPENED' | 'CLOSED'; cause: string | null },
): void => {
  const { requestId, caller } = request;
  const { workspaceId } = caller;
  const host = query.provider.hostOf(key);
  const account = { provider: query.provider.name, host, workspaceId, connectionId, payer, requestId };
  if (change === 'CLOSED') {
    log.info(account, 'circuit breaker closed');
    return;
  }
  const { failures, reason, probeAt } = breakers.healthOf(accountId);
  log.warn({ ...account, failures, reason, cause, probeAt }, 'circuit breaker opened');
};

const neutral: CallResult = { kind: 'NEUTRAL' };

const callInTime = async <Record>(
  deps: Pick<EnrichmentDeps, 'callWith' | 'log'>,
  context: StepContext<Record>,
  { key }: ResolvedCredential,
  { knownId, lifetime, isOpen, skip }: HeldCall & { isOpen: () => boolean; skip: () => NotSent },
): Promise<{ result: ProviderResult<Record>; health: CallResult }> => {
  const { query, deadline, request } = context;
  const { provider } = query;
  const limited = deps.callWith(provider, key, request.job !== undefined);
  const acquirePermit = async (): Promise<Permit> => {
    const remainingMs = deadline.remainingMs();
    const acquiring = withTimeout(remainingMs, limited.acquirePermit(remainingMs), noPermitInTime);
    const permit = await (provider.requestsPerSecond === 0 ? acquiring : waitCounted(context, acquiring));
    if (deadline.remainingMs() === 0) throw noPermitInTime();
    return permit;
  };
  let stopped: NotSent | null = null;
  const maySend = (timeoutMs: number): boolean => {
    if (lifetime.leftMs() < timeoutMs) {
      const problem = noTimeLeft(provider);
      stopped = { kind: 'NOT_SENT', problem, detail: 'reservation expired', expired: true };
    } else if (request.job?.waits?.isStopped() === true) {
      stopped = { kind: 'NOT_SENT', problem: noTimeLeft(provider), detail: 'its job was stopped' };
    } else {
      // It may have opened while the call waited for its permit.
      stopped = isOpen() ? skip() : null;
    }
    return stopped === null;
  };
  try {
    const call: Call = { key: limited.key, timeoutMs: deadline.leftMs(), acquirePermit, maySend };
    const facts = { 'firmable_gateway.provider': provider.name };
    const result = await inSpan({ name: `provider call ${provider.name}`, facts }, async (span) => {
      const found = await query.find(call, knownId);
      span.add({ 'firmable_gateway.result': found.kind });
      if (found.kind === 'BROKEN' || found.kind === 'UNKNOWN') span.fail(found.code);
      return found;
    });
    if (stopped !== null && result.kind === 'BROKEN' && !result.sent) {
      return { result: stopped, health: neutral };
    }
    return { result, health: healthFrom(result) };
  } catch (error) {
    if (error instanceof GatewayError) return { result: withoutPermit(error, provider), health: neutral };
    deps.log.error({ provider: provider.name }, 'call to a provider threw');
    const detail = 'the client threw';
    const result: NoRecord = {
      kind: 'UNKNOWN',
      code: 'PROVIDER_UNAVAILABLE',
      cause: 'CLIENT_ERROR',
      detail,
    };
    return { result, health: healthFrom(result) };
  }
};

const noPermitInTime = (): GatewayError =>
  new GatewayError('PROVIDER_TIMEOUT', 'The lookup has no time left to wait for a permit: try again later.');

/** A GatewayError means that the call was stopped before it was sent. */
const withoutPermit = (
  { code, retryAfterSeconds }: GatewayError,
  provider: Provider,
): Throttled | Broken | NotSent => {
  if (code === 'PROVIDER_TIMEOUT')
    return { kind: 'NOT_SENT', problem: noTimeLeft(provider), detail: 'no time left' };
  if (code === 'RATE_LIMITED') return { kind: 'THROTTLED', retryAfterSeconds };
  return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail: code };
};

const healthFrom = (result: Found<unknown> | NoRecord): CallResult => {
  switch (result.kind) {
    case 'FOUND':
    case 'NOT_FOUND':
    case 'REFUSED':
      return { kind: 'ANSWERED' };
    case 'THROTTLED':
      return neutral;
    case 'BROKEN':
      return { kind: 'FAILED', reason: result.code };
    case 'UNKNOWN':
      return { kind: 'FAILED', reason: result.code, ofRecord: true };
  }
};
