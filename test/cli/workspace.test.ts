import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallerFinder } from '../../src/access/find-caller.js';
import { listBudgets } from '../../src/budgets/read-budgets.js';
import { systemClock } from '../../src/platform/time.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runBuilt } from '../support/gateway.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
}, 120_000);
afterAll(() => store.close());

const workspace = (...args: string[]) =>
  runBuilt(
    'workspace',
    {
      DATABASE_URL: store.url,
      ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
      MANAGED_CREDITS: 'FREE=100,STARTER=2000',
    },
    args,
  );

it('creates a workspace with a token and the limit of its plan, lists it, and changes its plan', async () => {
  const created = await workspace('create', 'Northwind Traders', '--plan', 'FREE');
  expect(created).toMatchObject({
    code: 0,
    output: expect.stringContaining(
      'Its plan is FREE: no keys of its own; managed credits up to 100 a month.',
    ),
  });
  const secret = /fgw_[\w-]+/.exec(created.output)?.[0] ?? '';
  const find = () => createCallerFinder({ database: store.database, clock: systemClock })(secret);
  const caller = await find();
  expect(caller).toMatchObject({ workspaceName: 'Northwind Traders', plan: 'FREE', role: 'ADMIN' });
  const limits = async () =>
    (await listBudgets(store, caller, { first: 10, after: null })).items.map(({ limit }) => limit);
  expect(await limits()).toEqual([100n]);

  expect(await workspace('plan', 'Northwind Traders', 'starter')).toMatchObject({ code: 0 });
  expect(await find()).toMatchObject({ plan: 'STARTER' });
  expect(await limits()).toEqual([2_000n]);
  expect(await workspace('plan', caller.workspaceId, 'PRO')).toMatchObject({ code: 0 });
  expect(await limits()).toEqual([]);

  const listed = await workspace('list');
  expect(listed.code).toBe(0);
  expect(listed.output).toContain(`${caller.workspaceId}  PRO       Northwind Traders\n`);
  expect(listed.output).toMatch(/^1 workspace\. Managed credits a month by plan/m);
  expect(listed.output).not.toContain(secret);
}, 60_000);

it('changes nothing when limits exist and MANAGED_CREDITS is not set', async () => {
  const environment = {
    DATABASE_URL: store.url,
    ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString('base64'),
  };
  expect(await workspace('create', 'Southwind', '--plan', 'FREE')).toMatchObject({ code: 0 });
  for (const args of [
    ['create', 'Westwind', '--plan', 'FREE'],
    ['plan', 'Southwind', 'PRO'],
  ]) {
    expect(await runBuilt('workspace', environment, args)).toMatchObject({
      code: 1,
      output: expect.stringContaining(
        'run this command with the environment of the gateway. Nothing was changed.',
      ),
    });
  }
  expect((await workspace('list')).output).toMatch(/FREE {6}Southwind\n(?!.*Westwind)/);
  expect(await runBuilt('workspace', environment, ['list'])).toMatchObject({ code: 0 });
}, 60_000);

it.each([
  [
    2,
    ['create', 'one', '--plan', 'GOLD'],
    'There is no plan GOLD: choose one of FREE, STARTER, EXPLORER, PRO.',
  ],
  [1, ['plan', 'nobody', 'PRO'], 'There is no workspace "nobody": list them and name one.'],
  [2, ['create', ''], 'The name must be a line of 1 to 100 characters'],
  [2, ['create'], "error: missing required argument 'name'"],
  [2, ['drop', 'everything'], "error: unknown command 'drop'"],
  [2, ['list', '--all'], "error: unknown option '--all'"],
  [2, ['plan', 'one', 'PRO', 'more'], 'error: too many arguments'],
  [2, [], 'Usage: firmable-gateway workspace [options] [command]'],
])(
  'exits with %i when the arguments are %j',
  async (code, args, message) => {
    expect(await workspace(...args)).toMatchObject({ code, output: expect.stringContaining(message) });
  },
  60_000,
);
