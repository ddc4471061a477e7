import type { Clock } from '../platform/time.js';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** What is known of the calls of one account. CLOSED: asked as ever. */
export type Health = {
  state: BreakerState;
  /** When it came to be so; null for an account that was never in trouble. */
  since: Date | null;
  /** Failures in a row. */
  failures: number;
  /** The problem code of the last of them. */
  reason: string | null;
  /** When the next call is let through; null while CLOSED. */
  probeAt: Date | null;
};

/**
 * How a call ended, as far as the provider's health goes. ANSWERED: a miss and a refusal are answers too. NEUTRAL: it
 * tells nothing, as where the call never left.
 */
export type CallEnd = { kind: 'ANSWERED' | 'NEUTRAL' } | { kind: 'FAILED'; reason: string };

/** What the end of a call changed: the account is not asked for a while, or is asked again as ever; null: neither. */
export type Change = 'OPENED' | 'CLOSED' | null;

export type CircuitBreakers = {
  /** Lets a call through, whose end must be told; or says until when none is. */
  admit: (
    accountId: string,
  ) => { admitted: true; ended: (end: CallEnd) => Change } | { admitted: false; health: Health };
  healthOf: (accountId: string) => Health;
  /** The accounts that are not simply well. */
  states: () => ReadonlyMap<string, Health>;
};

const failuresMax = 5;
const openMsFirst = 30_000;
const openMsMax = 300_000;
// Only troubled accounts are remembered; of too many the one longest in trouble is given another chance.
const accountsMax = 10_000;

type Trouble = {
  failures: number;
  reason: string;
  openMs: number;
  since: Date;
  openUntilMs: number | null;
  probing: boolean;
};

/**
 * Makes the circuit breakers of this process, one for each provider account. After 5 failures in a row an account is
 * not asked for 30 seconds, then by one call at a time: its success closes the breaker, its failure doubles the wait,
 * up to 5 minutes.
 */
export const createCircuitBreakers = (clock: Clock): CircuitBreakers => {
  const troubled = new Map<string, Trouble>();
  const nowMs = (): number => clock.now().getTime();

  const stateOf = ({ openUntilMs }: Trouble): BreakerState =>
    openUntilMs === null ? 'CLOSED' : nowMs() < openUntilMs ? 'OPEN' : 'HALF_OPEN';

  const healthIn = (trouble: Trouble): Health => ({
    state: stateOf(trouble),
    since: trouble.since,
    failures: trouble.failures,
    reason: trouble.reason,
    probeAt: trouble.openUntilMs === null ? null : new Date(trouble.openUntilMs),
  });

  const healthOf = (accountId: string): Health => {
    const trouble = troubled.get(accountId);
    return trouble === undefined ? well : healthIn(trouble);
  };

  const fail = (accountId: string, reason: string, probed: boolean): Change => {
    const before = troubled.get(accountId);
    const failures = (before?.failures ?? 0) + 1;
    const trouble = {
      failures,
      reason,
      openMs: before?.openMs ?? openMsFirst,
      since: before?.since ?? clock.now(),
    };
    let change: Change = null;
    troubled.delete(accountId);
    // What was under way when the breaker opened changes nothing: only a probe makes the wait longer.
    if (before !== undefined && before.openUntilMs !== null && !probed) {
      troubled.set(accountId, { ...before, failures, reason });
    } else if (failures < failuresMax) {
      troubled.set(accountId, { ...trouble, openUntilMs: null, probing: false });
    } else {
      const openMs = probed ? Math.min(trouble.openMs * 2, openMsMax) : openMsFirst;
      const since = probed ? trouble.since : clock.now();
      troubled.set(accountId, { ...trouble, openMs, since, openUntilMs: nowMs() + openMs, probing: false });
      change = 'OPENED';
    }
    for (const oldest of troubled.keys()) {
      if (troubled.size <= accountsMax) break;
      troubled.delete(oldest);
    }
    return change;
  };

  const recover = (accountId: string): Change => {
    const wasOpen = (troubled.get(accountId)?.openUntilMs ?? null) !== null;
    troubled.delete(accountId);
    return wasOpen ? 'CLOSED' : null;
  };

  return {
    admit: (accountId) => {
      const trouble = troubled.get(accountId);
      const state = trouble === undefined ? 'CLOSED' : stateOf(trouble);
      if (trouble !== undefined && state !== 'CLOSED') {
        if (state === 'OPEN' || trouble.probing) return { admitted: false, health: healthIn(trouble) };
        trouble.probing = true;
      }
      const probed = state !== 'CLOSED';
      return {
        admitted: true,
        ended: (end) => {
          if (probed) release(troubled.get(accountId));
          if (end.kind === 'ANSWERED') return recover(accountId);
          return end.kind === 'FAILED' ? fail(accountId, end.reason, probed) : null;
        },
      };
    },
    healthOf,
    states: () => new Map([...troubled].map(([accountId, trouble]) => [accountId, healthIn(trouble)])),
  };
};

const release = (trouble: Trouble | undefined): void => {
  if (trouble !== undefined) trouble.probing = false;
};

const well: Health = { state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null };
