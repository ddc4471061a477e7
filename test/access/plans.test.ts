import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('creates a workspace with its plan and an ADMIN token, which is returned once and not stored', async () => {
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

it('accepts a name once, also when operators send it at the same time', async () => {
  const ends = await Promise.all(
    Array.from({ length: 5 }, () =>
      outcomeOf(createWorkspace(store.database, { name: 'Contoso', plan: 'PRO' })),
    ),
  );
  expect(ends.toSorted()).toEqual(['NAME_TAKEN', 'NAME_TAKEN', 'NAME_TAKEN', 'NAME_TAKEN', 'done']);
  expect(await outcomeOf(createWorkspace(store.database, { name: ' ', plan: 'PRO' }))).toBe('INVALID_INPUT');
});

it('changes a plan by name or id, and the next request has it', async () => {
  const { workspace, secret } = await createWorkspace(store.database, { name: 'Fabrikam', plan: 'PRO' });
  expect(await setPlan(store.database, 'Fabrikam', 'FREE')).toMatchObject({ id: workspace.id, plan: 'FREE' });
  expect(await findCaller(secret)).toMatchObject({ plan: 'FREE' });
  await setPlan(store.database, workspace.id, 'EXPLORER');
  expect(await findCaller(secret)).toMatchObject({ plan: 'EXPLORER' });
});

it('throws when there is no such workspace, or when several have the name', async () => {
  await insertWorkspace(store.database, 'twin');
  const { id } = await insertWorkspace(store.database, 'twin');
  expect(await outcomeOf(setPlan(store.database, 'nobody', 'FREE'))).toBe('NOT_FOUND');
  expect(await outcomeOf(setPlan(store.database, 'twin', 'FREE'))).toBe('INVALID_INPUT');
  expect(await setPlan(store.database, id, 'FREE')).toMatchObject({ id });
  const twins = (await listWorkspaces(store.database)).filter(({ name }) => name === 'twin');
  expect(twins.map(({ plan }) => plan).toSorted()).toEqual(['FREE', 'PRO']);
});

it('puts the first workspace on PRO', async () => {
  const fresh = await createTestDatabase();
  try {
    const { bootstrap } = await ensureWorkspace({ database: fresh.database }, { bootstrapToken: null });
    expect(bootstrap).toMatchObject({ plan: 'PRO' });
  } finally {
    await fresh.close();
  }
});
