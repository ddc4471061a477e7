import type { Clock } from '../platform/time.js';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** What is known of the calls of one account. CLOSED: asked as ever. */
export type AccountHealth = {
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
export type CallResult = { kind: 'ANSWERED' | 'NEUTRAL' } | { kind: 'FAILED'; reason: string };

/** What the end of a call changed: the account is not asked for a while, or is asked again as ever; null: neither. */
export type CircuitChange = 'OPENED' | 'CLOSED' | null;

export type CircuitBreakers = {
  /** Lets a call through, whose end must be told; or says until when none is. */
  admit: (
    accountId: string,
  ) =>
    | { admitted: true; complete: (end: CallResult) => CircuitChange }
    | { admitted: false; health: AccountHealth };
  healthOf: (accountId: string) => AccountHealth;
  /** The accounts that are not simply well. */
  states: () => ReadonlyMap<string, AccountHealth>;
};

const failuresMax = 5;
const openMsFirst = 30_000;
const openMsMax = 300_000;
// Only troubled accounts are remembered; of too many the one longest in trouble is given another chance.
const accountsMax = 10_000;

type CircuitState = {
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
  const circuits = new Map<string, CircuitState>();
  const nowMs = (): number => clock.now().getTime();

  const stateOf = ({ openUntilMs }: CircuitState): BreakerState =>
    openUntilMs === null ? 'CLOSED' : nowMs() < openUntilMs ? 'OPEN' : 'HALF_OPEN';

  const healthFrom = (circuit: CircuitState): AccountHealth => ({
    state: stateOf(circuit),
    since: circuit.since,
    failures: circuit.failures,
    reason: circuit.reason,
    probeAt: circuit.openUntilMs === null ? null : new Date(circuit.openUntilMs),
  });

  const healthOf = (accountId: string): AccountHealth => {
    const trouble = circuits.get(accountId);
    return trouble === undefined ? healthy : healthFrom(trouble);
  };

  const fail = (accountId: string, reason: string, isProbe: boolean): CircuitChange => {
    const before = circuits.get(accountId);
    const failures = (before?.failures ?? 0) + 1;
    const trouble = {
      failures,
      reason,
      openMs: before?.openMs ?? openMsFirst,
      since: before?.since ?? clock.now(),
    };
    let change: CircuitChange = null;
    circuits.delete(accountId);
    // What was under way when the breaker opened changes nothing: only a probe makes the wait longer.
    if (before !== undefined && before.openUntilMs !== null && !isProbe) {
      circuits.set(accountId, { ...before, failures, reason });
    } else if (failures < failuresMax) {
      circuits.set(accountId, { ...trouble, openUntilMs: null, probing: false });
    } else {
      const openMs = isProbe ? Math.min(trouble.openMs * 2, openMsMax) : openMsFirst;
      const since = isProbe ? trouble.since : clock.now();
      circuits.set(accountId, { ...trouble, openMs, since, openUntilMs: nowMs() + openMs, probing: false });
      change = 'OPENED';
    }
    for (const oldest of circuits.keys()) {
      if (circuits.size <= accountsMax) break;
      circuits.delete(oldest);
    }
    return change;
  };

  const recover = (accountId: string): CircuitChange => {
    const wasOpen = (circuits.get(accountId)?.openUntilMs ?? null) !== null;
    circuits.delete(accountId);
    return wasOpen ? 'CLOSED' : null;
  };

  return {
    admit: (accountId) => {
      const trouble = circuits.get(accountId);
      const state = trouble === undefined ? 'CLOSED' : stateOf(trouble);
      if (trouble !== undefined && state !== 'CLOSED') {
        if (state === 'OPEN' || trouble.probing) return { admitted: false, health: healthFrom(trouble) };
        trouble.probing = true;
      }
      const isProbe = state !== 'CLOSED';
      return {
        admitted: true,
        complete: (end) => {
          if (isProbe) release(circuits.get(accountId));
          if (end.kind === 'ANSWERED') return recover(accountId);
          return end.kind === 'FAILED' ? fail(accountId, end.reason, isProbe) : null;
        },
      };
    },
    healthOf,
    states: () => new Map([...circuits].map(([accountId, trouble]) => [accountId, healthFrom(trouble)])),
  };
};

const release = (trouble: CircuitState | undefined): void => {
  if (trouble !== undefined) trouble.probing = false;
};

const healthy: AccountHealth = { state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null };
