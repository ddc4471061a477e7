import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connections } from '../../schema/index.js';
import { createCredentialResolver } from '../../src/connections/choose-credential.js';
import { deleteConnection } from '../../src/connections/delete-connection.js';
import { rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import { verifyConnection } from '../../src/connections/verify-connection.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { connect, connectionsOf, newKey } from './setup.js';

let store: TestDatabase;
beforeEach(async () => {
  store = await createTestDatabase();
});
afterEach(() => store.close());

const [old, fresh] = [randomBytes(32), randomBytes(32)];

test('after a rotation of keys the first secret alone opens everything, and accounts are still recognised', async () => {
  const before = connectionsOf(store.database, [old]);
  const { as } = await createWorkspace(store.database);
  const elsewhere = await createWorkspace(store.database);
  const key = newKey();
  const { id, accountId } = await connect(before, as.ADMIN, { key });
  await connect(before, elsewhere.as.ADMIN);
  const gone = await connect(before, as.ADMIN);
  await deleteConnection(before, as.ADMIN, gone.id);

  const both = connectionsOf(store.database, [fresh, old]);
  const done = { rotated: 2, unchanged: 0, unopenable: 0, fingerprintKeyRotated: true };
  expect(await rotateEncryptionKeys(both)).toEqual(done);
  expect(await rotateEncryptionKeys(both)).toEqual({
    ...done,
    rotated: 0,
    unchanged: 2,
    fingerprintKeyRotated: false,
  });

  const after = connectionsOf(store.database, [fresh]);
  const chosen = await createCredentialResolver(after)(as.MEMBER, {
    provider: 'FIRMABLE',
    callerKey: null,
    connectionId: id,
  });
  expect(chosen).toMatchObject({ key, accountId });
  expect(await connect(after, as.ADMIN, { key })).toMatchObject({ accountId });
});

test('keys under a lost secret are counted, and their connections say what to do', async () => {
  const { as } = await createWorkspace(store.database);
  const before = connectionsOf(store.database, [old]);
  const { id } = await connect(before, as.ADMIN);
  const lost = connectionsOf(store.database, [randomBytes(32)]);
  const sealed = lost.vault.seal({ workspaceId: as.ADMIN.workspaceId, connectionId: id }, newKey());
  await store.database.db.update(connections).set({ keySealed: sealed }).where(eq(connections.id, id));
  expect(await rotateEncryptionKeys(before)).toMatchObject({ rotated: 0, unchanged: 0, unopenable: 1 });
  await expect(verifyConnection(before, as.ADMIN, id)).rejects.toThrow(/rotate the key/);
});

test("a sealed key copied into another workspace's row does not open there", async () => {
  const deps = connectionsOf(store.database);
  const victim = await createWorkspace(store.database);
  const thief = await createWorkspace(store.database);
  const { id } = await connect(deps, victim.as.ADMIN);
  const stolen = await connect(deps, thief.as.ADMIN);
  const [row] = await store.database.db.select().from(connections).where(eq(connections.id, id));
  await store.database.db
    .update(connections)
    .set({ keySealed: row!.keySealed })
    .where(eq(connections.id, stolen.id));
  const choose = createCredentialResolver(deps);
  await expect(
    choose(thief.as.MEMBER, { provider: 'FIRMABLE', callerKey: null, connectionId: stolen.id }),
  ).rejects.toMatchObject({ code: 'CONNECTION_DISABLED' });
});

test('nothing is rotated with secrets that are not of this database', async () => {
  const { as } = await createWorkspace(store.database);
  await connect(connectionsOf(store.database, [old]), as.ADMIN);
  await expect(rotateEncryptionKeys(connectionsOf(store.database, [fresh]))).rejects.toThrow(
    /ENCRYPTION_KEYS/,
  );
});
