import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { openDatabase } from '../../src/platform/database.js';
import { acquirePermits } from '../../src/rate-limit/acquire-permits.js';
import { createRequestLimiter } from '../../src/rate-limit/request-limiter.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it.each([1, 7, 200])(
  'admits %i at once, refuses the next with the time to wait, and waits for none',
  async (perSecond) => {
    const limit = createRequestLimiter(store.database.sql);
    const tokenId = newId();
    const waits = await Promise.all(Array.from({ length: perSecond + 3 }, () => limit(tokenId, perSecond)));
    expect(waits.filter((wait) => wait === null)).toHaveLength(perSecond);
    for (const wait of waits.filter((one) => one !== null)) {
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(1 + 3 / perSecond);
    }
  },
);

it('limits each token apart', async () => {
  const limit = createRequestLimiter(store.database.sql);
  const [one, other] = [newId(), newId()];
  expect(await Promise.all([limit(one, 1), limit(other, 1)])).toEqual([null, null]);
});

it('admits no more in any second when three instances hammer for seconds', async () => {
  const perSecond = 9;
  const others = [openDatabase(store.address), openDatabase(store.address)];
  const tokenId = newId();
  const request = {
    key: `token ${tokenId}`,
    requestsPerSecond: perSecond,
    windowSeconds: 1,
    burst: perSecond,
    maxWaitSeconds: 0,
  };
  const admittedMs: number[] = [];
  const hammer = async (sql: TestDatabase['database']['sql']): Promise<void> => {
    while (admittedMs.length < 4 * perSecond) {
      const { permits } = await acquirePermits(sql, 1, [request, request]);
      for (const permit of permits) if ('atMs' in permit) admittedMs.push(permit.atMs);
    }
  };
  await Promise.all([store.database, ...others].map(({ sql }) => hammer(sql)));
  const sorted = admittedMs.toSorted((a, b) => a - b);
  const gaps = sorted.slice(perSecond).map((at, index) => at - (sorted[index] ?? 0));
  // A microsecond for the rounding of seconds to milliseconds.
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000 - 0.001);
  await Promise.all(others.map((database) => database.close()));
}, 60_000);
