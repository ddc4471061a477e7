import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ttlCache } from '../../src/platform/ttl-cache.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const counting = () => {
  let loads = 0;
  return () => Promise.resolve(++loads);
};

test('an answer is remembered for its age, counted from when the question was put', async () => {
  const remember = ttlCache<number>({ ageMsMax: 500, itemsMax: 10 });
  const load = counting();
  expect(await remember('a', load)).toBe(1);
  vi.advanceTimersByTime(499);
  expect(await remember('a', load)).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await remember('a', load)).toBe(2);
});

test('those who ask meanwhile share the answer under way, but not one that was asked for too long ago', async () => {
  const remember = ttlCache<number>({ ageMsMax: 500, itemsMax: 10 });
  const slow = new EventEmitter();
  const first = remember('a', async () => {
    await once(slow, 'answer');
    return 1;
  });
  const second = remember('a', () => Promise.resolve(2));
  vi.advanceTimersByTime(500);
  const third = remember('a', () => Promise.resolve(3));
  slow.emit('answer');
  expect(await Promise.all([first, second, third])).toEqual([1, 1, 3]);
  expect(await remember('a', () => Promise.resolve(4))).toBe(3);
});

test('failures are not remembered', async () => {
  const remember = ttlCache<number>({ ageMsMax: 500, itemsMax: 10 });
  await expect(remember('a', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(await remember('a', () => Promise.resolve(1))).toBe(1);
});

test('no more than so many are kept, and the oldest goes first', async () => {
  const remember = ttlCache<number>({ ageMsMax: 500, itemsMax: 2 });
  const load = counting();
  for (const key of ['a', 'b', 'c']) await remember(key, load);
  expect([await remember('c', load), await remember('b', load), await remember('a', load)]).toEqual([
    3, 2, 4,
  ]);
});
