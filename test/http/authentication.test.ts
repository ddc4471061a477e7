import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeToken } from '../../src/tokens/change-token.js';
import { GatewayError } from '../../src/errors.js';
import { startServer } from '../../src/http/start-server.js';
import { createFakeEnrichment } from '../support/fake-enrichment.js';
import { answered, startGateway, type TestGateway } from './start-gateway.js';

const enrichment = createFakeEnrichment();
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ parts: enrichment });
});
afterAll(() => gateway.close());

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
    headers: { authorization: `Bearer ${gateway.token}`, accept: 'application/json', ...headers },
  });

const lastRequest = () => enrichment.lookups.at(-1)?.request;
const viewer = '{ viewer { role token { id name } workspace { id name } permissions } }';

describe('a request without a valid token', () => {
  it.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['a bare token', { authorization: 'fgw_bare' }],
    ['an unknown token', { authorization: `Bearer fgw_${'x'.repeat(43)}` }],
    ['a provider key', { authorization: 'Bearer fbl_0123456789abcdef' }],
    ['two tokens', { authorization: 'Bearer fgw_a fgw_b' }],
  ])('returns 401 and UNAUTHENTICATED when it has %s', async (_, headers: Record<string, string>) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: viewer }),
    });
    const { status, body } = await answered(response);
    expect(status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(body.errors?.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(body.data).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain('fbl_0123456789abcdef');
  });

  it('may not read the schema when it has no token', async () => {
    const { status } = await gateway.post('{ __schema { types { name } } }', {}, { authorization: '' });
    expect(status).toBe(401);
  });
});

it('returns 503, UNAVAILABLE and Retry-After when the database cannot authenticate the caller', async () => {
  const server = await startServer({
    ...gateway.context,
    findCaller: () =>
      Promise.reject(new GatewayError('UNAVAILABLE', 'No database: try again.', { retryAfterSeconds: 5 })),
  });
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { authorization: 'Bearer fgw_x' },
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect((await answered(response)).body.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
  await server.close(100);
});

it('returns the caller and its permissions when the token is valid', async () => {
  const { status, body } = await gateway.post(viewer);
  expect(status).toBe(200);
  expect(body.data?.['viewer']).toMatchObject({
    role: 'ADMIN',
    token: { name: 'bootstrap', id: expect.stringMatching(/^tok_[0-9a-f-]{36}$/) },
    permissions: expect.arrayContaining(['READ', 'ENRICH', 'MANAGE_TOKENS']),
  });
});

it('refuses a token within a second when it is revoked', async () => {
  const secret = await gateway.tokenOf('MEMBER');
  const authorization = `Bearer ${secret}`;
  expect((await gateway.post(viewer, {}, { authorization })).status).toBe(200);
  const member = await gateway.context.findCaller(secret);
  await revokeToken(gateway.context, await gateway.context.findCaller(gateway.token), member.tokenId);
  await expect
    .poll(async () => (await gateway.post(viewer, {}, { authorization })).status, {
      timeout: 1_000,
      interval: 50,
    })
    .toBe(401);
});

describe('request headers', () => {
  const companyQuery = '{ company(by: { domain: "a.example" }) { outcome problem { code } } }';
  it('pass X-Firmable-Key, X-Workflow and X-Max-Credits to the lookup when they are sent', async () => {
    const { body } = await gateway.post(
      companyQuery,
      {},
      {
        'x-firmable-key': 'fbl_sandbox_mine',
        'x-workflow': 'crm-sync',
        'x-max-credits': '0',
      },
    );
    expect(lastRequest()).toMatchObject({
      callerKeys: { FIRMABLE: 'fbl_sandbox_mine' },
      workflow: 'crm-sync',
    });
    expect(body.data?.['company']).toEqual({ outcome: 'REFUSED', problem: { code: 'MAX_CREDITS_EXCEEDED' } });
  });

  it('keep a workflow unchanged when it is UTF-8', async () => {
    const header = Buffer.from('büro-köln ✓', 'utf8').toString('latin1');
    await gateway.post(companyQuery, {}, { 'x-workflow': header });
    expect(lastRequest()?.workflow).toBe('büro-köln ✓');
  });

  it.each([
    ['x-max-credits', '-1'],
    ['x-max-credits', '1.5'],
    ['x-max-credits', 'ten'],
    ['x-max-credits', ''],
    ['x-workflow', 'x'.repeat(101)],
    ['x-workflow', '   '],
  ])('cause a BAD_REQUEST and no lookup when %s is "%s"', async (name, value) => {
    const before = enrichment.lookups.length;
    const { status, body } = await gateway.post(companyQuery, {}, { [name]: value });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    expect(enrichment.lookups.length).toBe(before);
  });

  it('apply X-Max-Credits to all lookups of a request together', async () => {
    const query = `{ ${[1, 2, 3].map((n) => `a${n}: company(by: { domain: "${n}.example" }) { outcome }`).join(' ')} }`;
    const { body } = await gateway.post(query, {}, { 'x-max-credits': '2' });
    expect(JSON.stringify(body.data).match(/REFUSED/g)).toHaveLength(1);
    expect(body.extensions?.credits).toEqual({ charged: 2, saved: 0, reserved: 0 });
  });
});

describe('a request over GET', () => {
  it('reads when it is a query', async () => {
    const { status, body } = await answered(await get('{ viewer { role } }'));
    expect(status).toBe(200);
    expect(body.data).toEqual({ viewer: { role: 'ADMIN' } });
  });

  it('spends nothing when X-Max-Credits permits it, too', async () => {
    const response = await get('{ company(by: { domain: "a.example" }) { outcome problem { code } } }', {
      'x-max-credits': '100',
    });
    const { body } = await answered(response);
    expect(body.data?.['company']).toEqual({
      outcome: 'REFUSED',
      problem: { code: 'SPENDING_REQUIRES_POST' },
    });
    expect(body.extensions?.credits.charged).toBe(0);
  });

  it('changes nothing when it is a mutation', async () => {
    const { status, body } = await answered(
      await get('mutation { revokeToken(id: "tok_x") { userErrors { code } } }'),
    );
    expect(status).toBe(405);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });
});
