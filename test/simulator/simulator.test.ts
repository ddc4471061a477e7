import { expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.js';
import { playSeeds } from './run-seeds.js';

const histories = 50;

it(`keeps the ledger exact in ${histories} histories of lookups, crashes, lost connections and changing budgets`, async () => {
  const test = await createTestDatabase();
  try {
    const failure = await playSeeds(test.address, { first: 1, count: histories, slots: 6 });
    const told =
      failure === null ? null : { replay: `npm run simulate -- --seed ${failure.history.seed}`, ...failure };
    expect(told).toBeNull();
  } finally {
    await test.close();
  }
}, 300_000);
