import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkspace, listWorkspaces, setPlan } from '../../src/access/workspaces.js';
import { ensureWorkspace } from '../../src/access/ensure-workspace.js';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { systemClock } from '../../src/platform/time.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { dumpTables, facesOf } from '../support/dump.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace as insertWorkspace } from '../support/workspace.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const findCaller = (token: string) =>
  createCallerFinder({ database: store.database, clock: systemClock })(token);

test('a workspace is made with its plan and an ADMIN token, which is told once and not kept', async () => {
  const { workspace, secret } = await createWorkspace(store.database, {
    name: ' Northwind ',
    plan: 'STARTER',
  });
  expect(workspace).toMatchObject({ name: 'Northwind', plan: 'STARTER' });
  expect(await findCaller(secret)).toMatchObject({
    workspaceId: workspace.id,
    workspaceName: 'Northwind',
    plan: 'STARTER',
    role: 'ADMIN',
  });
  const dump = await dumpTables(store.database);
  for (const face of facesOf(secret)) expect(dump).not.toContain(face);
});

test('a name is taken once, also by operators who come at the same time', async () => {
  const ends = await Promise.all(
    Array.from({ length: 5 }, () =>
      outcomeOf(createWorkspace(store.database, { name: 'Contoso', plan: 'PRO' })),
    ),
  );
  expect(ends.toSorted()).toEqual(['NAME_TAKEN', 'NAME_TAKEN', 'NAME_TAKEN', 'NAME_TAKEN', 'done']);
  expect(await outcomeOf(createWorkspace(store.database, { name: ' ', plan: 'PRO' }))).toBe('INVALID_INPUT');
});

test('a plan is changed by name or by id, and whoever calls next is on it', async () => {
  const { workspace, secret } = await createWorkspace(store.database, { name: 'Fabrikam', plan: 'PRO' });
  expect(await setPlan(store.database, 'Fabrikam', 'FREE')).toMatchObject({ id: workspace.id, plan: 'FREE' });
  expect(await findCaller(secret)).toMatchObject({ plan: 'FREE' });
  await setPlan(store.database, workspace.id, 'EXPLORER');
  expect(await findCaller(secret)).toMatchObject({ plan: 'EXPLORER' });
});

test('a workspace that is not there, or one of several with the name, is told so', async () => {
  await insertWorkspace(store.database, 'twin');
  const { id } = await insertWorkspace(store.database, 'twin');
  expect(await outcomeOf(setPlan(store.database, 'nobody', 'FREE'))).toBe('NOT_FOUND');
  expect(await outcomeOf(setPlan(store.database, 'twin', 'FREE'))).toBe('INVALID_INPUT');
  expect(await setPlan(store.database, id, 'FREE')).toMatchObject({ id });
  const twins = (await listWorkspaces(store.database)).filter(({ name }) => name === 'twin');
  expect(twins.map(({ plan }) => plan).toSorted()).toEqual(['FREE', 'PRO']);
});

test('who hosts the gateway for themselves is on PRO and need not know of plans', async () => {
  const fresh = await createTestDatabase();
  try {
    const { bootstrap } = await ensureWorkspace({ database: fresh.database }, { bootstrapToken: null });
    expect(bootstrap).toMatchObject({ plan: 'PRO' });
  } finally {
    await fresh.close();
  }
});
