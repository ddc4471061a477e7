import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSpendings } from '../../src/balances/spending.js';
import { newId } from '../../src/platform/ids.js';
import { rollUpUsage } from '../../src/usage/roll-up-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { charge } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const begin = Date.UTC(2026, 2, 1);
const days = 4;
const minuteMs = 60_000;
// Some on the quarters of an hour and the days that the ledger's sums are kept by, most between them.
const instants = fc.oneof(
  fc.integer({ min: 0, max: days * 24 * 60 }).map((minutes) => new Date(begin + minutes * minuteMs)),
  fc.integer({ min: 0, max: days * 96 }).map((quarters) => new Date(begin + quarters * 15 * minuteMs)),
  fc.integer({ min: 0, max: days }).map((day) => new Date(begin + day * 86_400_000)),
  fc.integer({ min: 0, max: days * 86_400_000 }).map((ms) => new Date(begin + ms)),
);
const charges = fc.array(
  fc.record({
    at: instants,
    credits: fc.integer({ min: 0, max: 9 }),
    operation: fc.constantFrom('COMPANY', 'PERSON'),
  }),
  { maxLength: 30 },
);

it('returns the sum of the account’s entries between any two instants, wherever rollups end', async () => {
  await fc.assert(
    fc.asyncProperty(
      charges,
      charges,
      fc.uniqueArray(instants, { minLength: 1, maxLength: 12, selector: (at) => at.getTime() }),
      fc.option(fc.integer({ min: 1, max: days * 24 })),
      async (early, late, unsorted, rolledUpHours) => {
        const { id: workspaceId } = await createWorkspace(store.database);
        const place = { workspaceId, accountId: newId() };
        const cuts = unsorted.toSorted((a, b) => a.getTime() - b.getTime());
        const ids = await charge(store.database, place, early);
        // Neither another account of the workspace nor the same account id elsewhere counts.
        await charge(store.database, { ...place, accountId: newId() }, early);
        await charge(store.database, { ...place, workspaceId: newId() }, early);
        if (rolledUpHours !== null) {
          const until = new Date(begin + rolledUpHours * 60 * minuteMs);
          await rollUpUsage(store.database.sql, { until, stopping: new AbortController().signal });
        }
        // What is written now comes late, as far as the rollups go.
        const givenBack = early.flatMap(({ at, credits, operation }, index) =>
          index % 3 === 0 ? [{ at, credits: -credits, operation, correctsEntryId: ids[index] ?? '' }] : [],
        );
        await charge(store.database, place, givenBack);
        await charge(store.database, place, late);
        await charge(store.database, { ...place, accountId: newId() }, late);

        const sumsOf = (operations: readonly string[], untilNow: boolean) =>
          cuts.map((from, index) => {
            const to = cuts[index + 1] ?? (untilNow ? new Date(begin * 2) : from);
            return {
              from,
              credits: [...early, ...givenBack, ...late]
                .filter(({ at, operation }) => at >= from && at < to && operations.includes(operation))
                .reduce((sum, { credits }) => sum + BigInt(credits), 0n),
            };
          });
        const { accountId } = place;
        expect(
          await readSpendings(store.database.db, workspaceId, [
            { accountId, cuts, untilNow: true },
            { accountId, cuts, untilNow: false, operations: ['PERSON'] },
          ]),
        ).toEqual([sumsOf(['COMPANY', 'PERSON'], true), sumsOf(['PERSON'], false)]);
      },
    ),
    { numRuns: 60 },
  );
});
