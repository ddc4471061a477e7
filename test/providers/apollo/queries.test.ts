import { expect, it } from 'vitest';
import type { CompanyIdentifier, PersonIdentifier } from '../../../src/providers/provider.js';
import { json } from '../firmable/start-upstream.js';
import { fullCompany, fullPerson } from './examples.js';
import { byEmail, companyBy, openScenario, personBy } from './open-scenario.js';

const companies: [CompanyIdentifier, Record<string, string>][] = [
  [{ kind: 'domain', value: 'yarra.example' }, { domain: 'yarra.example' }],
  [
    { kind: 'linkedin', value: 'yarra-works' },
    { linkedin_url: 'https://www.linkedin.com/company/yarra-works' },
  ],
];

it.each(companies)('sends a GET when a company is looked up by %j', async (by, query) => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  await scenario.provider.findCompany(scenario.call, companyBy(by));
  expect(scenario.seen[0]).toMatchObject({
    method: 'GET',
    url: `/organizations/enrich?${new URLSearchParams(query).toString()}`,
    body: '',
  });
});

const people: [PersonIdentifier, Record<string, string>][] = [
  [{ kind: 'linkedin', value: 'ada-yarra' }, { linkedin_url: 'https://www.linkedin.com/in/ada-yarra' }],
  [{ kind: 'workEmail', value: 'ada@yarra.example' }, { email: 'ada@yarra.example' }],
  [{ kind: 'personalEmail', value: 'ada+1@home.example' }, { email: 'ada+1@home.example' }],
  [{ kind: 'id', value: '64a7ff0cc4dfae00013df1a5' }, { id: '64a7ff0cc4dfae00013df1a5' }],
];

it.each(people)('sends a POST with the query string when a person is looked up by %j', async (by, query) => {
  const scenario = await openScenario((response) => json(response, 200, fullPerson));
  await scenario.provider.findPerson(scenario.call, personBy(by));
  expect(scenario.seen[0]).toMatchObject({
    method: 'POST',
    url: `/people/match?${new URLSearchParams(query).toString()}`,
    body: '',
  });
});

it('reveals personal addresses only when one is required, and never requests phone numbers', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullPerson));
  await scenario.provider.findPerson(scenario.call, { ...byEmail, require: ['WORK_EMAIL', 'PHONE'] });
  await scenario.provider.findPerson(scenario.call, { ...byEmail, require: ['PERSONAL_EMAIL'] });
  expect(scenario.seen.map(({ url }) => url)).toEqual([
    '/people/match?email=ada%40yarra.example',
    '/people/match?email=ada%40yarra.example&reveal_personal_emails=true',
  ]);
});

it.each<CompanyIdentifier>([
  { kind: 'abn', value: '47065475149' },
  { kind: 'id', value: '5e66b6381e05b4008c8331b8' },
])('refuses without a call, and does not offer, a company by %j', async (by) => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  expect(scenario.provider.company.identifiers).not.toContain(by.kind);
  expect(await scenario.provider.findCompany(scenario.call, companyBy(by))).toEqual({
    kind: 'REFUSED',
    code: 'INVALID_IDENTIFIER',
  });
  expect([scenario.seen.length, scenario.permits()]).toEqual([0, 0]);
});

it('verifies a key with a query without a company, which is refused as incomplete', async () => {
  const missing = { error: "Required parameter 'domain' missing" };
  const scenario = await openScenario((response) => json(response, 422, missing));
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /organizations/enrich']);
});

const inaccessible = { error: 'not authorized', error_code: 'API_INACCESSIBLE' };

it('accepts a key when its scope has only people', async () => {
  const scenario = await openScenario((response, { url }) =>
    url.startsWith('/people') ? json(response, 200, { person: null }) : json(response, 403, inaccessible),
  );
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /organizations/enrich',
    'POST /people/match',
  ]);
});

it('refuses a key for its plan or scope when it has neither endpoint', async () => {
  const scenario = await openScenario((response) => json(response, 403, inaccessible));
  expect(await scenario.provider.verify(scenario.call)).toEqual({
    kind: 'REFUSED',
    code: 'KEY_SCOPE_MISSING',
  });
  expect(scenario.seen).toHaveLength(2);
});

it.each([
  [401, { kind: 'REFUSED', code: 'KEY_REFUSED' }],
  [402, { kind: 'REFUSED', code: 'OUT_OF_CREDITS' }],
  [500, { kind: 'BROKEN' }],
])('does not accept the key, without a retry, when it gets HTTP %i', async (status, outcome) => {
  const scenario = await openScenario((response) => response.writeHead(status).end('Invalid API key.'));
  expect(await scenario.provider.verify(scenario.call)).toMatchObject(outcome);
  expect(scenario.seen).toHaveLength(1);
});

const usage = (left: unknown): object => ({
  credit_usage_stats: {
    lead_credit: { limit: 10_000, consumed: 2_500, left_over: left },
    direct_dial_credit: { limit: 1_000, consumed: 120, left_over: 880 },
  },
  current_credit_cycle: { start_date: null, end_date: null },
});

it('reads the balance from the lead credits', async () => {
  const scenario = await openScenario((response) => json(response, 200, usage(7_500)));
  expect(await scenario.provider.readBalance?.(scenario.call)).toEqual({ kind: 'BALANCE', credits: 7_500n });
  expect(scenario.seen).toMatchObject([{ method: 'POST', url: '/usage_stats/credit_usage_stats', body: '' }]);
});

it.each([undefined, null, 'many', -1, Number.MAX_VALUE])('returns no balance when it is %j', async (left) => {
  const scenario = await openScenario((response) => json(response, 200, usage(left)));
  expect(await scenario.provider.readBalance?.(scenario.call)).toMatchObject({ kind: 'UNKNOWN' });
});

it('returns only the refusal when the key cannot read the balance', async () => {
  const scenario = await openScenario((response) => json(response, 403, inaccessible));
  expect(await scenario.provider.readBalance?.(scenario.call)).toEqual({
    kind: 'REFUSED',
    code: 'KEY_SCOPE_MISSING',
  });
});
