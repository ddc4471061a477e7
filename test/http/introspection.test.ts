import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.js';

let fast: TestGateway;
let plain: TestGateway;
beforeAll(async () => {
  const env = { INTROSPECTION: 'off', GRAPHIQL: 'off' };
  [fast, plain] = await Promise.all([startGateway({ env }), startGateway({ env, fastPath: false })]);
});
afterAll(() => Promise.all([fast.close(), plain.close()]));

describe('when INTROSPECTION is off', () => {
  it.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "Query") { name } }',
    '{ viewer { role } hidden: __schema { description } }',
    'query { ...F } fragment F on Query { __type(name: "Query") { name } }',
    '{ viewer { role } ... @include(if: false) { __schema { description } } }',
  ])('refuses %s as a whole, with what to do', async (query) => {
    for (const to of [fast, plain]) {
      const { status, body } = await to.post(query);
      expect(status).toBe(400);
      expect(body.data).toBeUndefined();
      expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
      expect(body.errors?.[0]?.message).toContain('INTROSPECTION=on');
    }
  });

  it('runs other documents, with __typename', async () => {
    for (const to of [fast, plain]) {
      const { body } = await to.post('{ __typename viewer { __typename role } }');
      expect(body.data).toEqual({ __typename: 'Query', viewer: { __typename: 'Viewer', role: 'ADMIN' } });
    }
  });
});

it('says that GraphiQL is off when GRAPHIQL is, and still answers programs', async () => {
  const page = await fetch(`${fast.url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8' } });
  expect(page.status).toBe(404);
  expect(await page.json()).toEqual({ error: expect.stringContaining('GRAPHIQL=on') });
  const query = await fetch(`${fast.url}/graphql?query={__typename}`, {
    headers: { authorization: `Bearer ${fast.token}` },
  });
  expect(await query.json()).toMatchObject({ data: { __typename: 'Query' } });
});
