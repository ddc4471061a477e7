import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, roles } from '../../src/access/caller.js';
import { getEntry, listEntries } from '../../src/usage/entry.js';
import { getUnlock, listUnlocks } from '../../src/usage/unlock.js';
import { readUnlockedRecord } from '../../src/usage/read-unlocked-record.js';
import { readUsage } from '../../src/usage/read-usage.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeEntries, writeUnlock } from './setup.js';

let store: TestDatabase;
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let [entryId, unlockId]: [string, string] = ['', ''];
const record = 'company:f000000117274';
beforeAll(async () => {
  store = await createTestDatabase();
  workspace = await createWorkspace(store.database);
  entryId = (await writeEntries(store.database, workspace.id, [{}]))[0]!;
  const snapshots = [{ variant: 'AU', body: '{}', fetchedAt: new Date() }];
  unlockId = (await writeUnlock(store.database, workspace.id, { record, snapshots })).id;
});
afterAll(() => store.close());

const page = { first: 10, after: null, filter: {} };
const period = { from: new Date('2000-01-01'), to: new Date('2100-01-01'), timeZone: 'UTC' };

/** What each report returns for the one workspace with data. */
const reports: Record<string, (caller: Caller) => Promise<unknown>> = {
  listEntries: async (caller) => {
    const { items, totalCount } = await listEntries(store, caller, page);
    return [items.map(({ id }) => id), await totalCount()];
  },
  getEntry: async (caller) => (await getEntry(store, caller, entryId))?.id ?? null,
  listUnlocks: async (caller) => {
    const { items, totalCount } = await listUnlocks(store, caller, page);
    return [items.map(({ id }) => id), await totalCount()];
  },
  getUnlock: async (caller) => (await getUnlock(store, caller, unlockId))?.id ?? null,
  readUnlockedRecord: async (caller) =>
    (await readUnlockedRecord(store, caller, record, 'AU'))?.unlockId ?? null,
  readUsage: async (caller) => {
    const { totals, rows } = await readUsage(store, caller, { ...period, groupBy: [], filter: {} });
    return [rows.length, totals.creditsCharged];
  },
};
const shown: Record<string, () => unknown> = {
  listEntries: () => [[entryId], 1],
  getEntry: () => entryId,
  listUnlocks: () => [[unlockId], 1],
  getUnlock: () => unlockId,
  readUnlockedRecord: () => unlockId,
  readUsage: () => [1, 1n],
};
const nothing: Record<string, unknown> = {
  listEntries: [[], 0],
  getEntry: null,
  listUnlocks: [[], 0],
  getUnlock: null,
  readUnlockedRecord: null,
  readUsage: [0, 0n],
};

it.each(Object.keys(reports).flatMap((report) => roles.map((role) => ({ report, role }))))(
  '$report is read by $role, and shows nothing to another workspace',
  async ({ report, role }) => {
    const other = await createWorkspace(store.database);
    expect(await reports[report]!(workspace.as[role])).toEqual(shown[report]!());
    expect(await reports[report]!(other.as[role])).toEqual(nothing[report]);
  },
);

it('returns nothing when the id is malformed', async () => {
  expect(await getEntry(store, workspace.as.VIEWER, 'ent_1')).toBeNull();
  expect(await getUnlock(store, workspace.as.VIEWER, 'unl_1')).toBeNull();
});
