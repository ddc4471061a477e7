import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProviderKeys } from '../support/provider-keys.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

type Budget = Record<string, unknown> & { id: string };
type Payload = {
  budget: Budget | null;
  userErrors: { code: string; field: string[] | null }[];
};
const fields = `id name scope subject connection { name } token { name } period timeZone limit mode thresholds
  startsAt renewsAt spent reserved remaining alerts { threshold startsAt spent limit deliveries { deliveredAt } }`;

const set = async (input: object, token = gateway.token): Promise<Payload> =>
  dataOf<Payload>(
    await gateway.post(
      `mutation M($input: SetBudgetInput!) { setBudget(input: $input) { budget { ${fields} } userErrors { code field } } }`,
      { input: { scope: 'WORKSPACE', period: 'TOTAL', limit: 100, ...input } },
      { authorization: `Bearer ${token}` },
    ),
    'setBudget',
  );
const remove = async (id: string): Promise<unknown> =>
  dataOf(
    await gateway.post('mutation M($id: ID!) { deleteBudget(id: $id) { deletedId userErrors { code } } }', {
      id,
    }),
    'deleteBudget',
  );

it('creates, changes, lists and deletes a budget', async () => {
  const made = await set({
    name: 'life',
    period: 'MONTH',
    timeZone: 'Australia/Sydney',
    mode: 'SOFT',
    thresholds: [90, 50],
    startFrom: 'NOW',
  });
  expect(made.userErrors).toEqual([]);
  const id = made.budget?.id ?? '';
  expect(id).toMatch(/^bud_[0-9a-f-]{36}$/);
  expect(made.budget).toEqual({
    id,
    name: 'life',
    scope: 'WORKSPACE',
    subject: null,
    connection: null,
    token: null,
    period: 'MONTH',
    timeZone: 'Australia/Sydney',
    limit: 100,
    mode: 'SOFT',
    thresholds: [50, 90],
    startsAt: expect.stringMatching(/Z$/),
    renewsAt: expect.stringMatching(/Z$/),
    spent: 0,
    reserved: 0,
    remaining: 100,
    alerts: [],
  });

  const state = { id, name: 'renamed', period: 'MONTH', timeZone: 'Australia/Sydney', limit: 0 };
  const changed = await set(state);
  expect(changed.budget).toMatchObject({
    id,
    name: 'renamed',
    limit: 0,
    mode: 'HARD',
    thresholds: [80, 100],
  });

  const { body } = await gateway.post(
    'query Q($id: ID!) { node(id: $id) { __typename id ... on Budget { name } } budget(id: $id) { remaining } budgets(first: 100) { totalCount nodes { id } edges { cursor } } }',
    { id },
  );
  expect(body.data).toMatchObject({
    node: { __typename: 'Budget', id, name: 'renamed' },
    budget: { remaining: 0 },
    budgets: { nodes: expect.arrayContaining([{ id }]) },
  });
  expect(await remove(id)).toEqual({ deletedId: id, userErrors: [] });
  expect(await remove(id)).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
  const gone = await gateway.post('query Q($id: ID!) { node(id: $id) { id } budget(id: $id) { id } }', {
    id,
  });
  expect(gone.body.data).toEqual({ node: null, budget: null });
});

it('returns the connection or token when a budget names it by its public id', async () => {
  const con = await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "sandbox", key: "fbl_sandbox_budgets", verify: false }) { connection { id } } }',
  );
  const tok = await gateway.post(
    'mutation { createToken(input: { name: "retool", role: MEMBER }) { token { id } } }',
  );
  const connection = dataOf<{ connection: { id: string } }>(con, 'createConnection').connection.id;
  const token = dataOf<{ token: { id: string } }>(tok, 'createToken').token.id;
  expect((await set({ name: 'con', scope: 'CONNECTION', subject: connection })).budget).toMatchObject({
    subject: connection,
    connection: { name: 'sandbox' },
    token: null,
  });
  expect((await set({ name: 'tok', scope: 'TOKEN', subject: token })).budget).toMatchObject({
    subject: token,
    connection: null,
    token: { name: 'retool' },
  });
  expect((await set({ name: 'swapped', scope: 'TOKEN', subject: connection })).userErrors).toMatchObject([
    { code: 'NOT_FOUND', field: ['subject'] },
  ]);
});

describe('a refused change returns data', () => {
  it.each<[string, object, string, string[]]>([
    ['a limit below zero', { name: 'a', limit: -1 }, 'INVALID_INPUT', ['limit']],
    ['a threshold of nothing', { name: 'b', thresholds: [0] }, 'INVALID_INPUT', ['thresholds', '0']],
    ['no subject', { name: 'c', scope: 'WORKFLOW' }, 'INVALID_INPUT', ['subject']],
    ['a budget that is not there', { name: 'f', id: 'bud_x' }, 'NOT_FOUND', ['id']],
  ])('%s', async (_, input, code, field) => {
    expect(await set(input)).toEqual({ budget: null, userErrors: [{ code, field }] });
  });

  it.each(['CET', 'IST', 'EST', '+10:00', 'Mars/Olympus'])(
    'refuses the request when the time zone is %s, which is no place',
    async (timeZone) => {
      const { body } = await gateway.post(
        'mutation M($input: SetBudgetInput!) { setBudget(input: $input) { budget { id } } }',
        { input: { name: 'zone', scope: 'WORKSPACE', period: 'DAY', limit: 1, timeZone } },
      );
      expect(body.data).toBeUndefined();
      expect(body.errors).toMatchObject([
        { message: expect.stringContaining('write it as Australia/Sydney or UTC') },
      ]);
    },
  );

  it.each(['MANAGER', 'INTEGRATION', 'MEMBER', 'VIEWER'] as const)(
    '%s may read budgets and not set them',
    async (role) => {
      const token = await gateway.tokenOf(role);
      expect((await set({ name: role }, token)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      const { body } = await gateway.post(
        '{ budgets { totalCount } }',
        {},
        { authorization: `Bearer ${token}` },
      );
      expect(body.errors).toBeUndefined();
    },
  );
});

it('refuses a lookup by the name of the full budget and admits it once the budget is raised', async () => {
  const own = await startGateway({ parts: { providerKeys: createProviderKeys() } });
  try {
    const post = async (query: string) => (await own.post(query)).body.data;
    await post(
      'mutation { createConnection(input: { provider: FIRMABLE, name: "sandbox", key: "fbl_sandbox_demo", verify: false }) { connection { id } } }',
    );
    const made = dataOf<{ budget: { id: string } }>(
      await own.post(
        'mutation { setBudget(input: { name: "tight", scope: WORKSPACE, period: DAY, limit: 0 }) { budget { id } } }',
      ),
      'setBudget',
    );
    const lookUp =
      '{ company(by: { domain: "smec.com" }) { outcome problem { code message } receipt { creditsCharged } } }';
    expect(await post(lookUp)).toMatchObject({
      company: {
        outcome: 'REFUSED',
        problem: { code: 'BUDGET_EXCEEDED', message: expect.stringContaining('"tight" allows 0 credits') },
      },
    });
    await post(
      `mutation { setBudget(input: { id: "${made.budget.id}", name: "tight", scope: WORKSPACE, period: DAY, limit: 5 }) { budget { id } } }`,
    );
    expect(await post(lookUp)).not.toMatchObject({ company: { outcome: 'REFUSED' } });
  } finally {
    await own.close();
  }
});
