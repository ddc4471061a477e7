import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSpending } from '../../src/balances/spending.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { charge } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const begin = Date.UTC(2026, 2, 1);
const minuteMs = 60_000;
// Some on the quarters of an hour that the ledger's sums are kept by, most between them.
const instants = fc.oneof(
  fc.integer({ min: 0, max: 24 * 60 }).map((minutes) => new Date(begin + minutes * minuteMs)),
  fc.integer({ min: 0, max: 96 }).map((quarters) => new Date(begin + quarters * 15 * minuteMs)),
  fc.integer({ min: 0, max: 86_400_000 }).map((ms) => new Date(begin + ms)),
);

it('returns the sum of the account’s entries between any two instants', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ at: instants, credits: fc.integer({ min: 0, max: 9 }) }), { maxLength: 30 }),
      fc.uniqueArray(instants, { minLength: 1, maxLength: 12, selector: (at) => at.getTime() }),
      async (charged, unsorted) => {
        const place = { workspaceId: newId(), accountId: newId() };
        const cuts = unsorted.toSorted((a, b) => a.getTime() - b.getTime());
        const ids = await charge(store.database, place, charged);
        const givenBack = charged.flatMap(({ at, credits }, index) =>
          index % 3 === 0 ? [{ at, credits: -credits, correctsEntryId: ids[index] ?? '' }] : [],
        );
        await charge(store.database, place, givenBack);
        // Neither another account of the workspace nor the same account id elsewhere counts.
        await charge(store.database, { ...place, accountId: newId() }, charged);
        await charge(store.database, { ...place, workspaceId: newId() }, charged);

        const spending = await readSpending(store.database.db, place, cuts);
        expect(spending).toEqual(
          cuts.map((from, index) => ({
            from,
            credits: [...charged, ...givenBack]
              .filter(({ at }) => at >= from && (cuts[index + 1] === undefined || at < cuts[index + 1]!))
              .reduce((sum, { credits }) => sum + BigInt(credits), 0n),
          })),
        );
      },
    ),
    { numRuns: 40 },
  );
});
