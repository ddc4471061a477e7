import { afterAll, beforeAll, expect, it } from 'vitest';
import { rotateConnectionKey } from '../../src/connections/rotate-connection-key.js';
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

it('asks which account a new key belongs to, before the provider sees it, and keeps the old key', async () => {
  const caller = await admin();
  const { id, keyHint } = await connect(deps, caller);
  const key = newKey();
  for (const account of [undefined, null]) {
    await expect(rotateConnectionKey(deps, caller, { id, key, account })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: ['account'],
    });
  }
  expect(deps.providerKeys.verified).not.toContain(key);
  const [row] = await store.database.sql`select key_hint from connections where id = ${id}`;
  expect(row?.['key_hint']).toBe(keyHint);
});

it('keeps the account when the key belongs to the same one, which a later rotation need not say again', async () => {
  const caller = await admin();
  const first = newKey();
  const { id, accountId } = await connect(deps, caller, { key: first });
  const second = newKey();
  expect(await rotateConnectionKey(deps, caller, { id, key: second, account: 'SAME' })).toMatchObject({
    accountId,
  });
  for (const key of [first, second]) {
    expect(await rotateConnectionKey(deps, caller, { id, key })).toMatchObject({ accountId });
  }
  await expect(rotateConnectionKey(deps, caller, { id, key: first, account: 'OTHER' })).rejects.toMatchObject(
    { code: 'ACCOUNT_CONFLICT', field: ['account'] },
  );
});

it('gives the connection a new account when the key belongs to another one, and back', async () => {
  const caller = await admin();
  const first = newKey();
  const before = await connect(deps, caller, { key: first });
  const second = newKey();
  const after = await rotateConnectionKey(deps, caller, { id: before.id, key: second, account: 'OTHER' });
  expect(after).toMatchObject({ id: before.id, name: before.name, isDefault: before.isDefault });
  expect(after.accountId).not.toBe(before.accountId);
  expect((await connect(deps, caller, { key: second })).accountId).toBe(after.accountId);
  const back = { id: before.id, key: first };
  await expect(rotateConnectionKey(deps, caller, back)).rejects.toMatchObject({ code: 'ACCOUNT_CONFLICT' });
  await expect(rotateConnectionKey(deps, caller, { ...back, account: 'SAME' })).rejects.toMatchObject({
    code: 'ACCOUNT_CONFLICT',
  });
  expect((await rotateConnectionKey(deps, caller, { ...back, account: 'OTHER' })).accountId).toBe(
    before.accountId,
  );
});

it('creates one account when many rotate to the same new key at once', async () => {
  const caller = await admin();
  const connections = await Promise.all(Array.from({ length: 4 }, () => connect(deps, caller)));
  const key = newKey();
  const rotated = await Promise.all(
    connections.map(({ id }) => rotateConnectionKey(deps, caller, { id, key, account: 'OTHER' })),
  );
  expect(new Set(rotated.map(({ accountId }) => accountId)).size).toBe(1);
});
