import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship, sampleCompanies } from '../../src/sandbox/samples.js';
import { answered } from '../http/start-gateway.js';
import { answerFields, creditedEntries, startTenant, type Tenant } from './setup.js';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.gateway.close());

const fourth = sampleCompanies[3]?.domain;
const by = { domain: flagship.domain };
const entryCount = (): Promise<number> => creditedEntries(tenant);

describe('a confined token', () => {
  it.each([
    ['operations', () => ({ operations: ['COMPANY', 'PERSON', 'PEOPLE_SEARCH'] })],
    ['connections', () => ({ connections: [tenant.sales] })],
    ['workflows', () => ({ workflows: ['clay'] })],
  ])('by %s reads nothing that concerns the whole workspace', async (_, scopes) => {
    const { secret } = await tenant.create({ role: 'MANAGER', scopes: scopes() });
    const post = tenant.as(secret);
    const reads = [
      'usage(from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { __typename }',
      'entries { nodes { id } }',
      'unlocks { nodes { id } }',
      'budgets { nodes { id } }',
      'waterfalls { nodes { name } }',
      'tokens { nodes { id } }',
    ];
    for (const read of reads) {
      const { body } = await post(`{ ${read} }`);
      expect([read, body.errors?.[0]?.extensions.code]).toEqual([read, 'FORBIDDEN']);
    }
    const changes = [
      `importUnlocks(input: { connection: "${tenant.sales}", operation: COMPANY, ids: ["${flagship.id}"] })`,
      'saveWaterfall(input: { name: "w", steps: [{ provider: FIRMABLE }] })',
      'createToken(input: { name: "wider", role: ADMIN })',
    ];
    for (const change of changes) {
      const { body } = await post(`mutation { ${change} { userErrors { code } } }`);
      expect([change, JSON.stringify(body.data)]).toEqual([change, expect.stringContaining('"FORBIDDEN"')]);
    }
    for (const path of ['/export/entries.csv', '/export/unlocks.ndjson', '/metrics']) {
      const response = await fetch(`${tenant.gateway.url}${path}`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      expect([path, response.status]).toEqual([path, 403]);
      await response.text();
    }
    const permissions = await post('{ viewer { permissions } }');
    expect(permissions.body.data).toEqual({ viewer: { permissions: ['ENRICH', 'MANAGE_CONNECTIONS'] } });
  });
});

describe('a token that may not spend', () => {
  it('gets what is unlocked, and is refused what would cost credits, by POST and in any list', async () => {
    const { secret } = await tenant.create({ role: 'MANAGER', scopes: { spend: false } });
    const post = tenant.as(secret);
    const admin = tenant.as(tenant.gateway.token);
    await tenant.lookUp(admin, by);
    const before = await entryCount();
    const { body } = await post(`{
      companies(by: [{ domain: "${flagship.domain}" }, { domain: "${fourth}" }]) { ${answerFields} }
      quote(companies: [{ domain: "${fourth}" }]) { checks { maxCredits allowed } }
      searchPeople(companyId: "${flagship.id}") { outcome }
    }`);
    expect(body.data).toMatchObject({
      companies: [
        { outcome: 'FOUND', receipt: { creditsCharged: 0 } },
        { outcome: 'REFUSED', problem: { code: 'SPENDING_NOT_ALLOWED' } },
      ],
      quote: { checks: { maxCredits: false, allowed: false } },
      searchPeople: { outcome: 'FOUND' },
    });
    // Fetched again at a price of 0.
    expect(await tenant.lookUp(post, { id: flagship.id }, { maxAge: '0s' })).toMatchObject({
      outcome: 'FOUND',
      receipt: { creditsCharged: 0 },
    });
    const own = tenant.as(secret, { 'x-firmable-key': 'fbl_sandbox_own', 'x-max-credits': '100' });
    expect(await tenant.lookUp(own, { domain: fourth }, { maxCredits: 100 })).toMatchObject({
      problem: { code: 'SPENDING_NOT_ALLOWED' },
    });
    const imported = await post(
      `mutation { importUnlocks(input: { connection: "${tenant.sales}", operation: COMPANY, ids: ["f000000100013"] }) { userErrors { code } } }`,
    );
    expect(JSON.stringify(imported.body.data)).toContain('"FORBIDDEN"');
    expect(await entryCount()).toBe(before);
  });
});

describe('a forged or unknown token', () => {
  it.each(['/graphql', '/export/entries.csv', '/metrics'])('is refused with 401 at %s', async (path) => {
    const { secret } = await tenant.create({});
    const forged = [
      `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      `fgw_${'A'.repeat(43)}`,
      'fgw_short',
      `${secret} `.repeat(2),
    ];
    for (const token of forged) {
      const response = await fetch(`${tenant.gateway.url}${path}`, {
        method: path === '/graphql' ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(path === '/graphql' ? { body: '{"query":"{ viewer { role } }"}' } : {}),
      });
      expect(response.status).toBe(401);
      const text = await response.text();
      expect(text).toContain('UNAUTHENTICATED');
      expect(text).not.toContain(token.trim());
    }
  });

  it('is not answered with GraphQL data', async () => {
    const response = await fetch(`${tenant.gateway.url}/graphql?query={viewer{role}}`, {
      headers: { authorization: `Bearer fgw_${'x'.repeat(43)}` },
    });
    expect(await answered(response)).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
  });
});
