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

describe('refuses a report with LIMIT_EXCEEDED and a time to try again', () => {
  const refusal = { code: 'LIMIT_EXCEEDED', retryAfterSeconds: 10 };

  it('when too many of its token wait, and no other report', async () => {
    const { read, started } = held();
    const all = Array.from({ length: 202 }, (_, n) => run(a, read(`a${n}`)));
    await expect(run(a, read('one more'))).rejects.toMatchObject(refusal);
    const page = run(a, read('page'), { patient: true });
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
