import type { Credential } from '../connections/choose-credential.js';
import { GatewayError, type Problem } from '../errors.js';
import { within } from '../platform/with-timeout.js';
import type { Broken, Call, Found, NoRecord, Throttled, Turn } from '../providers/provider.js';
import type { Provider } from '../providers/catalogue.js';
import type { Asking } from './step-context.js';
import type { CallEnd } from '../providers/circuit-breaker.js';
import type { EnrichmentDeps } from './deps.js';
import { explainSkip, noTimeLeft } from './explain-refusal.js';

/** A call that the gateway itself did not let out. */
export type HeldBack = { kind: 'HELD_BACK'; problem: Problem };
export type Verdict<Record> = Found<Record> | NoRecord | HeldBack;

/**
 * Puts one question, if the account's circuit breaker, the provider's pace and the ask's deadline let it out, and tells
 * the breaker how it ended. Never rejects: a fault nobody foresaw is UNKNOWN, since something may have been sent.
 */
export const askProvider = async <Record>(
  deps: Pick<EnrichmentDeps, 'breakers' | 'callWith' | 'log'>,
  asking: Asking<Record>,
  credential: Credential,
  knownId: string | null,
): Promise<Verdict<Record>> => {
  const passage = deps.breakers.admit(credential.accountId);
  if (!passage.admitted) {
    return { kind: 'HELD_BACK', problem: explainSkip(asking.question.provider, passage.health) };
  }
  const { verdict, end } = await putInTime(deps, asking, credential, knownId);
  const change = passage.ended(end);
  if (change !== null) noteChange(deps, asking, credential, change);
  return verdict;
};

/** Told to the operator: by then callers are answered without a call, or with one again. */
const noteChange = <Record>(
  { breakers, log }: Pick<EnrichmentDeps, 'breakers' | 'log'>,
  { question, request }: Asking<Record>,
  { accountId, connectionId, payer }: Credential,
  change: 'OPENED' | 'CLOSED',
): void => {
  const { workspaceId } = request.caller;
  const account = { provider: question.provider.name, workspaceId, connectionId, payer };
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

const neutral: CallEnd = { kind: 'NEUTRAL' };

const putInTime = async <Record>(
  deps: Pick<EnrichmentDeps, 'callWith' | 'log'>,
  { question, deadline }: Asking<Record>,
  { key }: Credential,
  knownId: string | null,
): Promise<{ verdict: Verdict<Record>; end: CallEnd }> => {
  const { provider } = question;
  const call = deps.callWith(provider, key);
  const takeTurn = async (): Promise<Turn> => {
    const turn = await within(deadline.spareMs(), call.turn(), tooLate);
    if (deadline.spareMs() === 0) throw tooLate();
    return turn;
  };
  try {
    const begun: Call = { key: call.key, timeoutMs: deadline.leftMs(), turn: takeTurn };
    const verdict = await question.find(begun, knownId);
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
): Throttled | Broken | HeldBack => {
  if (code === 'PROVIDER_TIMEOUT') return { kind: 'HELD_BACK', problem: noTimeLeft(provider) };
  if (code === 'RATE_LIMITED') return { kind: 'THROTTLED', retryAfterSeconds };
  return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail: code };
};

const healthIn = (verdict: Found<unknown> | NoRecord): CallEnd => {
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
