import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import {
  deleteConnection,
  disableConnection,
  enableConnection,
  renameConnection,
} from '../../src/connections/change-connection.js';
import { getConnection, getConnections, listConnections } from '../../src/connections/read-connections.js';
import { setDefaultConnection } from '../../src/connections/default-connection.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { connect, connectionsOf, type Deps, newKey } from './setup.js';

let store: TestDatabase;
let deps: Deps;
beforeAll(async () => {
  store = await createTestDatabase();
  deps = connectionsOf(store.database);
});
afterAll(() => store.close());

const admin = async () => (await createWorkspace(store.database)).as.ADMIN;
const all = { first: 100, after: null };
const defaultsOf = async (caller: Caller) =>
  (await listConnections(deps, caller, all)).items.filter(({ isDefault }) => isDefault).map(({ id }) => id);

test('names are unique in a workspace, also for two at once, and free again after deletion', async () => {
  const caller = await admin();
  const named = () => connect(deps, caller, { name: 'sales' });
  const results = await Promise.allSettled([named(), named()]);
  const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(made).toHaveLength(1);
  expect(failed).toMatchObject([{ code: 'NAME_TAKEN', field: ['name'] }]);
  expect(await connect(deps, await admin(), { name: 'sales' })).toMatchObject({ name: 'sales' });
  await deleteConnection(deps, caller, made[0]!.id);
  expect(await named()).toMatchObject({ name: 'sales' });
});

test('renaming trims, refuses what is no name, and refuses a taken one', async () => {
  const caller = await admin();
  const { id } = await connect(deps, caller, { name: 'old' });
  await connect(deps, caller, { name: 'taken' });
  expect(await renameConnection(deps, caller, { id, name: ' new ' })).toMatchObject({ id, name: 'new' });
  expect(await renameConnection(deps, caller, { id, name: 'new' })).toMatchObject({ name: 'new' });
  for (const name of ['', ' ', 'x'.repeat(101), 'a\tb']) {
    await expect(renameConnection(deps, caller, { id, name })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  }
  await expect(renameConnection(deps, caller, { id, name: 'taken' })).rejects.toMatchObject({
    code: 'NAME_TAKEN',
  });
});

test('the first connection of a provider is its default, the next one is not unless asked to be', async () => {
  const caller = await admin();
  const first = await connect(deps, caller);
  expect(await defaultsOf(caller)).toEqual([first.id]);
  await connect(deps, caller);
  expect(await defaultsOf(caller)).toEqual([first.id]);
  const third = await connect(deps, caller, { makeDefault: true });
  expect(await defaultsOf(caller)).toEqual([third.id]);
  const other = await connect(deps, caller, { provider: 'APOLLO' });
  expect(await defaultsOf(caller)).toEqual([third.id, other.id]);
});

test('of many first connections made at once exactly one is the default', async () => {
  const caller = await admin();
  await Promise.all(Array.from({ length: 6 }, () => connect(deps, caller)));
  expect(await defaultsOf(caller)).toHaveLength(1);
});

test('many changes of the default at once all succeed, and one default remains', async () => {
  const caller = await admin();
  const made = [await connect(deps, caller), await connect(deps, caller), await connect(deps, caller)];
  const changes = [...made, ...made, ...made].map(({ id }) => setDefaultConnection(deps, caller, id));
  for (const changed of await Promise.all(changes)) expect(changed.isDefault).toBe(true);
  expect(await defaultsOf(caller)).toHaveLength(1);
});

test('a disabled connection cannot be made the default; a disabled default stays it', async () => {
  const caller = await admin();
  const first = await connect(deps, caller);
  const second = await connect(deps, caller);
  await disableConnection(deps, caller, second.id);
  await expect(setDefaultConnection(deps, caller, second.id)).rejects.toMatchObject({
    code: 'CONNECTION_DISABLED',
  });
  const disabled = await disableConnection(deps, caller, first.id);
  expect(await disableConnection(deps, caller, first.id)).toEqual(disabled);
  expect(await defaultsOf(caller)).toEqual([first.id]);
  expect(await enableConnection(deps, caller, first.id)).toMatchObject({ disabledAt: null, isDefault: true });
});

test('after the default is deleted there is none, until one is chosen', async () => {
  const caller = await admin();
  const first = await connect(deps, caller);
  const second = await connect(deps, caller);
  await deleteConnection(deps, caller, first.id);
  expect(await defaultsOf(caller)).toEqual([]);
  await setDefaultConnection(deps, caller, second.id);
  expect(await defaultsOf(caller)).toEqual([second.id]);
});

test('a deleted connection is gone for good, but history still finds its name and its key its account', async () => {
  const caller = await admin();
  const key = newKey();
  const { id, name, accountId } = await connect(deps, caller, { key });
  expect(await deleteConnection(deps, caller, id)).toMatchObject({ id, deletedAt: expect.any(Date) });
  await expect(deleteConnection(deps, caller, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(enableConnection(deps, caller, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await getConnection(deps, caller, id)).toBeNull();
  expect((await getConnections(deps, caller, [id])).get(id)).toMatchObject({ name, isDefault: false });
  expect(await connect(deps, caller, { key })).toMatchObject({ accountId, isDefault: true });
  expect(await connect(deps, caller, { sameAccountAs: id })).toMatchObject({ accountId });
});

test('connections are listed page by page, and by provider', async () => {
  const caller = await admin();
  const made: string[] = [];
  for (const provider of ['FIRMABLE', 'APOLLO', 'FIRMABLE', 'FIRMABLE']) {
    made.push((await connect(deps, caller, { provider })).id);
  }
  const ids = [made[0], made[2], made[3]];
  const page = await listConnections(deps, caller, { first: 2, after: null, provider: 'FIRMABLE' });
  const rest = await listConnections(deps, caller, {
    first: 2,
    after: page.cursors[1] ?? '',
    provider: 'FIRMABLE',
  });
  expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
  expect([page.hasNextPage, rest.hasNextPage, await rest.totalCount()]).toEqual([true, false, 3]);
});
