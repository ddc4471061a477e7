import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { newId } from '../../src/platform/ids.js';
import { readFallbacks } from '../../src/usage/read-fallbacks.js';
import { readProviderUsage } from '../../src/usage/read-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const at = new Date('2026-03-10T00:00:00Z');
const march = {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-04-01T00:00:00Z'),
  filter: {},
};

type Entry = Parameters<typeof writeEntries>[2][number];
type Step = Entry & { provider: string };
const missed = (provider: string): Step => ({
  provider,
  outcome: 'NOT_FOUND',
  charge: 'NOT_FOUND',
  credits: 0n,
});
const found = (provider: string, credits = 1n): Step => ({ provider, credits });

/** The entries of a lookup with these steps; the id of the first is that of the lookup. */
const lookupOf = (steps: readonly Step[], labels: Entry = {}): Entry[] => {
  const lookupId = newId();
  return steps.map((step, index) => ({
    occurredAt: at,
    ...labels,
    ...step,
    id: index === 0 ? lookupId : newId(),
    lookupId,
    step: index + 1,
  }));
};

const fallbacksOf = async (caller: Caller, more: Partial<typeof march> = {}) =>
  (await readFallbacks(store, caller, { ...march, ...more })).map((pair) => [
    `${pair.provider} after ${pair.missedBy}`,
    Number(pair.attempts),
    Number(pair.found),
    Number(pair.creditsCharged),
  ]);

it("reports each provider's results after the misses of each earlier provider when a lookup has several steps", async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [
    ...lookupOf([missed('FIRMABLE'), found('APOLLO', 2n)]),
    ...lookupOf([missed('FIRMABLE'), missed('PEOPLE_DATA_LABS'), found('APOLLO', 1n)]),
    ...lookupOf([missed('FIRMABLE'), missed('APOLLO')]),
    ...lookupOf([found('FIRMABLE'), found('APOLLO', 50n)]),
    ...lookupOf([missed('FIRMABLE')]),
    ...lookupOf([{ ...missed('FIRMABLE'), outcome: 'FAILED' }, found('APOLLO', 50n)]),
  ]);
  expect(await fallbacksOf(as.VIEWER)).toEqual([
    ['APOLLO after FIRMABLE', 3, 2, 3],
    ['PEOPLE_DATA_LABS after FIRMABLE', 1, 0, 0],
    ['APOLLO after PEOPLE_DATA_LABS', 1, 1, 1],
  ]);
});

it('counts an attempt once when an earlier provider missed with two connections', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(
    store.database,
    id,
    lookupOf([missed('FIRMABLE'), missed('FIRMABLE'), found('APOLLO', 9n)]),
  );
  expect(await fallbacksOf(as.VIEWER)).toEqual([['APOLLO after FIRMABLE', 1, 1, 9]]);
});

it('counts a miss when it is before the period and the later attempt is in it', async () => {
  const { id, as } = await createWorkspace(store.database);
  const before = new Date(march.from.getTime() - 1);
  await writeEntries(
    store.database,
    id,
    lookupOf([
      { ...missed('FIRMABLE'), occurredAt: before },
      { ...missed('PEOPLE_DATA_LABS'), occurredAt: before },
      { ...found('APOLLO', 9n), occurredAt: march.from },
    ]),
  );
  expect(await fallbacksOf(as.VIEWER)).toEqual([
    ['APOLLO after FIRMABLE', 1, 1, 9],
    ['APOLLO after PEOPLE_DATA_LABS', 1, 1, 9],
  ]);
});

it('adds a correction to the credits but not to the attempts when an attempt was corrected', async () => {
  const { id, as } = await createWorkspace(store.database);
  const [first = {}, second = {}] = lookupOf([
    missed('FIRMABLE'),
    { provider: 'APOLLO', outcome: 'UNKNOWN', charge: 'PRESUMED', credits: 1n },
  ]);
  const correction = {
    ...second,
    id: newId(),
    kind: 'CORRECTION' as const,
    correctsEntryId: second.id,
    credits: -1n,
  };
  await writeEntries(store.database, id, [first, second, correction]);
  expect(await fallbacksOf(as.VIEWER)).toEqual([['APOLLO after FIRMABLE', 1, 0, 0]]);
});

