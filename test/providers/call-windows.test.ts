import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCallWindows, firstCallsMax } from '../../src/providers/call-windows.js';
import { createCircuitBreakers, type CircuitBreakers } from '../../src/providers/circuit-breaker.js';
import type { CallResult } from '../../src/providers/circuits.js';

const account = 'one';
const waitMs = 60_000;
const answered: CallResult = { kind: 'ANSWERED' };
const unknown: CallResult = { kind: 'FAILED', reason: 'PROVIDER_UNAVAILABLE', ofRecord: true };

/** Breakers on a clock that is turned by hand, and calls of different records that wait for their place. */
const open = () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const breakers = createCircuitBreakers({ now: () => new Date(nowMs) });
  const inFlight: ((result: CallResult) => void)[] = [];
  const refused = { skipped: 0, notBegun: 0 };
  let sent = 0;
  let records = 0;
  const start = async (): Promise<void> => {
    const call = breakers.admit(account, `record ${(records += 1)}`);
    if (!call.admitted) {
      refused.skipped += 1;
      return;
    }
    if (!(await call.enter(waitMs)) || !call.maySend()) {
      refused.notBegun += 1;
      call.complete({ kind: 'NEUTRAL' });
      return;
    }
    sent += 1;
    inFlight.push((result) => {
      call.complete(result);
    });
  };
  return {
    breakers,
    refused,
    inFlight,
    sent: () => sent,
    start: async (count: number): Promise<void> => {
      for (let number = 0; number < count; number += 1) void start();
      await turn();
    },
    end: async (result: CallResult, count = inFlight.length): Promise<void> => {
      for (const end of inFlight.splice(0, count)) end(result);
      await turn();
    },
    after: (seconds: number) => {
      nowMs += seconds * 1_000;
    },
  };
};

const stateOf = (breakers: CircuitBreakers): string => breakers.healthOf(account).state;

describe('the calls in flight of one account', () => {
  it('are twenty at first, and twice as many after each round that was answered in full', async () => {
    const calls = open();
    await calls.start(128);
    const rounds: number[] = [];
    while (calls.inFlight.length > 0) {
      rounds.push(calls.inFlight.length);
      await calls.end(answered);
    }
    expect(rounds.slice(0, 3)).toEqual([20, 40, 68]);
    expect(calls.sent()).toBe(128);
  });

  it('are as many as before when none was in flight, and twenty again after ten seconds', async () => {
    const calls = open();
    const startAnswered = async (): Promise<number> => {
      await calls.start(100);
      const first = calls.inFlight.length;
      while (calls.inFlight.length > 0) await calls.end(answered);
      return first;
    };
    expect(await startAnswered()).toBe(firstCallsMax);
    for (let round = 0; round < 5; round += 1) {
      calls.after(10);
      expect(await startAnswered()).toBeGreaterThanOrEqual(3 * firstCallsMax);
    }
    calls.after(11);
    expect(await startAnswered()).toBe(firstCallsMax);
  });

  it('become fewer with each call where few were in flight for ten seconds', async () => {
    const calls = open();
    await calls.start(100);
    while (calls.inFlight.length > 0) await calls.end(answered);
    await calls.start(1);
    for (let call = 0; call < 100; call += 1) {
      calls.after(1);
      await calls.start(1);
      await calls.end(answered, 1);
    }
    await calls.start(100);
    expect(calls.inFlight).toHaveLength(firstCallsMax);
  });

  it('stay twenty while the provider answers fewer at once', async () => {
    const calls = open();
    for (let round = 0; round < 50; round += 1) {
      await calls.start(3);
      await calls.end(answered, calls.inFlight.length - 1);
    }
    await calls.start(100);
    expect(calls.inFlight.length).toBeLessThanOrEqual(firstCallsMax);
  });

  it('are at most twenty that may have been charged when every call fails, whatever waits', async () => {
    const calls = open();
    await calls.start(128);
    while (calls.inFlight.length > 0) await calls.end(unknown, 1);
    expect(calls.sent()).toBe(20);
    expect(stateOf(calls.breakers)).toBe('OPEN');
    expect(calls.refused).toEqual({ skipped: 0, notBegun: 108 });
    await calls.start(10);
    expect(calls.refused.skipped).toBe(10);
  });

  it('are at most one for each pause while every call fails', async () => {
    const calls = open();
    await calls.start(128);
    await calls.end(unknown);
    const before = calls.sent();
    for (let second = 0; second < 600; second += 1) {
      calls.after(1);
      await calls.start(16);
      await calls.end(unknown);
    }
    // Pauses of 30, 60, 120, 240 and 300 seconds.
    expect(calls.sent() - before).toBe(4);
  });

  it('are at most 20 in a minute, and those in flight then, when every other call fails', async () => {
    const calls = open();
    const unknownAtMs: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      calls.after(1);
      await calls.start(40);
      for (let number = 0; calls.inFlight.length > 0; number += 1) {
        const result: CallResult = number % 2 === 0 ? unknown : answered;
        if (result === unknown) unknownAtMs.push(second);
        await calls.end(result, 1);
      }
    }
    const inMinute = unknownAtMs.map(
      (at) => unknownAtMs.filter((other) => other >= at && other < at + 60).length,
    );
    expect(Math.max(...inMinute)).toBeLessThanOrEqual(20 + 2 * firstCallsMax);
  });

  it('are few after a failure, until a success', async () => {
    const calls = open();
    await calls.start(1);
    await calls.end(unknown);
    await calls.start(50);
    expect(calls.inFlight).toHaveLength(4);
    await calls.end(answered, 1);
    expect(calls.inFlight.length).toBeGreaterThanOrEqual(8);
  });
});

