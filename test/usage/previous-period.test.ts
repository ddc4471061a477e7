import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UsageInput } from '../../src/usage/read-usage.js';
import { readPreviousUsage } from '../../src/usage/read-previous-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it.each([
  [
    'a month is the month before, however long',
    'UTC',
    '2026-03-01T00:00Z',
    '2026-04-01T00:00Z',
    '2026-02-01T00:00Z',
  ],
  ['a year is twelve months', 'UTC', '2025-01-01T00:00Z', '2026-01-01T00:00Z', '2024-01-01T00:00Z'],
  [
    'months are those of the zone',
    'Australia/Sydney',
    '2026-09-30T14:00Z',
    '2026-10-31T13:00Z',
    '2026-08-31T14:00Z',
  ],
  [
    'days are those of the zone',
    'Australia/Sydney',
    '2026-10-04T13:00Z',
    '2026-10-05T13:00Z',
    '2026-10-03T14:00Z',
  ],
  ['a week is seven days', 'America/New_York', '2026-03-09T04:00Z', '2026-03-16T04:00Z', '2026-03-02T05:00Z'],
  [
    'a day may have two midnights',
    'America/Havana',
    '2026-11-02T05:00Z',
    '2026-11-03T05:00Z',
    '2026-11-01T04:00Z',
  ],
  [
    'else it is as many hours',
    'Australia/Sydney',
    '2026-10-03T15:00Z',
    '2026-10-03T20:00Z',
    '2026-10-03T10:00Z',
  ],
])('returns the period before when the period is %s', async (_, timeZone, from, to, before) => {
  const { id, as } = await createWorkspace(store.database);
  await writeEntries(store.database, id, [
    { occurredAt: new Date(from), credits: 1n, workflow: 'a' },
    { occurredAt: new Date(before), credits: 10n, workflow: 'a' },
    { occurredAt: new Date(new Date(from).getTime() - 1), credits: 100n, workflow: 'b' },
    { occurredAt: new Date(new Date(before).getTime() - 1), credits: 1_000n, workflow: 'b' },
    { occurredAt: new Date(before), credits: 10_000n, workflow: 'c' },
  ]);
  const input: UsageInput = {
    from: new Date(from),
    to: new Date(to),
    timeZone,
    groupBy: ['WORKFLOW'],
    filter: { workflow: ['a', 'b'] },
  };
  const previous = await readPreviousUsage(store, as.VIEWER, input);
  expect(previous).toMatchObject({
    from: new Date(before),
    to: new Date(from),
    totals: { creditsCharged: 110n },
  });
  expect(previous.rows.map(({ workflow, creditsCharged }) => [workflow, creditsCharged])).toEqual([
    ['a', 10n],
    ['b', 100n],
  ]);
});

it('refuses a previous period before the year 1', async () => {
  const { as } = await createWorkspace(store.database);
  const all = {
    from: new Date('0900-01-01T00:00:00Z'),
    to: new Date('2026-01-01T00:00:00Z'),
    timeZone: 'UTC',
    groupBy: [],
    filter: {},
  };
  await expect(readPreviousUsage(store, as.VIEWER, all)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    field: ['previous'],
  });
});
