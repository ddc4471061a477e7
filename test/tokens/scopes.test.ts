import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship, sampleCompanies } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { type CompanyAnswer, creditedEntries, startTenant, type Tenant } from './setup.js';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant({
    env: { MANAGED_FIRMABLE_KEY: 'fbl_sandbox_operators', MANAGED_APOLLO_KEY: 'apollo_sandbox_operators' },
  });
});
afterAll(() => tenant.gateway.close());

const [, second, third] = sampleCompanies.map(({ domain }) => domain);
const by = { domain: flagship.domain };

const entryCount = (): Promise<number> => creditedEntries(tenant);

const ofMarketing = () => tenant.create({ role: 'INTEGRATION', scopes: { connections: [tenant.marketing] } });

const changes = (id: string): Record<string, string> => ({
  renameConnection: `renameConnection(input: { id: "${id}", name: "renamed" })`,
  rotateConnectionKey: `rotateConnectionKey(input: { id: "${id}", key: "fbl_sandbox_marketing_2", account: SAME })`,
  verifyConnection: `verifyConnection(id: "${id}")`,
  disableConnection: `disableConnection(id: "${id}")`,
  enableConnection: `enableConnection(id: "${id}")`,
});

describe('a token whose scope names operations', () => {
  it('is refused every other operation, in lookups, lists, searches and quotes', async () => {
    const { secret } = await tenant.create({ scopes: { operations: ['COMPANY'] } });
    const post = tenant.as(secret);
    expect(await tenant.lookUp(post, by)).toMatchObject({ outcome: 'FOUND' });
    const { body } = await post(`{
      person(by: { linkedin: "someone" }) { outcome problem { code message } }
      people(by: [{ linkedin: "someone" }]) { outcome problem { code } }
      searchPeople(companyId: "${flagship.id}") { outcome problem { code } }
      quote(people: [{ linkedin: "someone" }]) { items { status problem { code } } }
    }`);
    const refused = { outcome: 'REFUSED', problem: { code: 'FORBIDDEN' } };
    expect(body.data).toMatchObject({
      person: {
        outcome: 'REFUSED',
        problem: { code: 'FORBIDDEN', message: expect.stringContaining('COMPANY, and this is PERSON') },
      },
      people: [refused],
      searchPeople: refused,
      quote: { items: [{ status: 'INVALID', problem: { code: 'FORBIDDEN' } }] },
    });
  });
});

describe('a token whose scope names workflows', () => {
  it('looks up under these only, by the token, the header or the options', async () => {
    const { secret } = await tenant.create({ scopes: { workflows: ['clay', 'crm'] } });
    const lookUp = (headers: Record<string, string>, options: object = {}) =>
      tenant.lookUp(tenant.as(secret, headers), by, options);
    const forbidden = { outcome: 'REFUSED', problem: { code: 'FORBIDDEN' } };
    expect(await lookUp({})).toMatchObject(forbidden);
    expect(await lookUp({ 'x-workflow': 'other' })).toMatchObject(forbidden);
    expect(await lookUp({ 'x-workflow': 'Clay' })).toMatchObject(forbidden);
    expect(await lookUp({ 'x-workflow': 'clay' }, { workflow: 'other' })).toMatchObject(forbidden);
    expect(await lookUp({ 'x-workflow': 'clay' })).toMatchObject({ outcome: 'FOUND' });
    expect(await lookUp({}, { workflow: 'crm' })).toMatchObject({ outcome: 'FOUND' });
    const own = await tenant.create({ workflow: 'crm', scopes: { workflows: ['crm'] } });
    expect(await tenant.lookUp(tenant.as(own.secret), by)).toMatchObject({ outcome: 'FOUND' });
  });
});

