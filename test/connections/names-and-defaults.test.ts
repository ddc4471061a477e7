import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('keeps names unique in a workspace when two are created at once, and frees them after deletion', async () => {
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

it('trims a new name, and refuses one that is malformed or taken', async () => {
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

it('makes the first connection of a provider its default, and later ones only with makeDefault', async () => {
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

it('makes exactly one the default when many first connections are created at once', async () => {
  const caller = await admin();
  await Promise.all(Array.from({ length: 6 }, () => connect(deps, caller)));
  expect(await defaultsOf(caller)).toHaveLength(1);
});

it('lets all of many concurrent changes of the default succeed, and keeps one default', async () => {
  const caller = await admin();
  const made = [await connect(deps, caller), await connect(deps, caller), await connect(deps, caller)];
  const changes = [...made, ...made, ...made].map(({ id }) => setDefaultConnection(deps, caller, id));
  for (const changed of await Promise.all(changes)) expect(changed.isDefault).toBe(true);
  expect(await defaultsOf(caller)).toHaveLength(1);
});

it('refuses to make a disabled connection the default, and keeps a disabled default', async () => {
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

it('has no default after the default is deleted, until one is set', async () => {
  const caller = await admin();
  const first = await connect(deps, caller);
  const second = await connect(deps, caller);
  await deleteConnection(deps, caller, first.id);
  expect(await defaultsOf(caller)).toEqual([]);
  await setDefaultConnection(deps, caller, second.id);
  expect(await defaultsOf(caller)).toEqual([second.id]);
});

it('hides a deleted connection, but keeps its name for entries and the account of its key', async () => {
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

it('lists connections in pages, and by provider', async () => {
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
