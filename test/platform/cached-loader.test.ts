import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCachedLoader } from '../../src/platform/cached-loader.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  // lru-cache takes a start of 0 for none.
  vi.advanceTimersByTime(1);
});
afterEach(() => {
  vi.useRealTimers();
});

const counting = () => {
  let loads = 0;
  return () => Promise.resolve(++loads);
};

it('keeps a value for its time to live, counted from the start of the load', async () => {
  const cached = createCachedLoader<number>({ ttlMs: 500, max: 10 });
  const load = counting();
  expect(await cached('a', load)).toBe(1);
  vi.advanceTimersByTime(499);
  expect(await cached('a', load)).toBe(1);
  vi.advanceTimersByTime(2);
  expect(await cached('a', load)).toBe(2);
});

it('shares the load in progress, but not one that was started too long ago', async () => {
  const cached = createCachedLoader<number>({ ttlMs: 500, max: 10 });
  const slow = new EventEmitter();
  const first = cached('a', async () => {
    await once(slow, 'answer');
    return 1;
  });
  const second = cached('a', () => Promise.resolve(2));
  vi.advanceTimersByTime(501);
  const third = cached('a', () => Promise.resolve(3));
  slow.emit('answer');
  expect(await Promise.all([first, second, third])).toEqual([1, 1, 3]);
  expect(await cached('a', () => Promise.resolve(4))).toBe(3);
});

it('loads again after a load has failed', async () => {
  const cached = createCachedLoader<number>({ ttlMs: 500, max: 10 });
  await expect(cached('a', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(await cached('a', () => Promise.resolve(1))).toBe(1);
});

it('keeps a newer value when an older load fails', async () => {
  const cached = createCachedLoader<number>({ ttlMs: 500, max: 10 });
  const slow = new EventEmitter();
  const first = cached('a', async () => {
    await once(slow, 'fail');
    throw new Error('lost');
  });
  vi.advanceTimersByTime(501);
  await cached('a', () => Promise.resolve(2));
  slow.emit('fail');
  await expect(first).rejects.toThrow('lost');
  expect(await cached('a', () => Promise.resolve(3))).toBe(2);
});

it('drops the least recently used value when it is full', async () => {
  const cached = createCachedLoader<number>({ ttlMs: 500, max: 2 });
  const load = counting();
  for (const key of ['a', 'b', 'c']) await cached(key, load);
  expect([await cached('c', load), await cached('b', load), await cached('a', load)]).toEqual([3, 2, 4]);
});
