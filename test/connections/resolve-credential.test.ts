import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountKeys } from '../../schema/tables/index.js';
import { createCredentialResolver } from '../../src/connections/resolve-credential.js';
import { deleteConnection, disableConnection } from '../../src/connections/change-connection.js';
import { rotateConnectionKey } from '../../src/connections/rotate-connection-key.js';
import { setDefaultConnection } from '../../src/connections/default-connection.js';
import { openDatabase } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { createProviderKeys } from '../support/provider-keys.js';
import { createWorkspace } from '../support/workspace.js';
import { connect, connectionsOf, type Deps, newKey } from './setup.js';

let store: TestDatabase;
let deps: Deps;
beforeAll(async () => {
  store = await createTestDatabase();
  deps = connectionsOf(store.database);
});
afterAll(() => store.close());

const callers = async () => (await createWorkspace(store.database)).as;
const request = (input: { callerKey?: string; connectionId?: string } = {}) => ({
  provider: 'FIRMABLE',
  callerKey: null,
  connectionId: null,
  ...input,
});

it('uses the default when the lookup names no payer', async () => {
  const { ADMIN, MEMBER } = await callers();
  const key = newKey();
  const { id, accountId } = await connect(deps, ADMIN, { key });
  await connect(deps, ADMIN);
  expect(await createCredentialResolver(deps)(MEMBER, request())).toEqual({
    key,
    accountId,
    connectionId: id,
    payer: 'CONNECTION',
    sandbox: false,
  });
});

it('never uses the default or the key of the request when the lookup names a connection', async () => {
  const { ADMIN, MEMBER } = await callers();
  const choose = createCredentialResolver(deps);
  await connect(deps, ADMIN);
  const key = newKey();
  const named = await connect(deps, ADMIN, { key });
  const byName = request({ callerKey: newKey(), connectionId: named.id });
  expect(await choose(MEMBER, byName)).toMatchObject({ key, connectionId: named.id, payer: 'CONNECTION' });

  await disableConnection(deps, ADMIN, named.id);
  await expect(createCredentialResolver(deps)(MEMBER, byName)).rejects.toMatchObject({
    code: 'CONNECTION_DISABLED',
  });
  await deleteConnection(deps, ADMIN, named.id);
  await expect(createCredentialResolver(deps)(MEMBER, byName)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('prefers the key of the request to the default, finds its account again, and never stores it', async () => {
  const { ADMIN, MEMBER } = await callers();
  await connect(deps, ADMIN);
  const key = newKey();
  const choose = createCredentialResolver(deps);
  const chosen = await choose(MEMBER, request({ callerKey: `Bearer ${key}` }));
  expect(chosen).toMatchObject({ key, payer: 'CALLER_KEY', connectionId: null, sandbox: false });
  const again = await createCredentialResolver(deps)(MEMBER, request({ callerKey: key }));
  expect(again.accountId).toBe(chosen.accountId);
  const dump = await dumpTables(store.database);
  for (const face of facesOf(key)) expect(dump).not.toContain(face);
  expect(await connect(deps, ADMIN, { key })).toMatchObject({ accountId: chosen.accountId });
});

it('finds the account of the connection when the key of the request is stored as one', async () => {
  const { ADMIN, MEMBER } = await callers();
  const key = newKey();
  const { accountId } = await connect(deps, ADMIN, { key });
  expect(await createCredentialResolver(deps)(MEMBER, request({ callerKey: key }))).toMatchObject({
    accountId,
  });
});

it('creates one account when many lookups send a new key to several instances', async () => {
  const { MEMBER, VIEWER } = await callers();
  const callerKey = newKey();
  const chosen = await Promise.all(
    Array.from({ length: 12 }, () => createCredentialResolver(deps)(MEMBER, request({ callerKey }))),
  );
  expect(new Set(chosen.map(({ accountId }) => accountId)).size).toBe(1);
  const known = await store.database.db.select().from(accountKeys);
  expect(known.filter(({ workspaceId }) => workspaceId === VIEWER.workspaceId)).toHaveLength(1);
});

it('says why when there is no payer', async () => {
  const { ADMIN, MEMBER } = await callers();
  const choose = createCredentialResolver(deps);
  await expect(choose(MEMBER, request())).rejects.toMatchObject({ code: 'NO_CONNECTION' });
  await expect(choose(MEMBER, request({ callerKey: 'malformed' }))).rejects.toMatchObject({
    code: 'INVALID_KEY_FORMAT',
  });
  const { id } = await connect(deps, ADMIN);
  const other = await connect(deps, ADMIN, { provider: 'APOLLO' });
  await expect(choose(MEMBER, request({ connectionId: other.id }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  await disableConnection(deps, ADMIN, id);
  await expect(choose(MEMBER, request())).rejects.toMatchObject({ code: 'CONNECTION_DISABLED' });
});

it('applies the change of another instance within a second', async () => {
  const { ADMIN, MEMBER } = await callers();
  const choose = createCredentialResolver(deps);
  const first = await connect(deps, ADMIN);
  const second = await connect(deps, ADMIN);
  const heeded = async (change: () => Promise<unknown>, seen: () => Promise<boolean>) => {
    await choose(MEMBER, request()).catch(() => {});
    await change();
    await expect.poll(seen, { timeout: 1_000, interval: 20 }).toBe(true);
  };
  const chosen = () => choose(MEMBER, request());
  const key = newKey();
  await heeded(
    () => rotateConnectionKey(deps, ADMIN, { id: first.id, key, account: 'SAME' }),
    async () => (await chosen()).key === key,
  );
  await heeded(
    () => setDefaultConnection(deps, ADMIN, second.id),
    async () => (await chosen()).connectionId === second.id,
  );
  await heeded(
    () => disableConnection(deps, ADMIN, second.id),
    () =>
      chosen().then(
        () => false,
        () => true,
      ),
  );
});

it('refuses a stored sandbox key when the sandbox is off', async () => {
  const { ADMIN, MEMBER } = await callers();
  await connect(deps, ADMIN, { key: newKey('sandbox') });
  expect(await createCredentialResolver(deps)(MEMBER, request())).toMatchObject({ sandbox: true });
  const off = { ...deps, providerKeys: createProviderKeys({ sandbox: false }) };
  await expect(createCredentialResolver(off)(MEMBER, request())).rejects.toMatchObject({
    code: 'INVALID_KEY_FORMAT',
  });
});

it('throws LEDGER_UNAVAILABLE in time when the database does not answer, for every payer', async () => {
  const { MEMBER } = await callers();
  const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' });
  const choose = createCredentialResolver(connectionsOf(database));
  await Promise.all(
    [request(), request({ callerKey: newKey() })].map((byName) =>
      expect(choose(MEMBER, byName)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' }),
    ),
  );
  await database.close();
});