describe('a token whose scope names connections', () => {
  it('is paid by these, and by nothing else', async () => {
    const { secret } = await ofMarketing();
    const post = tenant.as(secret);
    const before = await entryCount();
    const withKey = tenant.as(secret, { 'x-firmable-key': 'fbl_sandbox_own' });
    const forbidden = { outcome: 'REFUSED', problem: { code: 'FORBIDDEN' } };
    const domain = { domain: second };
    expect(await tenant.lookUp(post, domain)).toMatchObject(forbidden);
    expect(await tenant.lookUp(post, domain, { connection: tenant.sales })).toMatchObject(forbidden);
    expect(await tenant.lookUp(post, domain, { payer: 'MANAGED' })).toMatchObject(forbidden);
    expect(await tenant.lookUp(post, domain, { payer: 'OWN' })).toMatchObject(forbidden);
    expect(await tenant.lookUp(withKey, domain)).toMatchObject(forbidden);
    expect(await tenant.lookUp(post, domain, { connection: 'con_nothing' })).toMatchObject(forbidden);
    // Apollo has a managed key and no connection.
    expect(await tenant.lookUp(post, domain, { waterfall: [{ provider: 'APOLLO' }] })).toMatchObject({
      outcome: 'REFUSED',
      problem: { code: 'NO_CONNECTION' },
    });
    expect(await entryCount()).toBe(before);
    const paid = { outcome: 'FOUND', receipt: { payer: { connection: { id: tenant.marketing } } } };
    expect(await tenant.lookUp(post, domain, { connection: tenant.marketing })).toMatchObject(paid);
    expect(
      await tenant.lookUp(withKey, domain, {
        connection: tenant.marketing.toUpperCase().replace('CON_', 'con_'),
      }),
    ).toMatchObject(paid);
  });

  it('spends nothing when a later step of the waterfall needs another connection', async () => {
    const { secret } = await ofMarketing();
    const post = tenant.as(secret);
    const before = await entryCount();
    const waterfall = [{ connection: tenant.marketing }, { connection: tenant.sales }];
    const answer = await tenant.lookUp(post, { domain: third }, { waterfall });
    expect(answer).toMatchObject({ outcome: 'REFUSED', problem: { code: 'FORBIDDEN' } });
    const withDefault = [{ connection: tenant.marketing }, { provider: 'FIRMABLE' }];
    expect(await tenant.lookUp(post, { domain: third }, { waterfall: withDefault })).toMatchObject({
      problem: { code: 'FORBIDDEN', message: expect.stringContaining('default connection') },
    });
    const { body } = await post(
      `query Q($options: LookupOptions) {
        quote(companies: [{ domain: "${third}" }], options: $options) { items { status problem { code } } }
        companies(by: [{ domain: "${third}" }], options: $options) { outcome problem { code } } }`,
      { options: { waterfall } },
    );
    expect(body.data).toMatchObject({
      quote: { items: [{ status: 'INVALID', problem: { code: 'FORBIDDEN' } }] },
      companies: [{ outcome: 'REFUSED', problem: { code: 'FORBIDDEN' } }],
    });
    expect(await entryCount()).toBe(before);
    expect(
      dataOf<CompanyAnswer>(
        await post(`{ searchPeople(companyId: "${flagship.id}") { outcome problem { code } } }`),
        'searchPeople',
      ),
    ).toMatchObject({ problem: { code: 'FORBIDDEN' } });
  });

  it('sees and changes these connections only', async () => {
    const { secret } = await ofMarketing();
    const post = tenant.as(secret);
    const { body } = await post(`{
      connections { totalCount nodes { id } }
      theirs: node(id: "${tenant.sales}") { id }
      own: node(id: "${tenant.marketing}") { id }
      providers { name health { connection { id } } }
    }`);
    expect(body.data).toMatchObject({
      connections: { totalCount: 1, nodes: [{ id: tenant.marketing }] },
      theirs: null,
      own: { id: tenant.marketing },
    });
    expect(JSON.stringify(body)).not.toContain(tenant.sales);

    const others = {
      ...changes(tenant.sales),
      deleteConnection: `deleteConnection(id: "${tenant.sales}")`,
      setDefaultConnection: `setDefaultConnection(id: "${tenant.marketing}")`,
      createConnection:
        'createConnection(input: { provider: FIRMABLE, name: "new", key: "fbl_sandbox_new" })',
    };
    for (const [name, call] of Object.entries(others)) {
      const refused = await post(`mutation { ${call} { userErrors { code } } }`);
      expect([name, refused.body.data]).toEqual([name, { [name]: { userErrors: [{ code: 'FORBIDDEN' }] } }]);
    }
    for (const [name, call] of Object.entries(changes(tenant.marketing))) {
      const done = await post(`mutation { ${call} { userErrors { code } } }`);
      expect([name, done.body.data]).toEqual([name, { [name]: { userErrors: [] } }]);
    }
  });
});
