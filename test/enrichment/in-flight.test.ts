import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProviderName } from '../../src/providers/catalogue.js';
import type { RecordField } from '../../src/providers/provider.js';
import { entriesOf } from '../ledger/setup.js';
import { json, type Seen, startUpstream } from '../providers/firmable/start-upstream.js';
import type { TestDatabase } from '../support/database.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';

let store: TestDatabase;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let behave: (response: ServerResponse, seen: Seen) => void;
let app: EnrichmentApp;
beforeAll(async () => {
  store = await openStore();
  upstream = await startUpstream((response, seen) => behave(response, seen));
  const { url } = upstream;
  app = await openApp(store, { baseUrls: { FIRMABLE: url, PEOPLE_DATA_LABS: url, APOLLO: url } });
});
afterAll(() => upstream.close());

const spent = { 'x-call-credits-spent': '1', 'x-totallimit-remaining': '99' };
const keyOf: Record<ProviderName, () => string> = {
  FIRMABLE: () => `fbl_live_${randomBytes(12).toString('hex')}`,
  PEOPLE_DATA_LABS: () => randomBytes(32).toString('hex'),
  APOLLO: () => `A${randomBytes(11).toString('hex')}`,
};
const openFor = async (provider: ProviderName): Promise<Client> => {
  const client = await app.open(keyOf.FIRMABLE());
  await client.connectAs(provider, keyOf[provider](), true);
  return client;
};
const through = (provider: ProviderName, require: RecordField[] = []) => ({
  waterfall: [{ provider, connectionId: null, require }],
});
/** Addresses of a plan that hides them: the record does not contain the identifier of its lookup. */
const hidden = { status: 200, likelihood: 9, data: { id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000', full_name: 'Ada' } };

it('charges an address once at People Data Labs when it is looked up as work and as personal', async () => {
  const client = await openFor('PEOPLE_DATA_LABS');
  behave = (to) => json(to, 200, hidden, spent);
  const options = through('PEOPLE_DATA_LABS');
  const one = await app.enrichment.lookUpPerson(client.request(), { workEmail: 'ada@smec.com' }, options);
  const two = await app.enrichment.lookUpPerson(client.request(), { personalEmail: 'ada@smec.com' }, options);
  expect([one, two].map(({ receipt }) => receipt.creditsCharged)).toEqual([1n, 0n]);

  const request = client.request();
  const both = [{ workEmail: 'bob@smec.com' }, { personalEmail: 'bob@smec.com' }];
  behave = (to) => json(to, 200, { ...hidden, data: { ...hidden.data, id: 'another_0000' } }, spent);
  await app.enrichment.lookUpPeople(request, both, options);
  expect(request.tally.charged).toBe(1n);
});

it('makes two calls at Firmable when an address is looked up as work and as personal', async () => {
  const client = await openFor('FIRMABLE');
  const before = upstream.seen.length;
  behave = (to) => json(to, 500, { error: 'No profile found' });
  const both = [{ workEmail: 'ada@smec.com' }, { personalEmail: 'ada@smec.com' }];
  await app.enrichment.lookUpPeople(client.request(), both, {});
  expect(upstream.seen.slice(before).map(({ url }) => /\?(\w+)=/.exec(url)?.[1])).toEqual([
    'work_email',
    'personal_email',
  ]);
});

it('saves what the call in flight cost, not its maximum, when a lookup joined it', async () => {
  const client = await openFor('APOLLO');
  const person = { id: '587cf802f65125cad923a266', name: 'Ada', email: 'ada@smec.com' };
  behave = (to) => setTimeout(() => json(to, 200, { person }), 300);
  const by = { workEmail: 'ada@smec.com' };
  const lookUp = () => app.enrichment.lookUpPerson(client.request(), by, through('APOLLO'));
  const results = await Promise.all([lookUp(), lookUp()]);
  const saved = results.map(({ receipt }) => Number(receipt.creditsSaved)).toSorted((a, b) => a - b);
  expect(saved).toEqual([0, 1]);
  expect((await lookUp()).receipt.creditsSaved).toBe(1n);
});

it.each([429, 503, 500, 401])(
  'answers UNKNOWN with the charge that is reported, as the ledger does, when it gets a %i',
  async (status) => {
    const client = await openFor('PEOPLE_DATA_LABS');
    behave = (response) => json(response, status, {}, spent);
    const request = client.request();
    const by = { domain: 'harbourline.example' };
    const result = await app.enrichment.lookUpCompany(request, by, through('PEOPLE_DATA_LABS'));
    const charged = { outcome: 'UNKNOWN', charge: 'CHARGED' };
    expect(result).toMatchObject({
      outcome: 'UNKNOWN',
      receipt: { attempts: [charged], creditsCharged: 1n },
    });
    expect(result.problem?.message).toMatch(/It charged 1 credits/);
    expect(request.tally).toMatchObject({ charged: 1n, reserved: 0n });
    expect(await entriesOf(store.database, client)).toMatchObject([{ ...charged, credits: 1 }]);
  },
);

it('shares one miss of Firmable when lookups with different requirements wait for it', async () => {
  const client = await openFor('FIRMABLE');
  const before = upstream.seen.length;
  behave = (to) => setTimeout(() => json(to, 500, { error: 'Company profile not found' }), 300);
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      app.enrichment.lookUpCompany(
        client.request(),
        { domain: 'nobody.com' },
        through('FIRMABLE', ['PHONE']),
      ),
    ),
  );
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['NOT_FOUND']));
  expect(upstream.seen.length - before).toBe(1);
});

