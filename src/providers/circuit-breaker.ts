import type { Clock } from '../platform/time.js';
import { createCallWindows } from './call-windows.js';
import {
  type AccountHealth,
  type Admitted,
  type BreakerLimits,
  createCircuits,
  type Refused,
} from './circuits.js';

/** A call that waits for its place among the calls in flight; `enter` is false where it may not begin within `waitMs`. One that yields lets others go first. */
type Entering = { enter: (waitMs: number, yields?: boolean) => boolean | Promise<boolean> };

export type CircuitBreakers = {
  /**
   * Admits a call, which must be completed; or returns the health of an account that is not called now. `record` is what
   * the call is about, where it is about one record: its health is then what is returned if only it is not called now.
   */
  admit: (accountId: string, record?: string) => (Admitted & Entering) | (Refused & { record?: boolean });
  healthOf: (accountId: string) => AccountHealth;
  /** The accounts with failures since their last answer. */
  states: () => ReadonlyMap<string, AccountHealth>;
  /** Ends the waits of calls that have not begun: the process stops. */
  close: () => void;
};

const breakerLimits: BreakerLimits = { failuresMax: 5, unknownMax: 20 };

/**
 * Creates the circuit breakers of this process: one for each provider account, and one for each of its records that
 * failed. After 5 failures in a row an account is not called for 30 seconds, then probed by one call at a time: a success
 * closes the breaker, a failure doubles the wait, up to 5 minutes. It also opens after 20 calls within a minute that may
 * have been charged, whatever succeeded between them. Lost and unreadable answers for one record count once among the
 * failures in a row, so such a record does not block others; after 5 failures in a row it is not fetched itself, because
 * each may have been charged.
 *
 * While an account has failures, no more calls are in flight than may fail until the breaker opens; before, as many as
 * createCallWindows allows. So of a provider that fails, each process has at most 20 calls that may have been charged when
 * the breaker opens, or twice as many as it answered at once before.
 */
export const createCircuitBreakers = (
  clock: Clock,
  limits: BreakerLimits = breakerLimits,
): CircuitBreakers => {
  const accounts = createCircuits(clock, limits);
  const records = createCircuits(clock, { ...limits, unknownMax: Number.POSITIVE_INFINITY });
  const callsMaxOf = (accountId: string): number => {
    const { state, failures } = accounts.healthOf(accountId);
    if (state === 'OPEN') return 0;
    if (failures === 0) return Number.POSITIVE_INFINITY;
    return Math.max(1, limits.failuresMax - failures);
  };
  const windows = createCallWindows(callsMaxOf, () => clock.now().getTime());

  const withWindow = (accountId: string, call: Admitted): Admitted & Entering => {
    let isEntered = false;
    let isSent = false;
    const enter = (mayBegin: boolean): boolean => {
      isEntered = mayBegin;
      return mayBegin;
    };
    return {
      ...call,
      // A probe waits for no other call: those that are still in flight began before the breaker opened.
      enter: (waitMs, yields) => {
        if (call.isProbe) return true;
        const entering = windows.enter(accountId, waitMs, yields);
        return typeof entering === 'boolean' ? enter(entering) : entering.then(enter);
      },
      maySend: () => {
        if (!call.maySend()) return false;
        if (isEntered && !isSent) windows.send(accountId);
        isSent = true;
        return true;
      },
      complete: (result) => {
        const change = call.complete(result);
        if (isEntered) windows.leave(accountId, { sent: isSent, answered: result.kind === 'ANSWERED' });
        else windows.wake(accountId);
        return change;
      },
    };
  };

  return {
    admit: (accountId, record) => {
      if (record === undefined) {
        const admission = accounts.admit(accountId);
        return admission.admitted ? withWindow(accountId, admission) : admission;
      }
      const ofRecord = records.admit(`${accountId} ${record}`);
      if (!ofRecord.admitted) return { ...ofRecord, record: true };
      const ofAccount = accounts.admit(accountId, record);
      if (!ofAccount.admitted) {
        ofRecord.complete({ kind: 'NEUTRAL' });
        return ofAccount;
      }
      return withWindow(accountId, {
        ...ofAccount,
        complete: (result) => {
          const isOther = result.kind === 'FAILED' && result.ofRecord !== true;
          ofRecord.complete(isOther ? { kind: 'NEUTRAL' } : result);
          return ofAccount.complete(result);
        },
        maySend: () => ofRecord.maySend() && ofAccount.maySend(),
      });
    },
    healthOf: accounts.healthOf,
    states: accounts.states,
    close: windows.close,
  };
};
