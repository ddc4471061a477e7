import { expect, test } from 'vitest';
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

test.each(companies)('a company is asked for with GET by %j', async (by, query) => {
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

test.each(people)('a person is asked for with POST by %j in the query', async (by, query) => {
  const scenario = await openScenario((response) => json(response, 200, fullPerson));
  await scenario.provider.findPerson(scenario.call, personBy(by));
  expect(scenario.seen[0]).toMatchObject({
    method: 'POST',
    url: `/people/match?${new URLSearchParams(query).toString()}`,
    body: '',
  });
});

test('personal addresses are revealed only to who requires one, and phone numbers are never asked for', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullPerson));
  await scenario.provider.findPerson(scenario.call, { ...byEmail, require: ['WORK_EMAIL', 'PHONE'] });
  await scenario.provider.findPerson(scenario.call, { ...byEmail, require: ['PERSONAL_EMAIL'] });
  expect(scenario.seen.map(({ url }) => url)).toEqual([
    '/people/match?email=ada%40yarra.example',
    '/people/match?email=ada%40yarra.example&reveal_personal_emails=true',
  ]);
});

test.each<CompanyIdentifier>([
  { kind: 'abn', value: '47065475149' },
  { kind: 'id', value: '5e66b6381e05b4008c8331b8' },
])('a company by %j is refused unasked, and not offered', async (by) => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  expect(scenario.provider.company.identifiers).not.toContain(by.kind);
  expect(await scenario.provider.findCompany(scenario.call, companyBy(by))).toEqual({
    kind: 'REFUSED',
    code: 'INVALID_IDENTIFIER',
  });
  expect([scenario.seen.length, scenario.turns()]).toEqual([0, 0]);
});

test('verifying names no company, so that it can only be refused as incomplete, which accepts the key', async () => {
  const missing = { error: "Required parameter 'domain' missing" };
  const scenario = await openScenario((response) => json(response, 422, missing));
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /organizations/enrich']);
});

const inaccessible = { error: 'not authorized', error_code: 'API_INACCESSIBLE' };

test('a key whose scope has only people is accepted by the question that names no person', async () => {
  const scenario = await openScenario((response, { url }) =>
    url.startsWith('/people') ? json(response, 200, { person: null }) : json(response, 403, inaccessible),
  );
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /organizations/enrich',
    'POST /people/match',
  ]);
});

test('a key whose scope has neither is refused for its plan or scope', async () => {
  const scenario = await openScenario((response) => json(response, 403, inaccessible));
  expect(await scenario.provider.verify(scenario.call)).toEqual({
    kind: 'REFUSED',
    code: 'PLAN_WITHOUT_API',
  });
  expect(scenario.seen).toHaveLength(2);
});

test.each([
  [401, { kind: 'REFUSED', code: 'KEY_REFUSED' }],
  [402, { kind: 'REFUSED', code: 'OUT_OF_CREDITS' }],
  [500, { kind: 'BROKEN' }],
])('HTTP %i does not accept the key, and is asked once', async (status, outcome) => {
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

test('the balance is what is left of the lead credits, which pay for everything', async () => {
  const scenario = await openScenario((response) => json(response, 200, usage(7_500)));
  expect(await scenario.provider.readBalance?.(scenario.call)).toEqual({ kind: 'BALANCE', credits: 7_500n });
  expect(scenario.seen).toMatchObject([{ method: 'POST', url: '/usage_stats/credit_usage_stats', body: '' }]);
});

test.each([undefined, null, 'many', -1, Number.MAX_VALUE])('a balance of %j is none', async (left) => {
  const scenario = await openScenario((response) => json(response, 200, usage(left)));
  expect(await scenario.provider.readBalance?.(scenario.call)).toMatchObject({ kind: 'UNKNOWN' });
});

test('a key that is no master key cannot read the balance, and that is all it says', async () => {
  const scenario = await openScenario((response) => json(response, 403, inaccessible));
  expect(await scenario.provider.readBalance?.(scenario.call)).toEqual({
    kind: 'REFUSED',
    code: 'PLAN_WITHOUT_API',
  });
});
