import { describe, expect, it } from 'vitest';
import { createCircuitBreakers, type CircuitBreakers } from '../../src/providers/circuit-breaker.js';
import type { CallResult } from '../../src/providers/circuits.js';

const account = 'one';
const failed: CallResult = { kind: 'FAILED', reason: 'PROVIDER_TIMEOUT' };
const answered: CallResult = { kind: 'ANSWERED' };

/** A breaker on a clock that is turned by hand. */
const open = (): { breakers: CircuitBreakers; after: (seconds: number) => void } => {
  let nowMs = Date.UTC(2026, 0, 1);
  const breakers = createCircuitBreakers({ now: () => new Date(nowMs) });
  return {
    breakers,
    after: (seconds) => {
      nowMs += seconds * 1_000;
    },
  };
};

const call = (breakers: CircuitBreakers, end: CallResult, accountId = account): boolean => {
  const passage = breakers.admit(accountId);
  if (passage.admitted) passage.complete(end);
  return passage.admitted;
};
const failTimes = (breakers: CircuitBreakers, times: number): void => {
  for (let count = 0; count < times; count += 1) call(breakers, failed);
};

const lost: CallResult = { kind: 'FAILED', reason: 'PROVIDER_ANSWER_UNREADABLE', ofRecord: true };
const callFor = (breakers: CircuitBreakers, record: string, end: CallResult): string => {
  const passage = breakers.admit(account, record);
  if (passage.admitted) passage.complete(end);
  return passage.admitted ? 'CALLED' : passage.record === true ? 'RECORD SKIPPED' : 'ACCOUNT SKIPPED';
};

describe('a circuit breaker', () => {
  it('opens, with since and reason, after five failures in a row', () => {
    const { breakers, after } = open();
    failTimes(breakers, 4);
    expect(breakers.healthOf(account)).toMatchObject({ state: 'CLOSED', failures: 4 });
    after(10);
    failTimes(breakers, 1);
    expect(breakers.healthOf(account)).toEqual({
      state: 'OPEN',
      since: new Date(Date.UTC(2026, 0, 1, 0, 0, 10)),
      failures: 5,
      reason: 'PROVIDER_TIMEOUT',
      probeAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 40)),
    });
    expect(call(breakers, answered)).toBe(false);
  });

  it.each([
    ['answered' as const, answered],
    ['is neutral' as const, { kind: 'NEUTRAL' } as const],
  ])('counts no failure when a call %s', (_, end) => {
    const { breakers } = open();
    failTimes(breakers, 4);
    call(breakers, end);
    expect(breakers.healthOf(account).failures).toBe(end.kind === 'ANSWERED' ? 0 : 4);
  });

  it('is separate for each account', () => {
    const { breakers } = open();
    failTimes(breakers, 5);
    expect(call(breakers, answered, 'other')).toBe(true);
    expect([...breakers.states().keys()]).toEqual([account]);
  });

  it('admits one probe at a time after thirty seconds, whose result decides', () => {
    const { breakers, after } = open();
    failTimes(breakers, 5);
    after(29);
    expect(call(breakers, answered)).toBe(false);
    after(1);
    expect(breakers.healthOf(account).state).toBe('HALF_OPEN');
    const probe = breakers.admit(account);
    expect(call(breakers, answered)).toBe(false);
    if (probe.admitted) probe.complete(answered);
    expect(breakers.healthOf(account)).toMatchObject({ state: 'CLOSED', failures: 0 });
    expect(call(breakers, answered)).toBe(true);
  });

  it('doubles the wait after each failed probe, up to five minutes', () => {
    const { breakers, after } = open();
    failTimes(breakers, 5);
    for (const seconds of [30, 60, 120, 240, 300, 300]) {
      after(seconds - 1);
      expect(breakers.healthOf(account).state).toBe('OPEN');
      after(1);
      expect(call(breakers, failed)).toBe(true);
    }
  });

  it('admits another probe when one was neutral', () => {
    const { breakers, after } = open();
    failTimes(breakers, 5);
    after(30);
    expect(call(breakers, { kind: 'NEUTRAL' })).toBe(true);
    expect(breakers.healthOf(account).state).toBe('HALF_OPEN');
    expect(call(breakers, answered)).toBe(true);
  });

  it('returns what each result changed: nothing, opened, opened again, closed', () => {
    const { breakers, after } = open();
    const end = (how: CallResult) => {
      const passage = breakers.admit(account);
      return passage.admitted ? passage.complete(how) : 'NOT ADMITTED';
    };
    expect(end(answered)).toBeNull();
    expect([1, 2, 3, 4, 5].map(() => end(failed))).toEqual([null, null, null, null, 'OPENED']);
    expect(end(answered)).toBe('NOT ADMITTED');
    after(30);
    expect(end({ kind: 'NEUTRAL' })).toBeNull();
    expect(end(failed)).toBe('OPENED');
    after(60);
    expect([end(answered), end(answered)]).toEqual(['CLOSED', null]);
  });

  it('does not lengthen the wait when calls were in flight as it opened', () => {
    const { breakers } = open();
    const passages = Array.from({ length: 20 }, () => breakers.admit(account));
    for (const passage of passages) if (passage.admitted) passage.complete(failed);
    expect(breakers.healthOf(account)).toMatchObject({
      state: 'OPEN',
      failures: 20,
      probeAt: new Date(Date.UTC(2026, 0, 1, 0, 0, 30)),
    });
  });

  it('skips only the record when the answers for one record are lost', () => {
    const { breakers, after } = open();
    const results = Array.from({ length: 7 }, () => callFor(breakers, 'bad', lost));
    expect(results).toEqual([...Array(5).fill('CALLED'), 'RECORD SKIPPED', 'RECORD SKIPPED']);
    expect(breakers.healthOf(account)).toMatchObject({ state: 'CLOSED', failures: 1 });
    expect(callFor(breakers, 'good', answered)).toBe('CALLED');
    after(30);
    expect(callFor(breakers, 'bad', answered)).toBe('CALLED');
    expect(callFor(breakers, 'bad', answered)).toBe('CALLED');
  });

  it('skips the account when the answers for five records are lost', () => {
    const { breakers } = open();
    for (const record of ['a', 'a', 'b', 'b', 'c', 'd', 'e']) {
      expect(callFor(breakers, record, lost)).toBe('CALLED');
    }
    expect(callFor(breakers, 'f', answered)).toBe('ACCOUNT SKIPPED');
    expect(breakers.healthOf(account)).toMatchObject({ state: 'OPEN', failures: 5 });
  });

  it('stops a call that waited when the breaker opened meanwhile', () => {
    const { breakers, after } = open();
    const waiting = breakers.admit(account, 'waiting');
    failTimes(breakers, 4);
    expect(waiting.admitted && waiting.maySend()).toBe(true);
    failTimes(breakers, 1);
    expect(waiting.admitted && waiting.maySend()).toBe(false);
    after(30);
    const probe = breakers.admit(account, 'probe');
    expect(probe.admitted && probe.maySend()).toBe(true);
  });
});
