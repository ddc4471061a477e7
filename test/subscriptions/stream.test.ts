import { expect, it } from 'vitest';
import { type Batch, createStream } from '../../src/subscriptions/stream.js';

const mayRetry = (error: unknown): boolean => error instanceof RangeError;

const open = (read: () => Promise<Batch<number>>) => {
  const ends: number[] = [];
  const stream = createStream({ read, mayRetry, everyMs: 1, onEnd: () => ends.push(1) });
  return { stream, ends };
};

it('sends a slow consumer the latest state once, however often it was woken', async () => {
  let state = 0;
  const { stream } = open(() => Promise.resolve({ events: [state] }));
  for (state = 1; state < 5; state += 1) stream.wake();
  expect(await stream.next()).toEqual({ done: false, value: 5 });
  const next = stream.next();
  state = 6;
  stream.wake();
  expect(await next).toEqual({ done: false, value: 6 });
});

it('ends at once while it waits, when its consumer returns', async () => {
  const { stream, ends } = open(() => Promise.resolve({ events: [1] }));
  const next = stream.next();
  await stream.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  stream.end(null);
  expect(ends).toEqual([1]);
});

it('reads again after a failure that may pass, and fails with any other', async () => {
  const failures: Error[] = [new RangeError('lost'), new RangeError('lost'), new TypeError('broken')];
  let reads = 0;
  const { stream, ends } = open(() => {
    reads += 1;
    return reads === 3
      ? Promise.resolve({ events: [3] })
      : Promise.reject(failures.shift() ?? new Error('none left'));
  });
  stream.wake();
  expect(await stream.next()).toEqual({ done: false, value: 3 });
  stream.wake();
  await expect(stream.next()).rejects.toThrow('broken');
  expect(ends).toEqual([1]);
});

it('sends the error that ends it, and nothing after its last batch', async () => {
  const revoked = open(() => Promise.resolve({ events: [] }));
  const next = revoked.stream.next();
  revoked.stream.end(new Error('revoked'));
  await expect(next).rejects.toThrow('revoked');

  const { stream, ends } = open(() => Promise.resolve({ events: [1, 2], isLast: true }));
  stream.wake();
  const all: number[] = [];
  for await (const event of stream) all.push(event);
  expect(all).toEqual([1, 2]);
  expect(ends).toEqual([1]);
});
