import { afterAll, beforeAll, expect, it } from 'vitest';
import { disableConnection } from '../../src/connections/change-connection.js';
import { listConnections } from '../../src/connections/read-connections.js';
import { rotateConnectionKey } from '../../src/connections/rotate-connection-key.js';
import { verifyConnection } from '../../src/connections/verify-key.js';
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

it('shows only the last four characters of a stored key', async () => {
  const key = newKey();
  const connection = await connect(deps, await admin(), { key: `Bearer ${key}` });
  expect(connection.keyHint).toBe(key.slice(-4));
  expect(JSON.stringify(connection)).not.toContain(key);
  expect(Object.keys(connection)).not.toContain('keySealed');
});

it('verifies a key before it is stored, unless verify is false', async () => {
  const caller = await admin();
  const key = newKey();
  expect(await connect(deps, caller, { key })).toMatchObject({
    verifiedAt: expect.any(Date),
    problemCode: null,
  });
  expect(deps.providerKeys.verified).toContain(key);
  const unverified = newKey();
  expect(await connect(deps, caller, { key: unverified, verify: false })).toMatchObject({ verifiedAt: null });
  expect(deps.providerKeys.verified).not.toContain(unverified);
});

it.each([
  ['INVALID_KEY_FORMAT', 'sk-1234'],
  ['KEY_REFUSED', 'fbl_refused_1'],
  ['PLAN_WITHOUT_API', 'fbl_noplan_1'],
])('a key that meets %s is not stored, and not repeated', async (code, key) => {
  const caller = await admin();
  const creation = connect(deps, caller, { key });
  await expect(creation).rejects.toMatchObject({ code, field: ['key'] });
  await expect(creation).rejects.not.toThrow(new RegExp(key));
  expect((await listConnections(deps, caller, all)).items).toEqual([]);
});

it('stores a key with the problem when its provider is unreachable', async () => {
  const caller = await admin();
  const connection = await connect(deps, caller, { key: newKey('away') });
  expect(connection).toMatchObject({ verifiedAt: null, problemCode: 'PROVIDER_UNAVAILABLE' });
});

it('returns and stores the problem of a verification, and keeps the time of the last success', async () => {
  const caller = await admin();
  const good = await connect(deps, caller);
  const bad = await connect(deps, caller, { key: newKey('refused'), verify: false });
  const { connection, problem } = await verifyConnection(deps, caller, bad.id);
  expect(problem).toMatchObject({ code: 'KEY_REFUSED' });
  expect(connection).toMatchObject({ id: bad.id, problemCode: 'KEY_REFUSED', verifiedAt: null });
  const again = await verifyConnection(deps, caller, good.id);
  expect(again.problem).toBeNull();
  expect(again.connection.verifiedAt!.getTime()).toBeGreaterThan(good.verifiedAt!.getTime() - 1);
});

it('keeps the result of a key that is rotated while the old one is verified', async () => {
  const caller = await admin();
  const { id } = await connect(deps, caller, { key: newKey('refused'), verify: false });
  const verify = async (provider: string, key: string) => {
    await rotateConnectionKey(deps, caller, { id, key: newKey(), account: 'SAME' });
    return deps.providerKeys.verify(provider, key);
  };
  const { connection, problem } = await verifyConnection(
    { ...deps, providerKeys: { ...deps.providerKeys, verify } },
    caller,
    id,
  );
  expect(problem).toMatchObject({ code: 'KEY_REFUSED' });
  expect(connection.problemCode).toBeNull();
});

it('keeps account, name and default when a key is rotated, and the old key when the new one is refused', async () => {
  const caller = await admin();
  const before = await connect(deps, caller);
  const key = newKey();
  const after = await rotateConnectionKey(deps, caller, { id: before.id, key, account: 'SAME' });
  expect(after).toEqual({ ...before, keyHint: key.slice(-4), verifiedAt: after.verifiedAt });
  await expect(
    rotateConnectionKey(deps, caller, { id: before.id, key: 'fbl_refused_2', account: 'SAME' }),
  ).rejects.toMatchObject({ code: 'KEY_REFUSED' });
  const [standing] = (await listConnections(deps, caller, all)).items;
  expect(standing).toEqual(after);
});

it('opens the rotated key when the id was written in capitals', async () => {
  const caller = await admin();
  const { id } = await connect(deps, caller);
  await rotateConnectionKey(deps, caller, { id: id.toUpperCase(), key: newKey(), account: 'SAME' });
  expect((await verifyConnection(deps, caller, id)).problem).toBeNull();
});

it('gives the same key the same account, also to many at once, and another key another', async () => {
  const caller = await admin();
  const key = newKey();
  const same = await Promise.all(Array.from({ length: 6 }, () => connect(deps, caller, { key })));
  expect(new Set(same.map(({ accountId }) => accountId)).size).toBe(1);
  expect((await connect(deps, caller)).accountId).not.toBe(same[0]!.accountId);
  const elsewhere = await connect(deps, await admin(), { key });
  expect(elsewhere.accountId).not.toBe(same[0]!.accountId);
});

it('shares the account with another key when sameAccountAs says so, and keeps sharing it', async () => {
  const caller = await admin();
  const first = await connect(deps, caller);
  const key = newKey();
  const second = await connect(deps, caller, { key, sameAccountAs: first.id });
  const third = await connect(deps, caller, { key });
  expect([second.accountId, third.accountId]).toEqual([first.accountId, first.accountId]);
});

it('throws ACCOUNT_CONFLICT when a key is known as another account, in a new connection or a rotation', async () => {
  const caller = await admin();
  const key = newKey();
  await connect(deps, caller, { key });
  const other = await connect(deps, caller);
  const conflict = { code: 'ACCOUNT_CONFLICT', field: ['key'] };
  await expect(connect(deps, caller, { key, sameAccountAs: other.id })).rejects.toMatchObject(conflict);
  await expect(
    rotateConnectionKey(deps, caller, { id: other.id, key, account: 'SAME' }),
  ).rejects.toMatchObject(conflict);
  expect((await listConnections(deps, caller, all)).items).toHaveLength(2);
});

it('never lets a sandbox key share the account of a real one', async () => {
  const caller = await admin();
  const real = await connect(deps, caller);
  const conflict = { code: 'ACCOUNT_CONFLICT' };
  const sandboxKey = newKey('sandbox');
  await expect(connect(deps, caller, { key: sandboxKey, sameAccountAs: real.id })).rejects.toMatchObject(
    conflict,
  );
  await expect(
    rotateConnectionKey(deps, caller, { id: real.id, key: sandboxKey, account: 'SAME' }),
  ).rejects.toMatchObject(conflict);
});

it('refuses to share the account of another provider', async () => {
  const caller = await admin();
  const { id } = await connect(deps, caller, { provider: 'APOLLO' });
  await expect(connect(deps, caller, { sameAccountAs: id })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: ['sameAccountAs'],
  });
});

it('rotates and verifies a disabled connection', async () => {
  const caller = await admin();
  const { id } = await connect(deps, caller);
  await disableConnection(deps, caller, id);
  await rotateConnectionKey(deps, caller, { id, key: newKey(), account: 'SAME' });
  expect((await verifyConnection(deps, caller, id)).connection.disabledAt).toBeInstanceOf(Date);
});