it('does not open the circuit breaker when Firmable rejects five identifiers', async () => {
  const client = await openFor('FIRMABLE');
  behave = (to, { url }) =>
    url.includes('wrong')
      ? json(to, 400, { error: 400, message: 'Invalid domain' })
      : json(to, 200, { id: 'f000000000009', name: 'Good' });
  const wrong = [1, 2, 3, 4, 5].map((at) => ({ domain: `wrong${at}.com` }));
  const refused = await app.enrichment.lookUpCompanies(client.request(), wrong, {});
  expect(new Set(refused.map(({ outcome, problem }) => `${outcome} ${problem?.code}`))).toEqual(
    new Set(['REFUSED INVALID_IDENTIFIER']),
  );
  expect((await app.enrichment.lookUpCompany(client.request(), { domain: 'good.com' }, {})).outcome).toBe(
    'FOUND',
  );
});

it('does not return a company for its parent’s domain when its website is a page of the parent', async () => {
  const client = await openFor('FIRMABLE');
  const parent = { id: 'f000000000001', name: 'Parent', fqdn: 'parent.com' };
  const brand = {
    id: 'f000000000002',
    name: 'Brand',
    fqdn: 'brand.com',
    website: 'https://www.parent.com/brand',
  };
  behave = (to, { url }) => json(to, 200, url.includes('parent.com') ? parent : brand);
  await app.enrichment.lookUpCompany(client.request(), { domain: 'brand.com' }, {});
  const result = await app.enrichment.lookUpCompany(client.request(), { domain: 'parent.com' }, {});
  expect(result.record?.name).toBe('Parent');
});

it('says nothing of rotating a key when the operator’s key of a search is refused', async () => {
  const key = keyOf.FIRMABLE();
  const managed = await openApp(store, {
    baseUrls: { FIRMABLE: upstream.url },
    managedKeys: { FIRMABLE: { key, sandbox: false } },
  });
  const client = await managed.open(null);
  behave = (to) => json(to, 401, {});
  const found = await managed.enrichment.searchPeople(client.request(), {
    companyId: 'f000000117274',
    filter: { country: null, position: null, seniority: null, department: null },
    connectionId: null,
    first: 5,
    offset: 0,
  });
  expect(found.problem).toMatchObject({
    code: 'KEY_REFUSED',
    message: expect.stringContaining('operator’s key'.replace('’', "'")),
  });
});
