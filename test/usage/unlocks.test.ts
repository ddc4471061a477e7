import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connections } from '../../schema/tables/index.js';
import { newId } from '../../src/platform/ids.js';
import { getUnlock, listUnlocks, type UnlockFilter } from '../../src/usage/unlock.js';
import { readUnlockedRecord } from '../../src/usage/read-unlocked-record.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { writeUnlock } from './setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const day = (date: number) => new Date(Date.UTC(2026, 10, date));

it('returns the record, the price, all keys and the newest fetch when it reads an unlock', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  await writeUnlock(store.database, workspaceId, { aliases: ['domain:other.example'] });
  const { id, accountId, entryId } = await writeUnlock(store.database, workspaceId, {
    record: 'company:f1',
    unlockedAt: day(1),
    aliases: ['linkedin:a', 'domain:a.example', 'abn:1'],
    snapshots: [
      { variant: 'AU', body: 'old', fetchedAt: day(2) },
      { variant: 'NZ', body: 'new', fetchedAt: day(3) },
    ],
  });
  const unlock = {
    id,
    accountId,
    recordId: 'f1',
    operation: 'COMPANY',
    provider: 'FIRMABLE',
    sandbox: false,
    price: 1n,
    origin: 'BOUGHT',
    entryId,
    unlockedAt: day(1),
    identifiers: ['abn:1', 'domain:a.example', 'linkedin:a'].map((lookupKey) => ({
      lookupKey,
      source: 'REPORTED',
    })),
    fetchedAt: day(3),
  };
  const { items } = await listUnlocks(store, as.VIEWER, { first: 10, after: null, filter: {} });
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({
    identifiers: [{ lookupKey: 'domain:other.example', source: 'REPORTED' }],
    fetchedAt: null,
  });
  expect(items[1]).toEqual(unlock);
  expect(await getUnlock(store, as.VIEWER, id)).toEqual(unlock);
});

it('lists unlocks newest first when they are read page by page', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const made: string[] = [];
  for (const date of [3, 1, 2])
    made.push((await writeUnlock(store.database, workspaceId, { unlockedAt: day(date) })).id);
  const first = await listUnlocks(store, as.VIEWER, { first: 2, after: null, filter: {} });
  const rest = await listUnlocks(store, as.VIEWER, { first: 2, after: first.cursors[1] ?? '', filter: {} });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([made[0], made[2], made[1]]);
  expect([first.hasNextPage, rest.hasNextPage, await first.totalCount()]).toEqual([true, false, 3]);
});

it("lists the unlocks of a connection's account when the filter names the connection", async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const { id, accountId } = await writeUnlock(store.database, workspaceId, {
    unlockedAt: day(1),
    operation: 'PERSON',
  });
  const other = await writeUnlock(store.database, workspaceId, { unlockedAt: day(2) });
  const connectionId = newId();
  await store.database.db.insert(connections).values({
    workspaceId,
    id: connectionId,
    provider: 'FIRMABLE',
    name: 'a',
    accountId,
    keySealed: randomBytes(8),
    keyHint: 'aaaa',
    sandbox: false,
  });
  const filtered = async (filter: UnlockFilter) =>
    (await listUnlocks(store, as.VIEWER, { first: 10, after: null, filter })).items.map(({ id }) => id);
  expect(await filtered({ connectionId })).toEqual([id]);
  expect(await filtered({ operation: 'PERSON' })).toEqual([id]);
  expect(await filtered({ to: day(2) })).toEqual([id]);
  expect(await filtered({ from: day(2) })).toEqual([other.id]);
  expect(await filtered({ provider: 'APOLLO' })).toEqual([]);
  expect(await filtered({ sandbox: true })).toEqual([]);
  expect(await filtered({ connectionId: newId() })).toEqual([]);
  expect(await filtered({ connectionId: 'con_1' })).toEqual([]);
});

it('reads the newest snapshot of a record when several accounts have one, and null when there is none', async () => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const record = 'person:fp1';
  await writeUnlock(store.database, workspaceId, {
    record,
    snapshots: [{ variant: '', body: 'old', fetchedAt: day(2) }],
  });
  const newer = await writeUnlock(store.database, workspaceId, {
    record,
    snapshots: [{ variant: '', body: 'new', fetchedAt: day(3) }],
  });
  await writeUnlock(store.database, workspaceId, { record: 'person:fp2' });
  expect(await readUnlockedRecord(store, as.VIEWER, record, 'AU')).toMatchObject({
    unlockId: newer.id,
    body: 'new',
    fetchedAt: day(3),
  });
  expect(await readUnlockedRecord(store, as.VIEWER, 'person:fp2', 'AU')).toBeNull();
  expect(await readUnlockedRecord(store, as.VIEWER, 'company:fp1', 'AU')).toBeNull();
});
