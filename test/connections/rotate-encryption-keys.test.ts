import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connections } from '../../schema/tables/index.js';
import { createCredentialResolver } from '../../src/connections/resolve-credential.js';
import { deleteConnection } from '../../src/connections/change-connection.js';
import { connectionKeys, rotateEncryptionKeys } from '../../src/connections/rotate-encryption-keys.js';
import type { SealContext } from '../../src/connections/sealer.js';
import { verifyConnection } from '../../src/connections/verify-key.js';
import { newId } from '../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createWorkspace } from '../support/workspace.js';
import { sealVersion1 } from './seal-version-1.js';
import { connect, connectionsOf, type Deps, newKey } from './setup.js';

let store: TestDatabase;
beforeEach(async () => {
  store = await createTestDatabase();
});
afterEach(() => store.close());

const [old, fresh] = [randomBytes(32), randomBytes(32)];
const rotate = (deps: Deps) => rotateEncryptionKeys(deps, [connectionKeys]);

it('opens every key with the first encryption key alone after a rotation, and recognises accounts', async () => {
  const before = connectionsOf(store.database, [old]);
  const { as } = await createWorkspace(store.database);
  const elsewhere = await createWorkspace(store.database);
  const key = newKey();
  const { id, accountId } = await connect(before, as.ADMIN, { key });
  await connect(before, elsewhere.as.ADMIN);
  const gone = await connect(before, as.ADMIN);
  await deleteConnection(before, as.ADMIN, gone.id);

  const both = connectionsOf(store.database, [fresh, old]);
  expect(await rotate(both)).toEqual({
    fingerprintKeyRotated: true,
    counts: { connection: { rotated: 2, unchanged: 0, unopenable: 0 } },
  });
  expect(await rotate(both)).toEqual({
    fingerprintKeyRotated: false,
    counts: { connection: { rotated: 0, unchanged: 2, unopenable: 0 } },
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

it('counts keys under a lost encryption key, and says what to do when one is used', async () => {
  const { as } = await createWorkspace(store.database);
  const before = connectionsOf(store.database, [old]);
  const { id } = await connect(before, as.ADMIN);
  const lost = connectionsOf(store.database, [randomBytes(32)]);
  const context: SealContext = { workspaceId: as.ADMIN.workspaceId, kind: 'connection', id };
  const sealed = lost.vault.seal(context, newKey());
  await store.database.db.update(connections).set({ keySealed: sealed }).where(eq(connections.id, id));
  expect((await rotate(before)).counts).toEqual({
    connection: { rotated: 0, unchanged: 0, unopenable: 1 },
  });
  await expect(verifyConnection(before, as.ADMIN, id)).rejects.toThrow(/rotate the key/);
});

it("does not open a sealed key that was copied into another workspace's row", async () => {
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

it('seals a value of version 1 again when its key is the first one already', async () => {
  const deps = connectionsOf(store.database, [old]);
  const { as } = await createWorkspace(store.database);
  const key = newKey();
  const { id } = await connect(deps, as.ADMIN, { key });
  const sealed = sealVersion1(old, `key of ${as.ADMIN.workspaceId} ${id}`, key);
  await store.database.db.update(connections).set({ keySealed: sealed }).where(eq(connections.id, id));
  const resolve = createCredentialResolver(deps);
  const request = { provider: 'FIRMABLE', callerKey: null, connectionId: id };
  expect(await resolve(as.MEMBER, request)).toMatchObject({ key });

  expect((await rotate(deps)).counts.connection).toEqual({ rotated: 1, unchanged: 0, unopenable: 0 });
  const [row] = await store.database.db.select().from(connections).where(eq(connections.id, id));
  expect(row?.keySealed?.[0]).toBe(2);
  expect(await createCredentialResolver(deps)(as.MEMBER, request)).toMatchObject({ key });
  expect((await rotate(deps)).counts.connection).toEqual({ rotated: 0, unchanged: 1, unopenable: 0 });
});

it('rotates every row when there are more than one page of them', async () => {
  const deps = connectionsOf(store.database, [old]);
  const { as } = await createWorkspace(store.database);
  const { id } = await connect(deps, as.ADMIN);
  const [row] = await store.database.db.select().from(connections).where(eq(connections.id, id));
  const more = Array.from({ length: 450 }, (_, index) => {
    const own = newId();
    const context: SealContext = { workspaceId: as.ADMIN.workspaceId, kind: 'connection', id: own };
    const keySealed = deps.vault.seal(context, newKey());
    return { ...row!, id: own, name: `connection ${index}`, isDefault: false, keySealed };
  });
  await store.database.db.insert(connections).values(more);
  expect((await rotate(connectionsOf(store.database, [fresh, old]))).counts.connection).toEqual({
    rotated: 451,
    unchanged: 0,
    unopenable: 0,
  });
});

it('rotates nothing when the encryption keys are not those of this database', async () => {
  const { as } = await createWorkspace(store.database);
  await connect(connectionsOf(store.database, [old]), as.ADMIN);
  await expect(rotate(connectionsOf(store.database, [fresh]))).rejects.toThrow(/ENCRYPTION_KEYS/);
});
