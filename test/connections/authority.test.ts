import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type Role, roles } from '../../src/access/caller.js';
import { createCredentialResolver } from '../../src/connections/resolve-credential.js';
import {
  deleteConnection,
  disableConnection,
  enableConnection,
  renameConnection,
} from '../../src/connections/change-connection.js';
import { getConnection, getConnections, listConnections } from '../../src/connections/read-connections.js';
import { rotateConnectionKey } from '../../src/connections/rotate-connection-key.js';
import { setDefaultConnection } from '../../src/connections/default-connection.js';
import { verifyConnection } from '../../src/connections/verify-key.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';
import { connect, connectionsOf, type Deps, newKey } from './setup.js';

let store: TestDatabase;
let deps: Deps;
beforeAll(async () => {
  store = await createTestDatabase();
  deps = connectionsOf(store.database);
});
afterAll(() => store.close());

const managers: readonly Role[] = ['ADMIN', 'MANAGER', 'INTEGRATION'];
const page = { first: 100, after: null };
type Call = (caller: Caller, id: string) => Promise<unknown>;

const changes: Record<string, Call> = {
  renameConnection: (caller, id) => renameConnection(deps, caller, { id, name: `renamed ${id}` }),
  rotateConnectionKey: (caller, id) =>
    rotateConnectionKey(deps, caller, { id, key: newKey(), account: 'SAME' }),
  verifyConnection: (caller, id) => verifyConnection(deps, caller, id),
  setDefaultConnection: (caller, id) => setDefaultConnection(deps, caller, id),
  disableConnection: (caller, id) => disableConnection(deps, caller, id),
  enableConnection: (caller, id) => enableConnection(deps, caller, id),
  deleteConnection: (caller, id) => deleteConnection(deps, caller, id),
};
const choose: Call = (caller, connectionId) =>
  createCredentialResolver(deps)(caller, { provider: 'FIRMABLE', callerKey: null, connectionId });

describe('who may', () => {
  const verbs: Record<string, { may: readonly Role[]; call: Call }> = {
    createConnection: { may: managers, call: (caller) => connect(deps, caller) },
    ...Object.fromEntries(Object.entries(changes).map(([verb, call]) => [verb, { may: managers, call }])),
    listConnections: { may: roles, call: (caller) => listConnections(deps, caller, page) },
    getConnection: { may: roles, call: (caller, id) => getConnection(deps, caller, id) },
    getConnections: { may: roles, call: (caller, id) => getConnections(deps, caller, [id]) },
    resolveCredential: { may: [...managers, 'MEMBER'], call: choose },
  };
  const cases = Object.entries(verbs).flatMap(([verb, { may, call }]) =>
    roles.map((role) => ({ verb, role, call, allowed: may.includes(role) })),
  );
  it.each(cases)('$verb as $role: $allowed', async ({ call, role, allowed }) => {
    const { as } = await createWorkspace(store.database);
    const { id } = await connect(deps, as.ADMIN);
    expect(await outcomeOf(call(as[role], id))).toBe(allowed ? 'done' : 'FORBIDDEN');
  });
});

describe('a connection of another workspace, or none at all, is NOT_FOUND and untouched', () => {
  it.each(Object.entries({ ...changes, resolveCredential: choose }))('%s', async (_, call) => {
    const ours = await createWorkspace(store.database);
    const theirs = await createWorkspace(store.database);
    const standing = await connect(deps, theirs.as.ADMIN);
    for (const id of [standing.id, 'con_1', '']) {
      await expect(call(ours.as.ADMIN, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await getConnection(deps, theirs.as.VIEWER, standing.id)).toEqual(standing);
  });

  it('getConnection, getConnections and listConnections do not find it', async () => {
    const ours = await createWorkspace(store.database);
    const theirs = await createWorkspace(store.database);
    const { id } = await connect(deps, theirs.as.ADMIN);
    expect(await getConnection(deps, ours.as.ADMIN, id)).toBeNull();
    expect(await getConnection(deps, ours.as.ADMIN, 'con_1')).toBeNull();
    expect((await getConnections(deps, ours.as.ADMIN, [id, 'con_1'])).size).toBe(0);
    const listed = await listConnections(deps, ours.as.ADMIN, page);
    expect(listed.items).toEqual([]);
    expect(await listed.totalCount()).toBe(0);
  });

  it('is refused as the account of a new connection', async () => {
    const ours = await createWorkspace(store.database);
    const theirs = await createWorkspace(store.database);
    const { id } = await connect(deps, theirs.as.ADMIN);
    await expect(connect(deps, ours.as.ADMIN, { sameAccountAs: id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      field: ['sameAccountAs'],
    });
  });
});