it('leaves lookups out when they are of another period, filter or workspace', async () => {
  const [{ id, as }, other] = [await createWorkspace(store.database), await createWorkspace(store.database)];
  const steps = [missed('FIRMABLE'), found('APOLLO')];
  await writeEntries(store.database, id, [
    ...lookupOf(steps, { workflow: 'crm' }),
    ...lookupOf(steps, { workflow: 'mail' }),
    ...lookupOf(steps, { occurredAt: march.to }),
  ]);
  await writeEntries(store.database, other.id, lookupOf(steps));
  expect(await fallbacksOf(as.VIEWER)).toEqual([['APOLLO after FIRMABLE', 2, 2, 2]]);
  expect(await fallbacksOf(as.VIEWER, { filter: { workflow: 'crm', provider: 'FIRMABLE' } })).toEqual([
    ['APOLLO after FIRMABLE', 1, 1, 1],
  ]);
});

it('leaves attempts out when they were refused before a provider was chosen', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [
    ...lookupOf([missed('FIRMABLE'), found('APOLLO', 2n)]),
    { occurredAt: at, provider: null, outcome: 'REFUSED', charge: 'NONE', credits: 0n },
  ]);
  expect(await readProviderUsage(store, as.VIEWER, march)).toMatchObject([
    { provider: 'APOLLO', attempts: 1n, found: 1n, creditsCharged: 2n },
    { provider: 'FIRMABLE', attempts: 1n, notFound: 1n, creditsCharged: 0n },
  ]);
});

const providers = ['FIRMABLE', 'APOLLO', 'PEOPLE_DATA_LABS'] as const;
const outcomes = ['FOUND', 'NOT_FOUND', 'FAILED'] as const;
const waterfalls = fc.array(
  fc.array(fc.record({ provider: fc.constantFrom(...providers), outcome: fc.constantFrom(...outcomes) }), {
    minLength: 1,
    maxLength: 5,
  }),
  { maxLength: 6 },
);

type Attempt = { provider: string; outcome: (typeof outcomes)[number] };

/** The attempts after a miss of each other provider, counted from the steps themselves. */
const countPairs = (lookups: readonly (readonly Attempt[])[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const steps of lookups) {
    for (const [at, { provider }] of steps.entries()) {
      const before = steps.slice(0, at).filter((one) => one.outcome === 'NOT_FOUND');
      for (const missedBy of new Set(before.map((one) => one.provider))) {
        if (missedBy === provider) continue;
        const pair = `${provider} after ${missedBy}`;
        counts[pair] = (counts[pair] ?? 0) + 1;
      }
    }
  }
  return counts;
};

it('counts each later attempt after each miss when steps are written together or one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(waterfalls, fc.boolean(), async (lookups, together) => {
      const { id, as } = await createWorkspace(store.database);
      const rows = lookups.map((steps) =>
        lookupOf(steps.map((step) => (step.outcome === 'NOT_FOUND' ? missed(step.provider) : { ...step }))),
      );
      const statements = together
        ? [rows.flat()]
        : [0, 1, 2, 3, 4].map((step) => rows.flatMap((steps) => steps.slice(step, step + 1)));
      for (const statement of statements)
        if (statement.length > 0) await writeEntries(store.database, id, statement);
      const found = await fallbacksOf(as.VIEWER);
      expect(Object.fromEntries(found.map(([pair, attempts]) => [pair, attempts]))).toEqual(
        countPairs(lookups),
      );
      const { disagreements } = await verifyLedger(store.database, { workspaceId: id });
      expect(disagreements.filter(({ line }) => line.includes('fallbacks'))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
