import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Broken, Call, Found, NoRecord, Throttled, Permit } from '../providers/provider.js';
import type { Provider } from '../providers/catalogue.js';
import type { StepContext } from './step-context.js';
import type { CallResult } from '../providers/circuit-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { explainSkip, noTimeLeft } from './explain-refusal.js';

/** A call that the gateway itself did not let out. */
export type NotSent = { kind: 'NOT_SENT'; problem: Problem };
export type ProviderResult<Record> = Found<Record> | NoRecord | NotSent;

/**
 * Puts one question, if the account's circuit breaker, the provider's pace and the ask's deadline let it out, and tells
 * the breaker how it ended. Never rejects: a fault nobody foresaw is UNKNOWN, since something may have been sent.
 */
export const callWithBreaker = async <Record>(
  deps: Pick<EnrichmentDeps, 'breakers' | 'callWith' | 'log'>,
  context: StepContext<Record>,
  credential: Credential,
  knownId: string | null,
): Promise<ProviderResult<Record>> => {
  const passage = deps.breakers.admit(credential.accountId);
  if (!passage.admitted) {
    return { kind: 'NOT_SENT', problem: explainSkip(context.query.provider, passage.health) };
  }
  const { verdict, end } = await putInTime(deps, context, credential, knownId);
  const change = passage.complete(end);
  if (change !== null) noteChange(deps, context, credential, change);
  return verdict;
};

/** Told to the operator: by then callers are answered without a call, or with one again. */
const noteChange = <Record>(
  { breakers, log }: Pick<EnrichmentDeps, 'breakers' | 'log'>,
  { query, request }: StepContext<Record>,
  { accountId, connectionId, payer }: Credential,
  change: 'OPENED' | 'CLOSED',
): void => {
  const { workspaceId } = request.caller;
  const account = { provider: query.provider.name, workspaceId, connectionId, payer };
  if (change === 'CLOSED') {
    log.info(account, 'an account answers again and is asked as ever');
    return;
  }
  const { failures, reason, probeAt } = breakers.healthOf(accountId);
  log.warn(
    { ...account, failures, reason, probeAt },
    'an account keeps failing and is not asked for a while',
  );
};

const neutral: CallResult = { kind: 'NEUTRAL' };

const putInTime = async <Record>(
  deps: Pick<EnrichmentDeps, 'callWith' | 'log'>,
  { query, deadline }: StepContext<Record>,
  { key }: Credential,
  knownId: string | null,
): Promise<{ verdict: ProviderResult<Record>; end: CallResult }> => {
  const { provider } = query;
  const call = deps.callWith(provider, key);
  const takeTurn = async (): Promise<Permit> => {
    const turn = await withTimeout(deadline.remainingMs(), call.acquirePermit(), tooLate);
    if (deadline.remainingMs() === 0) throw tooLate();
    return turn;
  };
  try {
    const begun: Call = { key: call.key, timeoutMs: deadline.leftMs(), acquirePermit: takeTurn };
    const verdict = await query.find(begun, knownId);
    return { verdict, end: healthIn(verdict) };
  } catch (error) {
    if (error instanceof GatewayError) {
      return { verdict: withoutTurn(error, provider), end: neutral };
    }
    deps.log.error({ provider: provider.name }, 'a call to a provider threw');
    const verdict: NoRecord = { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', detail: 'the client threw' };
    return { verdict, end: healthIn(verdict) };
  }
};

const tooLate = (): GatewayError =>
  new GatewayError(
    'PROVIDER_TIMEOUT',
    'There was no turn within the time left for the ask: ask again later.',
  );

/** Only the gateway itself holds a call back before it is sent. */
const withoutTurn = (
  { code, retryAfterSeconds }: GatewayError,
  provider: Provider,
): Throttled | Broken | NotSent => {
  if (code === 'PROVIDER_TIMEOUT') return { kind: 'NOT_SENT', problem: noTimeLeft(provider) };
  if (code === 'RATE_LIMITED') return { kind: 'THROTTLED', retryAfterSeconds };
  return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail: code };
};

const healthIn = (verdict: Found<unknown> | NoRecord): CallResult => {
  switch (verdict.kind) {
    case 'FOUND':
    case 'NOT_FOUND':
    case 'REFUSED':
      return { kind: 'ANSWERED' };
    case 'THROTTLED':
      return neutral;
    case 'BROKEN':
    case 'UNKNOWN':
      return { kind: 'FAILED', reason: verdict.code };
  }
};
