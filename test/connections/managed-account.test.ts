import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredentialResolver } from '../../src/connections/resolve-credential.js';
import { deleteConnection, disableConnection } from '../../src/connections/change-connection.js';
import { knownManagedAccount } from '../../src/connections/account-of-key.js';
import { readManagedKeys } from '../../src/connections/managed-keys.js';
import { GatewayError } from '../../src/errors.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { createProviderKeys } from '../support/provider-keys.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';
import { connect, connectionsOf, type Deps, newKey } from './setup.js';

let store: TestDatabase;
let deps: Deps;
const operatorsKey = newKey();
beforeAll(async () => {
  store = await createTestDatabase();
  deps = connectionsOf(store.database);
});
afterAll(() => store.close());

const callers = async () => (await createWorkspace(store.database)).as;
const free = async () => (await createWorkspace(store.database, 'free', 'FREE')).as;
const read = (pasted: string | null) =>
  readManagedKeys(createProviderKeys(), [{ provider: 'FIRMABLE', variable: 'MANAGED_FIRMABLE_KEY', pasted }]);

const chooser = (key = operatorsKey) =>
  createCredentialResolver({ ...deps, managedKeys: { FIRMABLE: { key, sandbox: false } } });
const request = (
  input: { callerKey?: string; connectionId?: string; payer?: 'OWN' | 'MANAGED' | 'ANY' } = {},
) => ({
  provider: 'FIRMABLE',
  callerKey: null,
  connectionId: null,
  ...input,
});

describe('the managed account', () => {
  it('pays when a workspace has no connection of its own, until it has a default', async () => {
    const { ADMIN, MEMBER } = await callers();
    const choose = chooser();
    expect(await choose(MEMBER, request())).toMatchObject({
      key: operatorsKey,
      connectionId: null,
      payer: 'MANAGED',
      sandbox: false,
    });
    const { id } = await connect(deps, ADMIN);
    expect(await choose(MEMBER, request())).toMatchObject({ connectionId: id, payer: 'CONNECTION' });
  });

  it('never pays for a lookup that names a connection, whatever is wrong with that connection', async () => {
    const { ADMIN, MEMBER } = await callers();
    const { id } = await connect(deps, ADMIN);
    await disableConnection(deps, ADMIN, id);
    expect(await outcomeOf(chooser()(MEMBER, request({ connectionId: id })))).toBe('CONNECTION_DISABLED');
    await deleteConnection(deps, ADMIN, id);
    expect(await outcomeOf(chooser()(MEMBER, request({ connectionId: id })))).toBe('NOT_FOUND');
  });

  it('never pays when the default is disabled', async () => {
    const { ADMIN, MEMBER } = await callers();
    const { id } = await connect(deps, ADMIN);
    await disableConnection(deps, ADMIN, id);
    expect(await outcomeOf(chooser()(MEMBER, request()))).toBe('CONNECTION_DISABLED');
  });

  it('never pays for a lookup that says OWN, and is the only payer of one that says MANAGED', async () => {
    const { ADMIN, MEMBER } = await callers();
    expect(await outcomeOf(chooser()(MEMBER, request({ payer: 'OWN' })))).toBe('NO_CONNECTION');
    await connect(deps, ADMIN);
    const managed = await chooser()(MEMBER, request({ payer: 'MANAGED', callerKey: newKey() }));
    expect(managed).toMatchObject({ key: operatorsKey, payer: 'MANAGED' });
  });

  it('is refused when the operator has no key, and when a connection is named too', async () => {
    const { ADMIN, MEMBER } = await callers();
    const choose = createCredentialResolver(deps);
    expect(await outcomeOf(choose(MEMBER, request({ payer: 'MANAGED' })))).toBe('NO_CONNECTION');
    expect(await outcomeOf(choose(MEMBER, request()))).toBe('NO_CONNECTION');
    const { id } = await connect(deps, ADMIN);
    const both = request({ payer: 'MANAGED', connectionId: id });
    expect(await outcomeOf(chooser()(MEMBER, both))).toBe('INVALID_INPUT');
  });

  it('does not pay when the caller sends a key', async () => {
    const { MEMBER } = await callers();
    const key = newKey();
    expect(await chooser()(MEMBER, request({ callerKey: key }))).toMatchObject({ key, payer: 'CALLER_KEY' });
  });

  it('is another account in each workspace, so that each pays for its first fetch', async () => {
    const [one, two] = [await callers(), await callers()];
    const choose = chooser();
    const ofOne = await choose(one.MEMBER, request());
    const ofTwo = await choose(two.MEMBER, request());
    expect(ofOne.accountId).not.toBe(ofTwo.accountId);
  });

  it('stays the same account when the operator replaces the key, and after a restart', async () => {
    const { MEMBER } = await callers();
    const before = await chooser()(MEMBER, request());
    const after = await chooser(newKey())(MEMBER, request());
    expect(after.accountId).toBe(before.accountId);
    expect(after.key).not.toBe(before.key);
    const known = { workspaceId: MEMBER.workspaceId, provider: 'FIRMABLE' };
    expect(await knownManagedAccount(deps, { ...known, sandbox: false })).toBe(before.accountId);
    expect(await knownManagedAccount(deps, { ...known, sandbox: true })).toBeNull();
  });

  it('is another account than a connection with the same key', async () => {
    const { ADMIN, MEMBER } = await callers();
    const managed = await chooser()(MEMBER, request());
    const own = await connect(deps, ADMIN, { key: operatorsKey });
    expect(own.accountId).not.toBe(managed.accountId);
  });

  it('never counts what the sandbox gave away as bought', async () => {
    const { MEMBER } = await callers();
    const sandboxed = createCredentialResolver({
      ...deps,
      managedKeys: { FIRMABLE: { key: 'fbl_sandbox_managed', sandbox: true } },
    });
    const trial = await sandboxed(MEMBER, request());
    expect(trial).toMatchObject({ sandbox: true, payer: 'MANAGED' });
    expect((await chooser()(MEMBER, request())).accountId).not.toBe(trial.accountId);
  });

  it('is created once when many lookups come at the same time', async () => {
    const { MEMBER } = await callers();
    const chosen = await Promise.all(Array.from({ length: 20 }, () => chooser()(MEMBER, request())));
    expect(new Set(chosen.map(({ accountId }) => accountId)).size).toBe(1);
  });

  it('stores nothing of its key', async () => {
    const { MEMBER } = await callers();
    await chooser()(MEMBER, request());
    const dump = await dumpTables(store.database);
    expect(dump).toContain(MEMBER.workspaceId);
    for (const face of facesOf(operatorsKey)) {
      // A connection of the test above has this key, sealed; as plain text it stands nowhere.
      expect(dump).not.toContain(face);
    }
  });
});

