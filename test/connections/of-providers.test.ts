import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connections } from '../../schema/tables/index.js';
import { getConnectionsOfProviders } from '../../src/connections/read-connections.js';
import { createPayer } from '../balances/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it('returns the first 100 connections of each provider, without deleted ones and those of others', async () => {
  const { database } = store;
  const payer = await createPayer(database);
  const { accountId } = payer.connection;
  const more: string[] = [];
  for (let count = 0; count < 102; count += 1) more.push((await payer.more(accountId)).id);
  const [deleted = '', apollo = ''] = [more[3], more.at(-1)];
  await database.db.update(connections).set({ deletedAt: new Date() }).where(eq(connections.id, deleted));
  await database.db.update(connections).set({ provider: 'APOLLO' }).where(eq(connections.id, apollo));
  await createPayer(database);
  const read = async (caller = payer.as.VIEWER) => {
    const names = ['FIRMABLE', 'APOLLO', 'PEOPLE_DATA_LABS'];
    const found = await getConnectionsOfProviders({ database }, caller, names);
    return Object.fromEntries([...found].map(([name, all]) => [name, all.map(({ id }) => id)]));
  };
  const present = [payer.connection.id, ...more].filter((id) => id !== deleted && id !== apollo);
  expect(present).toHaveLength(101);
  expect(await read()).toEqual({ FIRMABLE: present.slice(0, 100), APOLLO: [apollo] });
  const scoped = {
    ...payer.as.VIEWER,
    scopes: { ...payer.as.VIEWER.scopes, connections: [present[7] ?? ''] },
  };
  expect(await read(scoped)).toEqual({ FIRMABLE: [present[7]] });
});
