import { expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.js';
import { runSeeds } from './run-seeds.js';

const histories = 50;

it(`keeps the ledger exact in ${histories} histories of lookups, crashes, lost connections and changing budgets`, async () => {
  const test = await createTestDatabase();
  try {
    const failure = await runSeeds(test.address, { first: 1, count: histories, concurrency: 6 });
    const found =
      failure === null ? null : { replay: `npm run simulate -- --seed ${failure.history.seed}`, ...failure };
    expect(found).toBeNull();
  } finally {
    await test.close();
  }
}, 300_000);
