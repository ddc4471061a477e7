import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ parts: createFakeEnrichment() });
});
afterAll(() => gateway.close());

it("shows a token's secret once when it is created, used, listed and revoked", async () => {
  const created = await gateway.post(
    'mutation M($input: CreateTokenInput!) { createToken(input: $input) { token { id name role hint workflow } secret userErrors { code } } }',
    { input: { name: 'crm', role: 'MEMBER', workflow: 'crm-sync' } },
  );
  const { token, secret, userErrors } = dataOf<{
    token: { id: string; hint: string };
    secret: string;
    userErrors: unknown[];
  }>(created, 'createToken');
  expect(userErrors).toEqual([]);
  expect(secret).toMatch(/^fgw_[A-Za-z0-9_-]{43}$/);
  expect(secret.endsWith(token.hint)).toBe(true);

  const viewer = await gateway.post(
    '{ viewer { token { id workflow } role } }',
    {},
    { authorization: `Bearer ${secret}` },
  );
  expect(viewer.body.data).toEqual({
    viewer: { token: { id: token.id, workflow: 'crm-sync' }, role: 'MEMBER' },
  });

  const list = await gateway.post('{ tokens { totalCount nodes { id name } } }');
  expect(list.body.data?.['tokens']).toMatchObject({
    nodes: expect.arrayContaining([{ id: token.id, name: 'crm' }]),
  });
  expect(JSON.stringify(list.body)).not.toContain(secret);

  const revoked = await gateway.post(
    'mutation M($id: ID!) { revokeToken(id: $id) { token { revokedAt } userErrors { code } } }',
    { id: token.id },
  );
  expect(revoked.body.data?.['revokeToken']).toMatchObject({
    token: { revokedAt: expect.any(String) },
    userErrors: [],
  });
});

it('refuses tokens when the role is not ADMIN: FORBIDDEN for the list, a user error for creating one', async () => {
  const authorization = `Bearer ${await gateway.tokenOf('MANAGER')}`;
  const list = await gateway.post('{ tokens { totalCount } }', {}, { authorization });
  expect(list.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const made = await gateway.post(
    'mutation { createToken(input: { name: "x", role: ADMIN }) { secret userErrors { code } } }',
    {},
    { authorization },
  );
  expect(made.body.data).toEqual({ createToken: { secret: null, userErrors: [{ code: 'FORBIDDEN' }] } });
});

it('returns null when the id of a node is unknown, malformed or of another workspace', async () => {
  const ids = [
    '',
    'x',
    'con_1',
    'tok_00000000-0000-7000-8000-000000000000',
    'ent_x',
    'unl_x',
    'f000000000001',
    'fp1',
    'Company:f1',
    'Person:fp1',
    'constructor',
    '__proto__',
  ];
  const query = `{ ${ids.map((id, n) => `n${n}: node(id: ${JSON.stringify(id)}) { id }`).join(' ')} }`;
  const { body } = await gateway.post(query);
  expect(body.errors).toBeUndefined();
  expect(Object.values(body.data ?? {}).every((node) => node === null)).toBe(true);
});

it('returns prices, key help and a sandbox key of each provider', async () => {
  const { body } = await gateway.post(
    '{ providers { name companyPrice { kind minCredits maxCredits } personPrice { kind minCredits maxCredits } keyHelp sandboxKey } }',
  );
  const one = { kind: 'FIXED', minCredits: 1, maxCredits: 1 };
  expect(body.data?.['providers']).toMatchObject([
    {
      name: 'FIRMABLE',
      companyPrice: one,
      personPrice: one,
      sandboxKey: expect.stringMatching(/^fbl_sandbox_/),
    },
    {
      name: 'PEOPLE_DATA_LABS',
      companyPrice: { kind: 'REPORTED' },
      sandboxKey: expect.stringMatching(/^pdl_sandbox_/),
    },
    {
      name: 'APOLLO',
      personPrice: { kind: 'VARIABLE', minCredits: 0, maxCredits: 9 },
      sandboxKey: expect.stringMatching(/^apollo_sandbox_/),
    },
  ]);
});
