import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBalanceReading } from '../../src/balances/read-due-balances.js';
import { createLog } from '../../src/platform/log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it('keeps no listener of a run that has ended', async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', onWarning);
  let runs = 0;
  const stop = startBalanceReading(
    {
      database: {
        get db() {
          runs += 1;
          return store.database.db;
        },
      },
      refreshBalance: () => Promise.resolve(),
      reporting: ['FIRMABLE'],
      log: createLog('silent'),
    },
    5,
  );
  // Node.js warns of the eleventh.
  await expect.poll(() => runs, { timeout: 20_000 }).toBeGreaterThan(12);
  await stop();
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});
