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

type Admission =
  | {
      admitted: true;
      complete: (result: CallResult) => CircuitChange;
      /** Whether the call may still be sent: not where the breaker has opened while it waited. */
      maySend: () => boolean;
    }
  | { admitted: false; health: AccountHealth };

export type CircuitBreakers = {
  /**
   * Admits a call, which must be completed; or returns the health of an account that is not called now. `record` is what
   * the call is about, where it is about one record: its health is then what is returned if only it is not called now.
   */
  admit: (accountId: string, record?: string) => Admission & { record?: boolean };
  healthOf: (accountId: string) => AccountHealth;
  /** The accounts with failures since their last answer. */
  states: () => ReadonlyMap<string, AccountHealth>;
};

const openMsFirst = 30_000;
const openMsMax = 300_000;
// Only accounts with failures are kept; beyond this many, the oldest is dropped.
const accountsMax = 10_000;

type CircuitState = {
  failures: number;
  /** The records whose failures are counted. */
  records: Set<string>;
  reason: string;
  openMs: number;
  since: Date;
  openUntilMs: number | null;
  probing: boolean;
};

/**
 * Creates the circuit breakers of this process: one for each provider account, and one for each of its records that
 * failed. After 5 failures in a row (`failuresMax`) an account is not called for 30 seconds, then probed by one call at a time: a success
 * closes the breaker, a failure doubles the wait, up to 5 minutes. Lost and unreadable answers for one record count
 * once in its account, so such a record does not block others; after 5 failures in a row it is not fetched itself, because each
 * may have been charged.
 */
export const createCircuitBreakers = (
  clock: Clock,
  { failuresMax }: { failuresMax: number } = { failuresMax: 5 },
): CircuitBreakers => {
  const accounts = createCircuits(clock, failuresMax);
  const records = createCircuits(clock, failuresMax);
  return {
    admit: (accountId, record) => {
      if (record === undefined) return accounts.admit(accountId);
      const ofRecord = records.admit(`${accountId} ${record}`);
      if (!ofRecord.admitted) return { ...ofRecord, record: true };
      const ofAccount = accounts.admit(accountId, record);
      if (!ofAccount.admitted) {
        ofRecord.complete({ kind: 'NEUTRAL' });
        return ofAccount;
      }
      return {
        admitted: true,
        complete: (result) => {
          const isOther = result.kind === 'FAILED' && result.ofRecord !== true;
          ofRecord.complete(isOther ? { kind: 'NEUTRAL' } : result);
          return ofAccount.complete(result);
        },
        maySend: () => ofRecord.maySend() && ofAccount.maySend(),
      };
    },
    healthOf: accounts.healthOf,
    states: accounts.states,
  };
};

type Circuits = {
  admit: (id: string, record?: string) => Admission;
  healthOf: (id: string) => AccountHealth;
  states: () => ReadonlyMap<string, AccountHealth>;
};

const createCircuits = (clock: Clock, failuresMax: number): Circuits => {
  const circuits = new Map<string, CircuitState>();
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

  const fail = (
    accountId: string,
    reason: string,
    { isProbe, record }: { isProbe: boolean; record: string | undefined },
  ): CircuitChange => {
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
    } else if (failures < failuresMax) {
      circuits.set(accountId, { ...circuit, openUntilMs: null, probing: false });
    } else {
      const openMs = isProbe ? Math.min(circuit.openMs * 2, openMsMax) : openMsFirst;
      const since = isProbe ? circuit.since : clock.now();
      circuits.set(accountId, { ...circuit, openMs, since, openUntilMs: nowMs() + openMs, probing: false });
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
        complete: (result) => {
          if (isProbe) release(circuits.get(accountId));
          if (result.kind === 'ANSWERED') return recover(accountId);
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

const release = (circuit: CircuitState | undefined): void => {
  if (circuit !== undefined) circuit.probing = false;
};

const healthy: AccountHealth = { state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null };