describe('the plan FREE', () => {
  it('stores no key of its own', async () => {
    const { ADMIN } = await free();
    expect(await outcomeOf(connect(deps, ADMIN))).toBe('PLAN_REQUIRED');
  });

  it('uses no key of its own and no connection, but the managed account', async () => {
    const { MEMBER } = await free();
    const choose = chooser();
    expect(await outcomeOf(choose(MEMBER, request({ callerKey: newKey() })))).toBe('PLAN_REQUIRED');
    expect(await outcomeOf(choose(MEMBER, request({ payer: 'OWN' })))).toBe('PLAN_REQUIRED');
    expect(await choose(MEMBER, request())).toMatchObject({ payer: 'MANAGED' });
    expect(await outcomeOf(createCredentialResolver(deps)(MEMBER, request()))).toBe('NO_CONNECTION');
  });

  it('uses no connection that was stored on another plan', async () => {
    const { ADMIN, MEMBER } = await callers();
    const { id } = await connect(deps, ADMIN);
    const downgraded = { ...MEMBER, plan: 'FREE' as const };
    expect(await chooser()(downgraded, request())).toMatchObject({ payer: 'MANAGED' });
    expect(await outcomeOf(chooser()(downgraded, request({ connectionId: id })))).toBe('PLAN_REQUIRED');
  });

  it('says what to do when a key of its own is sent', async () => {
    const { ADMIN } = await free();
    await expect(connect(deps, ADMIN)).rejects.toThrow(
      /operator of this gateway put the workspace on STARTER/,
    );
  });
});

describe('the operator’s keys', () => {
  it('are parsed as they are pasted, and are absent when they are not set', () => {
    const key = newKey();
    expect(read(`Bearer ${key}`)).toEqual({ FIRMABLE: { key, sandbox: false } });
    expect(read(null)).toEqual({});
  });

  it('are refused by the name of their variable when they are malformed, without quoting them', () => {
    const wrong = `nokey-${randomBytes(8).toString('hex')}`;
    expect(() => read(wrong)).toThrow(GatewayError);
    expect(() => read(wrong)).toThrow(/^MANAGED_FIRMABLE_KEY is refused\. .*\.$/);
    expect(() => read(wrong)).not.toThrow(wrong);
  });
});
