import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { createSchedule, runEvery } from '../../src/platform/run-every.js';
import { silentLog } from '../support/silent-log.js';

it('runs the task repeatedly until it is stopped', async () => {
  let runs = 0;
  const stop = runEvery(
    2,
    {
      name: 'count',
      run: async () => {
        runs += 1;
      },
    },
    silentLog,
  );
  await vi.waitFor(() => expect(runs).toBeGreaterThan(2));
  await stop();
  const stoppedAt = runs;
  await sleep(20);
  expect(runs).toBe(stoppedAt);
});

it('never runs a task twice at the same time when a run takes longer than the interval', async () => {
  let running = 0;
  let runs = 0;
  let most = 0;
  const run = async (): Promise<void> => {
    running += 1;
    runs += 1;
    most = Math.max(most, running);
    await sleep(10);
    running -= 1;
  };
  const stop = runEvery(1, { name: 'slow', run }, silentLog);
  await vi.waitFor(() => expect(runs).toBeGreaterThan(2));
  await stop();
  expect(most).toBe(1);
});

it('runs at once on request, and once more for all requests during a run', async () => {
  const ends: (() => void)[] = [];
  const run = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
  const { runNow, stop } = createSchedule(3_600_000, { name: 'on request', run }, silentLog);
  runNow();
  expect(ends).toHaveLength(1);
  for (let request = 0; request < 3; request += 1) runNow();
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await vi.waitFor(() => expect(ends).toHaveLength(2));
  ends[1]?.();
  await sleep(5);
  expect(ends).toHaveLength(2);
  runNow();
  expect(ends).toHaveLength(3);
  runNow();
  const stopped = stop();
  ends[2]?.();
  await stopped;
  runNow();
  expect(ends).toHaveLength(3);
});

it('runs no more when it is stopped in the pause before a requested run', async () => {
  let runs = 0;
  const run = async (): Promise<void> => {
    runs += 1;
    await sleep(1);
  };
  const { runNow, stop } = createSchedule(3_600_000, { name: 'on request', run }, silentLog);
  runNow();
  runNow();
  await sleep(5);
  await stop();
  expect(runs).toBe(1);
});

it('aborts the signal and waits for the run in progress when it is stopped', async () => {
  let ended = false;
  let started = false;
  const run = async (stopping: AbortSignal): Promise<void> => {
    started = true;
    while (!stopping.aborted) await sleep(1);
    await sleep(10);
    ended = true;
  };
  const stop = runEvery(1, { name: 'long', run }, silentLog);
  await vi.waitFor(() => expect(started).toBe(true));
  await stop();
  expect(ended).toBe(true);
});

it('logs a failure without its message and runs again when a run fails', async () => {
  let lines = '';
  const log = createLog(
    'warn',
    new Writable({
      write: (chunk, _, done) => {
        lines += String(chunk);
        done();
      },
    }),
  );
  let runs = 0;
  const run = async (): Promise<void> => {
    runs += 1;
    throw Object.assign(new Error('secret parameter'), { code: '57P01' });
  };
  const stop = runEvery(1, { name: 'failing', run }, log);
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1));
  await stop();
  expect(lines).toContain('"task":"failing","code":"57P01"');
  expect(lines).not.toContain('secret parameter');
});
