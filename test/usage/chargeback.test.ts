import { array, assert as assertProperty, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/platform/ids.js';
import { readUsage, type UsageInput } from '../../src/usage/read-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const march: UsageInput = {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-04-01T00:00:00Z'),
  timeZone: 'UTC',
  groupBy: ['WORKFLOW'],
  filter: {},
  chargeback: true,
};
const at = new Date('2026-03-10T00:00:00Z');

type Entries = Parameters<typeof writeEntries>[2];
const borneIn = async (entries: Entries, more: Partial<UsageInput> = {}) => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, entries);
  const { rows } = await readUsage(store, as.VIEWER, { ...march, ...more });
  return rows.map(({ workflow, chargeback }) => [workflow, chargeback?.credits, chargeback?.share]);
};

const bought = { occurredAt: at, charge: 'CHARGED' as const, credits: 3n };
const reused = { occurredAt: at, charge: 'ALREADY_UNLOCKED' as const, credits: 0n, saved: 3n };

it('apportions the charge for a record to all its workflows when they looked it up any number of times', async () => {
  const [shared, own] = [newId(), newId()];
  expect(
    await borneIn([
      { ...bought, workflow: 'crm', unlockId: shared },
      { ...reused, workflow: 'mail', unlockId: shared },
      { ...reused, workflow: 'mail', unlockId: shared },
      { ...reused, workflow: null, unlockId: shared },
      { ...bought, workflow: 'crm', unlockId: own },
    ]),
  ).toEqual([
    ['crm', 4n, 4],
    ['mail', 1n, 1],
    [null, 1n, 1],
  ]);
});

it('apportions nothing when a record was used in another period or bought before', async () => {
  const [now, before] = [newId(), newId()];
  expect(
    await borneIn([
      { ...bought, workflow: 'crm', unlockId: now },
      { ...reused, workflow: 'mail', unlockId: now, occurredAt: march.to },
      { ...bought, workflow: 'crm', unlockId: before, occurredAt: new Date(march.from.getTime() - 1) },
      { ...reused, workflow: 'mail', unlockId: before },
    ]),
  ).toEqual([
    ['crm', 3n, 3],
    ['mail', 0n, 0],
  ]);
});

it('apportions a presumed charge to its workflow, and to all users of the record when it is corrected', async () => {
  const [record, presumedId, openId] = [newId(), newId(), newId()];
  const presumed = { ...bought, outcome: 'UNKNOWN' as const, charge: 'PRESUMED' as const };
  const confirmed = {
    occurredAt: at,
    kind: 'CORRECTION' as const,
    correctsEntryId: presumedId,
    credits: -1n,
    unlockId: record,
  };
  expect(
    await borneIn([
      { ...presumed, id: presumedId, workflow: 'crm' },
      { ...confirmed, workflow: 'crm' },
      { ...reused, workflow: 'mail', unlockId: record },
      { ...presumed, id: openId, workflow: 'mail' },
    ]),
  ).toEqual([
    ['crm', 1n, 1],
    ['mail', 4n, 4],
  ]);
});

it('leaves a charge with its workflow when there is no record', async () => {
  expect(
    await borneIn([
      { ...bought, outcome: 'NOT_FOUND', workflow: 'crm' },
      { ...reused, workflow: 'mail', unlockId: newId() },
    ]),
  ).toEqual([
    ['crm', 3n, 3],
    ['mail', 0n, 0],
  ]);
});

const workflows = ['a', 'b', 'c', null] as const;

it('returns shares that add up to the credits charged when entries are random', async () => {
  const use = record({
    unlock: integer({ min: 0, max: 3 }),
    workflow: constantFrom(...workflows),
    credits: constantFrom(0n, 0n, 1n, 2n),
    day: integer({ min: 1, max: 35 }),
  });
  await assertProperty(
    asyncProperty(array(use, { minLength: 1, maxLength: 30 }), async (uses) => {
      const { id, as } = await createWorkspace(store.database);
      const unlocks = [newId(), newId(), newId(), null];
      await writeEntries(
        store.database,
        id,
        uses.map(({ unlock, workflow, credits, day }) => ({
          at: new Date(Date.UTC(2026, 2, day)),
          unlockId: unlocks[unlock] ?? null,
          workflow,
          credits,
        })),
      );
      const { totals, rows } = await readUsage(store, as.VIEWER, march);
      const borne = rows.reduce((sum, { chargeback }) => sum + (chargeback?.credits ?? 0n), 0n);
      expect(borne).toBe(totals.creditsCharged);
    }),
    { numRuns: 25 },
  );
});

it.each([
  ['groupBy', { groupBy: ['WORKFLOW', 'DAY'] }],
  ['groupBy', { groupBy: [] }],
  ['filter', { filter: { workflow: 'crm' } }],
  ['filter', { filter: { outcome: ['FOUND'] } }],
  ['filter', { filter: { charge: 'CHARGED' } }],
] as const)('what would leave uses out of sight is refused: %s', async (field, input) => {
  const { as } = await createWorkspace(store.database);
  await expect(readUsage(store, as.VIEWER, { ...march, ...input })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    field: [field],
  });
});

it('returns no chargeback when it is not requested', async () => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [bought]);
  const { rows } = await readUsage(store, as.VIEWER, { ...march, chargeback: false });
  expect(rows.map(({ chargeback }) => chargeback)).toEqual([null]);
});
