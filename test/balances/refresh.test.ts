import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBalanceReader } from '../../src/balances/read-balance.js';
import { type ProviderBalances, createBalanceRefresher } from '../../src/balances/refresh-balance.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { disableConnection } from '../../src/connections/change-connection.js';
import { createVault, type Vault } from '../../src/connections/vault.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createProviderKeys } from '../support/provider-keys.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';
import { daysAgo, read } from './setup.js';

let store: TestDatabase;
let vault: Vault;
beforeAll(async () => {
  store = await createTestDatabase();
  vault = createVault({ database: store.database, secrets: [randomBytes(32)] });
});
afterAll(() => store.close());

/** A provider that reports `balances` one after the other, and records the keys of the calls. */
const providersOf = (...balances: (bigint | null | Error)[]): ProviderBalances & { requested: string[] } => {
  const requested: string[] = [];
  return {
    requested,
    reports: (provider) => provider === 'APOLLO',
    read: (_, key) => {
      requested.push(key);
      const facts = balances[requested.length - 1] ?? null;
      return facts instanceof Error ? Promise.reject(facts) : Promise.resolve(facts);
    },
  };
};

const connect = async (provider: string, providerBalances: ProviderBalances) => {
  const { database } = store;
  const { id: workspaceId, as } = await createWorkspace(database);
  const deps = { database, vault, providerKeys: createProviderKeys(), providerBalances, log: silentLog };
  const key = `fbl_${randomBytes(8).toString('hex')}`;
  const connection = await createConnection(deps, as.ADMIN, { provider, name: 'one', key, verify: false });
  const instance = () => {
    const readBalance = createBalanceReader({ database, refreshBalance: createBalanceRefresher(deps) });
    return () => readBalance(as.VIEWER, connection.id);
  };
  return { deps, as, key, connection, workspaceId, instance, get: instance() };
};

it('reads the balance with the key of the connection when the provider reports it', async () => {
  const providers = providersOf(314n);
  const { get, key } = await connect('APOLLO', providers);
  expect(await get()).toMatchObject({
    remaining: 314n,
    estimated: false,
    latestReading: { credits: 314n, source: 'REPORTED' },
  });
  expect(providers.requested).toEqual([key]);
});

it('reads a balance at most once a minute over all instances', async () => {
  const providers = providersOf(10n, 9n, 8n);
  const { get, instance } = await connect('APOLLO', providers);
  const balances = await Promise.all([get(), get(), get()]);
  expect(balances.map(({ remaining }) => remaining)).toEqual([10n, 10n, 10n]);
  expect((await instance()()).remaining).toBe(10n);
  expect(providers.requested).toHaveLength(1);
});

it('reads the balance again when the provider’s reading is older than a minute', async () => {
  const providers = providersOf(7n);
  const { get, workspaceId, connection } = await connect('APOLLO', providers);
  const place = { workspaceId, accountId: connection.accountId };
  await read(store.database, place, { at: daysAgo(1), credits: 100, source: 'REPORTED' });
  await read(store.database, place, { at: daysAgo(0.5), credits: 50 });
  expect(await get()).toMatchObject({ remaining: 7n });
});

it.each([
  ['says nothing', null],
  ['fails', new Error('away')],
])('where it %s the balance is what was last known, and it is not asked again at once', async (_, facts) => {
  const providers = providersOf(facts, 5n);
  const { get, workspaceId, connection } = await connect('APOLLO', providers);
  await read(
    store.database,
    { workspaceId, accountId: connection.accountId },
    { at: daysAgo(1), credits: 20, source: 'REPORTED' },
  );
  expect((await get()).remaining).toBe(20n);
  expect((await get()).remaining).toBe(20n);
  expect(providers.requested).toHaveLength(1);
});

it('calls no provider that does not report a balance, nor with the key of a disabled connection', async () => {
  const providers = providersOf(5n);
  const firmable = await connect('FIRMABLE', providers);
  expect((await firmable.get()).remaining).toBeNull();
  const apollo = await connect('APOLLO', providers);
  await disableConnection(apollo.deps, apollo.as.ADMIN, apollo.connection.id);
  expect((await apollo.get()).remaining).toBeNull();
  expect(providers.requested).toEqual([]);
});
