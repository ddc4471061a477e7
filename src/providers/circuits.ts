import type { Clock } from '../platform/time.js';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** The health of one account, or of one record of it. CLOSED: called normally; OPEN: not called; HALF_OPEN: one probe call at a time. */
export type AccountHealth = {
  state: BreakerState;
  /** When the state or the first failure began; null for a healthy account. */
  since: Date | null;
  /** Failures in a row; answers of one record that were lost or unreadable count once. */
  failures: number;
  /** The problem code of the last of them. */
  reason: string | null;
  /** When the next call is allowed; null while CLOSED. */
  probeAt: Date | null;
};

/**
 * What a call says of the account's health. ANSWERED includes misses and refusals. NEUTRAL: nothing, as it was not sent.
 * FAILED with `ofRecord`: the answer for one record was lost or cannot be read, and may have been charged.
 */
export type CallResult =
  | { kind: 'ANSWERED' | 'NEUTRAL' }
  | { kind: 'FAILED'; reason: string; ofRecord?: boolean };

/** What a completed call changed: OPENED stops further calls for a while, CLOSED allows them again; null: nothing. */
export type CircuitChange = 'OPENED' | 'CLOSED' | null;

export type Admitted = {
  admitted: true;
  /** Whether the call is the first one after a pause: the provider is to be checked at no cost before. */
  isProbe: boolean;
  complete: (result: CallResult) => CircuitChange;
  /** Whether the call may still be sent: not where the breaker has opened while it waited. */
  maySend: () => boolean;
};
export type Refused = { admitted: false; health: AccountHealth };

export type BreakerLimits = {
  /** Failures in a row after which an account, or a record, is not called. */
  failuresMax: number;
  /** Calls of an account within a minute that may have been charged, after which it is not called. */
  unknownMax: number;
};

const openMsFirst = 30_000;
const openMsMax = 300_000;
// Only accounts with failures are kept; beyond this many, the oldest is dropped.
const accountsMax = 10_000;
const minuteMs = 60_000;

type CircuitState = {
  failures: number;
  /** The records whose failures are counted. */
  records: Set<string>;
  reason: string;
  openMs: number;
  since: Date;
  openUntilMs: number | null;
  /** Whether it opened although calls succeed: then only the success of a probe closes it. */
  isFlooded: boolean;
  probing: boolean;
};

type Circuits = {
  admit: (id: string, record?: string) => Admitted | Refused;
  healthOf: (id: string) => AccountHealth;
  states: () => ReadonlyMap<string, AccountHealth>;
};

/** Creates breakers that open after failures in a row, or after too many calls within a minute that may have been charged. */
export const createCircuits = (clock: Clock, { failuresMax, unknownMax }: BreakerLimits): Circuits => {
  const circuits = new Map<string, CircuitState>();
  /** The instants of the last calls of each account that may have been charged. */
  const unknowns = new Map<string, number[]>();
  const nowMs = (): number => clock.now().getTime();

  const stateOf = ({ openUntilMs }: CircuitState): BreakerState =>
    openUntilMs === null ? 'CLOSED' : nowMs() < openUntilMs ? 'OPEN' : 'HALF_OPEN';

  const stateNow = (accountId: string): BreakerState => {
    const circuit = circuits.get(accountId);
    return circuit === undefined ? 'CLOSED' : stateOf(circuit);
  };

  const healthFrom = (circuit: CircuitState): AccountHealth => ({
    state: stateOf(circuit),
    since: circuit.since,
    failures: circuit.failures,
    reason: circuit.reason,
    probeAt: circuit.openUntilMs === null ? null : new Date(circuit.openUntilMs),
  });

  const healthOf = (accountId: string): AccountHealth => {
    const circuit = circuits.get(accountId);
    return circuit === undefined ? healthy : healthFrom(circuit);
  };

  /** Whether this call is one too many within a minute that may have been charged. */
  const isOneTooMany = (accountId: string): boolean => {
    if (unknownMax === Number.POSITIVE_INFINITY) return false;
    const recent = [...(unknowns.get(accountId) ?? []), nowMs()].slice(-unknownMax);
    unknowns.delete(accountId);
    unknowns.set(accountId, recent);
    dropOldest(unknowns);
    return recent.length === unknownMax && nowMs() - (recent[0] ?? 0) < minuteMs;
  };

  const fail = (
    accountId: string,
    reason: string,
    { isProbe, record }: { isProbe: boolean; record: string | undefined },
  ): CircuitChange => {
    const isFlood = record !== undefined && isOneTooMany(accountId);
    const before = circuits.get(accountId);
    const records = before?.records ?? new Set();
    const isCounted = record !== undefined && records.has(record);
    if (record !== undefined && records.size < failuresMax) records.add(record);
    const failures = (before?.failures ?? 0) + (isCounted ? 0 : 1);
    const circuit = {
      failures,
      records,
      reason,
      openMs: before?.openMs ?? openMsFirst,
      since: before?.since ?? clock.now(),
    };
    let change: CircuitChange = null;
    circuits.delete(accountId);
    // A call that was in flight when the breaker opened changes nothing: only a failed probe doubles the wait.
    if (before !== undefined && before.openUntilMs !== null && !isProbe) {
      circuits.set(accountId, { ...before, failures, reason });
    } else if (failures < failuresMax && !isFlood) {
      circuits.set(accountId, { ...circuit, openUntilMs: null, isFlooded: false, probing: false });
    } else {
      const openMs = isProbe ? Math.min(circuit.openMs * 2, openMsMax) : openMsFirst;
      const since = isProbe ? circuit.since : clock.now();
      circuits.set(accountId, {
        ...circuit,
        openMs,
        since,
        openUntilMs: nowMs() + openMs,
        isFlooded: isFlood || before?.isFlooded === true,
        probing: false,
      });
      change = 'OPENED';
    }
    dropOldest(circuits);
    return change;
  };

  const recover = (accountId: string): CircuitChange => {
    const wasOpen = (circuits.get(accountId)?.openUntilMs ?? null) !== null;
    circuits.delete(accountId);
    return wasOpen ? 'CLOSED' : null;
  };

  return {
    admit: (accountId, record) => {
      const circuit = circuits.get(accountId);
      const state = stateNow(accountId);
      if (circuit !== undefined && state !== 'CLOSED') {
        if (state === 'OPEN' || circuit.probing) return { admitted: false, health: healthFrom(circuit) };
        circuit.probing = true;
      }
      const isProbe = state !== 'CLOSED';
      return {
        admitted: true,
        isProbe,
        complete: (result) => {
          if (isProbe) release(circuits.get(accountId));
          if (result.kind === 'ANSWERED') {
            const isFlooded = !isProbe && circuits.get(accountId)?.isFlooded === true;
            return isFlooded ? null : recover(accountId);
          }
          if (result.kind !== 'FAILED') return null;
          const counted = result.ofRecord === true ? record : undefined;
          return fail(accountId, result.reason, { isProbe, record: counted });
        },
        maySend: () => isProbe || stateNow(accountId) === 'CLOSED',
      };
    },
    healthOf,
    states: () => new Map([...circuits].map(([accountId, circuit]) => [accountId, healthFrom(circuit)])),
  };
};

const dropOldest = (byAccount: Map<string, unknown>): void => {
  for (const oldest of byAccount.keys()) {
    if (byAccount.size <= accountsMax) return;
    byAccount.delete(oldest);
  }
};

const release = (circuit: CircuitState | undefined): void => {
  if (circuit !== undefined) circuit.probing = false;
};

const healthy: AccountHealth = { state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null };
