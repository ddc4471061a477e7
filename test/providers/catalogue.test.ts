import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { createProviders, providerNames, type ProvidersOptions } from '../../src/providers/catalogue.js';
import { json, startUpstream } from './firmable/start-upstream.js';
import { clients } from './clients.js';
import type { Permit } from '../../src/providers/provider.js';
import { anyTime } from '../support/any-time.js';

const open = (options: Partial<ProvidersOptions> = {}) => {
  const providers = createProviders({ log: createLog('silent'), sandboxUrls: {}, ...options });
  onTestFinished(async () => {
    await Promise.all(Object.values(providers).map((provider) => provider.close()));
  });
  return providers;
};

it('has every provider under its own name', () => {
  const providers = open();
  expect(Object.keys(providers)).toEqual([...providerNames]);
  for (const name of providerNames) expect(providers[name].name).toBe(name);
  expect(new Set(Object.values(providers).map(({ title }) => title)).size).toBe(providerNames.length);
});

it('has the price and the identifiers of each provider', () => {
  const listed = Object.values(open()).map(({ name, company, person, refetchIsFree }) => [
    name,
    `${company.price.kind} ${company.price.minCredits}-${company.price.maxCredits} by ${company.identifiers.join(' ')}`,
    `${person.price.kind} ${person.price.minCredits}-${person.price.maxCredits} by ${person.identifiers.join(' ')}`,
    refetchIsFree,
  ]);
  expect(listed).toEqual([
    [
      'FIRMABLE',
      'FIXED 1-1 by id domain linkedin abn',
      'FIXED 1-1 by id linkedin workEmail personalEmail',
      true,
    ],
    [
      'PEOPLE_DATA_LABS',
      'REPORTED 1-1 by id domain linkedin',
      'REPORTED 1-1 by id linkedin workEmail personalEmail',
      false,
    ],
    ['APOLLO', 'FIXED 1-1 by domain linkedin', 'VARIABLE 0-9 by id linkedin workEmail personalEmail', false],
  ]);
});

it.each([
  ['f000000117274', ['FIRMABLE'], []],
  ['fp000000067890', [], ['FIRMABLE']],
  ['tnHcNHbCv8MKeLh92946LAkX6PKg', ['PEOPLE_DATA_LABS'], []],
  ['qEnOZ5Oh0poWnQ1luFBfVw_0000', [], ['PEOPLE_DATA_LABS']],
  ['5e66b6381e05b4008c8331b8', ['APOLLO'], ['APOLLO']],
  ['yarra', [], []],
  ['', [], []],
  ['f000000117274\n', [], []],
])('accepts the id %j as a company of %j and as a person of %j', (id, companies, people) => {
  const providers = open();
  expect(providerNames.filter((name) => providers[name].isCompanyId(id))).toEqual(companies);
  expect(providerNames.filter((name) => providers[name].isPersonId(id))).toEqual(people);
});

it('has the rate limits of the providers, or those that are set', () => {
  expect(Object.values(open()).map(({ requestsPerSecond }) => requestsPerSecond)).toEqual([50, 16, 16]);
  expect(open({ upstreams: { APOLLO: { requestsPerSecond: 3 } } }).APOLLO.requestsPerSecond).toBe(3);
});

const start = async (body: object) => {
  const upstream = await startUpstream((response) => json(response, 200, body));
  onTestFinished(upstream.close);
  return upstream;
};

const turn = (): Promise<Permit> => Promise.resolve(anyTime);

it('calls each provider at its own address, and its sandbox with sandbox keys', async () => {
  const [first, second, third] = clients;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three clients');
  const real = await start(first.companyBody);
  const realToo = await start(second.companyBody);
  const sandbox = await start(third.companyBody);
  const providers = open({
    upstreams: { FIRMABLE: { baseUrl: real.url }, PEOPLE_DATA_LABS: { baseUrl: realToo.url } },
    sandboxUrls: { APOLLO: sandbox.url },
  });
  await providers.FIRMABLE.findCompany({ key: first.key, acquirePermit: turn }, first.byDomain);
  await providers.PEOPLE_DATA_LABS.findCompany({ key: second.key, acquirePermit: turn }, second.byDomain);
  await providers.APOLLO.findCompany({ key: third.sandboxKey, acquirePermit: turn }, third.byDomain);
  await providers.FIRMABLE.findCompany({ key: first.sandboxKey, acquirePermit: turn }, first.byDomain);
  expect([real, realToo, sandbox].map(({ seen }) => seen.map(({ url }) => url))).toEqual([
    [first.companyUrl],
    [second.companyUrl],
    [third.companyUrl],
  ]);
});
