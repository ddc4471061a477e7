import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReportQueue, type RunReport } from '../../src/usage/report-queue.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
let run: RunReport;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => {
  run = createReportQueue({ ...store.database, reportsMax: 3 });
});

/** Reports that run until they are released, in the order of their starts. */
const held = () => {
  const started: { name: string; release: () => void }[] = [];
  const read = (name: string) => () =>
    new Promise<string>((resolve) => started.push({ name, release: () => resolve(name) }));
  return { started, read, names: () => started.map(({ name }) => name) };
};
const a = { tokenId: 'a' };
const b = { tokenId: 'b' };
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('reads on the connections for reports', async () => {
  const used = await run(a, ({ database }) => Promise.resolve(database.db));
  expect(used).toBe(store.database.reports);
});

it('leaves a connection to other tokens when one token requests many reports', async () => {
  const { read, names, started } = held();
  const all = Array.from({ length: 5 }, (_, n) => run(a, read(`a${n}`)));
  const other = run(b, read('b0'));
  await settle();
  expect(names()).toEqual(['a0', 'a1', 'b0']);
  for (let at = 0; at < 6; at += 1) {
    started[at]?.release();
    await settle();
  }
  expect(await Promise.all([...all, other])).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'b0']);
});

it('lets tokens take turns when several wait', async () => {
  const { read, names, started } = held();
  const all = [
    ...Array.from({ length: 6 }, (_, n) => run(a, read(`a${n}`))),
    ...Array.from({ length: 3 }, (_, n) => run(b, read(`b${n}`))),
  ];
  for (let at = 0; at < all.length; at += 1) {
    await settle();
    started[at]?.release();
  }
  await Promise.all(all);
  expect(names().indexOf('b2')).toBeLessThan(names().indexOf('a5'));
});

it('goes on with the next report when one fails', async () => {
  const failing = Array.from({ length: 4 }, () => run(a, () => Promise.reject(new Error('away'))));
  const results = await Promise.allSettled(failing);
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await run(a, () => Promise.resolve('read'))).toBe('read');
});

describe('with a text that says what is read', () => {
  const settings = { sharedAs: 'usage' };

  it('makes one read of those that wait, of all tokens, and another of one that comes after it began', async () => {
    const { read, names, started } = held();
    const running = ['a0', 'a1'].map((name) => run(a, read(name)));
    const waiting = [run(a, read('a2'), settings), run(a, read('a3'), settings)];
    const other = run(b, read('b0'));
    waiting.push(run(b, read('b1'), settings));
    await settle();
    expect(names()).toEqual(['a0', 'a1', 'b0']);
    started[0]?.release();
    await settle();
    expect(names()).toEqual(['a0', 'a1', 'b0', 'a2']);
    const later = [run(a, read('a4'), settings), run(b, read('b2'), settings)];
    for (const place of [1, 2, 3, 4]) {
      started[place]?.release();
      await settle();
    }
    expect(await Promise.all(waiting)).toEqual(['a2', 'a2', 'a2']);
    expect(await Promise.all(later)).toEqual(['a4', 'a4']);
    expect(await Promise.all([...running, other])).toEqual(['a0', 'a1', 'b0']);
    expect(names()).toEqual(['a0', 'a1', 'b0', 'a2', 'a4']);
  });

  it('makes one read of those that are requested together, and frees the connections of the others', async () => {
    const { read, names, started } = held();
    const all = [run(a, read('a0'), settings), run(a, read('a1'), settings), run(b, read('b0'), settings)];
    const others = [run(a, read('a2')), run(b, read('b1'))];
    await settle();
    expect(names()).toEqual(['a0', 'a2', 'b1']);
    for (const { release } of started) release();
    expect(await Promise.all(all)).toEqual(['a0', 'a0', 'a0']);
    expect(await Promise.all(others)).toEqual(['a2', 'b1']);
  });

  it('reads when the first of them has its turn, so that nobody waits for the queue of another token', async () => {
    const { read, names, started } = held();
    const queue = Array.from({ length: 9 }, (_, n) => run(a, read(`a${n}`)));
    const last = run(a, read('last of a'), settings);
    await settle();
    const other = run(b, read('b0'), settings);
    await settle();
    expect(names()).toEqual(['a0', 'a1', 'b0']);
    started[2]?.release();
    expect(await Promise.all([last, other])).toEqual(['b0', 'b0']);
    for (let at = 0; at < 10; at += 1) {
      started[at]?.release();
      await settle();
    }
    await Promise.all(queue);
    expect(names()).not.toContain('last of a');
  });

  it('fails all that share a read, and reads the next one', async () => {
    const { read, started } = held();
    const running = ['a0', 'a1'].map((name) => run(a, read(name)));
    const failing = Array.from({ length: 3 }, () =>
      run(a, () => Promise.reject(new Error('away')), settings),
    );
    await settle();
    started[0]?.release();
    const results = await Promise.allSettled(failing);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await run(a, () => Promise.resolve('read'), settings)).toBe('read');
    started[1]?.release();
    await Promise.all(running);
  });

  it('refuses all that share a read which waited too long, and lets the next one wait', async () => {
    vi.useFakeTimers();
    try {
      const { read, names, started } = held();
      const running = [run(a, read('a0')), run(a, read('a1')), run(b, read('b0'))];
      const waiting = Promise.allSettled([run(a, read('a2'), settings), run(b, read('b1'), settings)]);
      await vi.advanceTimersByTimeAsync(30_001);
      const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'LIMIT_EXCEEDED' }) };
      expect(await waiting).toEqual([refused, refused]);
      const next = run(a, read('a3'), settings);
      started[0]?.release();
      await vi.advanceTimersByTimeAsync(0);
      expect(names()).toEqual(['a0', 'a1', 'b0', 'a3']);
      for (const { release } of started) release();
      expect(await next).toBe('a3');
      await Promise.all(running);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('refuses a report with LIMIT_EXCEEDED and a time to try again', () => {
  const refusal = { code: 'LIMIT_EXCEEDED', retryAfterSeconds: 10 };

  it('when too many of its token wait, and no other report', async () => {
    const { read, started } = held();
    const all = Array.from({ length: 202 }, (_, n) => run(a, read(`a${n}`)));
    await expect(run(a, read('one more'))).rejects.toMatchObject(refusal);
    const page = run(a, read('page'), { unlimitedWait: true });
    const other = run(b, read('other'));
    for (let at = 0; at < 204; at += 1) {
      await settle();
      started[at]?.release();
    }
    await Promise.all([...all, page, other]);
    expect(started).toHaveLength(204);
  });

  it('when it has waited too long', async () => {
    vi.useFakeTimers();
    try {
      const { read, names } = held();
      void run(a, read('a0'));
      void run(a, read('a1'));
      const late = run(a, read('a2')).catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(30_001);
      expect(await late).toMatchObject(refusal);
      expect(names()).toEqual(['a0', 'a1']);
    } finally {
      vi.useRealTimers();
    }
  });
});