it('ends the wait of a call when its time is over, and gives its place to the next', async () => {
  const windows = createCallWindows(() => 1);
  expect(windows.enter(account, waitMs)).toBe(true);
  const brief = windows.enter(account, 5);
  const patient = windows.enter(account, waitMs);
  expect(await brief).toBe(false);
  windows.leave(account, { sent: false, answered: false });
  expect(await patient).toBe(true);
  expect(windows.enter(account, 0)).toBe(false);
});

it('ends all waits and lets none begin when the process stops', async () => {
  const windows = createCallWindows(() => 1);
  expect(windows.enter(account, waitMs)).toBe(true);
  const [first, second] = [windows.enter(account, waitMs), windows.enter(account, waitMs)];
  windows.close();
  expect([await first, await second]).toEqual([false, false]);
  expect(windows.enter(account, waitMs)).toBe(false);
  expect(windows.enter('other', waitMs)).toBe(true);
});

describe('calls that yield', () => {
  it('leave a quarter of the places to the others, and wait behind them', async () => {
    const windows = createCallWindows(() => Number.POSITIVE_INFINITY);
    const jobs = Array.from({ length: 40 }, () => windows.enter(account, waitMs, true));
    expect(jobs.filter((begun) => begun === true)).toHaveLength(firstCallsMax * 0.75);
    const others = Array.from({ length: 8 }, () => windows.enter(account, waitMs));
    expect(others.filter((begun) => begun === true)).toHaveLength(firstCallsMax * 0.25);
    const order: string[] = [];
    for (const begun of [...jobs, ...others])
      if (begun !== true)
        void Promise.resolve(begun).then(() => order.push(jobs.includes(begun) ? 'job' : 'other'));
    // Eight end: the three others that wait begin, and the jobs have their three quarters again.
    for (let call = 0; call < 9; call += 1) windows.leave(account, { sent: false, answered: false });
    await turn();
    expect(order).toEqual(['other', 'other', 'other', 'job']);
  });

  it('may have up to three quarters of 128 in flight while the provider answers', async () => {
    const windows = createCallWindows(() => Number.POSITIVE_INFINITY);
    let inFlight = 0;
    let most = 0;
    const call = async (): Promise<void> => {
      await windows.enter(account, waitMs, true);
      windows.send(account);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await turn();
      inFlight -= 1;
      windows.leave(account, { sent: true, answered: true });
    };
    await Promise.all(Array.from({ length: 2_000 }, call));
    expect(most).toBe(96);
  });

  it('begin one at a time where the account has failures, and none where its breaker is open', () => {
    let places = 1;
    const windows = createCallWindows(() => places);
    expect(windows.enter(account, waitMs, true)).toBe(true);
    expect(windows.enter(account, waitMs, true)).toBeInstanceOf(Promise);
    places = 0;
    expect(windows.enter(account, waitMs, true)).toBe(false);
  });
});
