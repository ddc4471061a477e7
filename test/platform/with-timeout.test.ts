import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { withTimeout } from '../../src/platform/with-timeout.js';

const late = (): Error => new Error('late');
const after = async (ms: number): Promise<string> => {
  await sleep(ms);
  return 'done';
};
const broken = async (): Promise<never> => {
  await sleep(400);
  throw new Error('broken');
};

afterEach(() => void vi.useRealTimers());

it('returns or throws what the work does, and leaves no timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await expect(withTimeout(60_000, Promise.resolve(7), late)).resolves.toBe(7);
  await expect(withTimeout(60_000, broken(), late)).rejects.toThrow('broken');
  await expect(withTimeout(0, Promise.resolve(7), late)).resolves.toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});

it('throws when the time is over, in slices or in one, and ignores what the work does later', async () => {
  const startedMs = performance.now();
  await expect(withTimeout(20, broken(), late)).rejects.toThrow('late');
  await expect(withTimeout(300, after(5_000), late)).rejects.toThrow('late');
  expect(performance.now() - startedMs).toBeGreaterThan(300);
});

it('does not count time in which the process was suspended', async () => {
  const work = withTimeout(400, after(450), late);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 900);
  await expect(work).resolves.toBe('done');
});
