import { expect, it } from 'vitest';
import type { CompanyIdentifier, PersonIdentifier, RecordField } from '../../../src/providers/provider.js';
import { json } from '../firmable/start-upstream.js';
import { fullCompany, fullPerson } from './examples.js';
import { byDomain, byEmail, companyBy, money, openScenario, personBy } from './open-scenario.js';

const queryOf = (url = ''): Record<string, string> =>
  Object.fromEntries(new URL(url, 'http://upstream.example').searchParams);

const companies: [CompanyIdentifier, Record<string, string>][] = [
  [{ kind: 'domain', value: 'yarra.example' }, { website: 'yarra.example' }],
  [{ kind: 'linkedin', value: 'yarra-works' }, { profile: 'linkedin.com/company/yarra-works' }],
  [{ kind: 'id', value: 'tnHcNHbCv8MKeLh92946LAkX6PKg' }, { pdl_id: 'tnHcNHbCv8MKeLh92946LAkX6PKg' }],
];

it.each(companies)('sends the query when a company is looked up by %j', async (by, query) => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  await scenario.provider.findCompany(scenario.call, companyBy(by));
  expect(scenario.seen[0]).toMatchObject({ method: 'GET', body: '' });
  expect(scenario.seen[0]?.url).toMatch(/^\/v5\/company\/enrich\?/);
  expect(queryOf(scenario.seen[0]?.url)).toEqual({ ...query, min_likelihood: '6' });
});

const people: [PersonIdentifier, Record<string, string>][] = [
  [{ kind: 'linkedin', value: 'ada-yarra' }, { profile: 'linkedin.com/in/ada-yarra' }],
  [{ kind: 'workEmail', value: 'ada@yarra.example' }, { email: 'ada@yarra.example' }],
  [{ kind: 'personalEmail', value: 'ada+1@home.example' }, { email: 'ada+1@home.example' }],
  [{ kind: 'id', value: 'qEnOZ5Oh0poWnQ1luFBfVw_0000' }, { pdl_id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000' }],
];

it.each(people)(
  'sends the query, with names in title case, when a person is looked up by %j',
  async (by, query) => {
    const scenario = await openScenario((response) => json(response, 200, fullPerson));
    await scenario.provider.findPerson(scenario.call, personBy(by));
    expect(scenario.seen[0]).toMatchObject({ method: 'GET', body: '' });
    expect(scenario.seen[0]?.url).toMatch(/^\/v5\/person\/enrich\?/);
    expect(queryOf(scenario.seen[0]?.url)).toEqual({ ...query, titlecase: 'true', min_likelihood: '6' });
  },
);

it('refuses without a call, and does not offer, an identifier that it cannot look up by', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  expect(scenario.provider.company.identifiers).not.toContain('abn');
  const abn = companyBy({ kind: 'abn', value: '47065475149' });
  expect(await scenario.provider.findCompany(scenario.call, abn)).toEqual({
    kind: 'REFUSED',
    code: 'INVALID_IDENTIFIER',
  });
  expect([scenario.seen.length, scenario.permits()]).toEqual([0, 0]);
});

const required: [RecordField[], string | undefined][] = [
  [[], undefined],
  [['PHONE'], '(mobile_phone OR phone_numbers)'],
  [['WORK_EMAIL'], 'work_email'],
  [['PERSONAL_EMAIL', 'POSITION'], 'personal_emails AND job_title'],
  [['EMAIL', 'PHONE', 'EMAIL'], '(work_email OR personal_emails) AND (mobile_phone OR phone_numbers)'],
  [['LINKEDIN', 'NAME', 'LOCATION'], '(linkedin_url OR linkedin_username) AND full_name AND location_name'],
  // No field of a person: the gateway checks the record itself.
  [['EMPLOYEE_COUNT'], undefined],
];

it.each(required)('requires of a person %j as %j', async (fields, expression) => {
  const scenario = await openScenario((response) => json(response, 404, { status: 404 }, money(0, 5)));
  const result = await scenario.provider.findPerson(scenario.call, { ...byEmail, require: fields });
  // Without required fields a miss is a miss for every lookup.
  expect(result).toEqual({
    kind: 'NOT_FOUND',
    ...(expression === undefined ? {} : { forFields: true }),
    reported: { credits: 0n, balance: 5n },
  });
  expect(queryOf(scenario.seen[0]?.url)['required']).toBe(expression);
});

it('requires of a company its fields by their names', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  const require: RecordField[] = ['NAME', 'WEBSITE', 'LINKEDIN', 'EMPLOYEE_COUNT', 'INDUSTRY', 'LOCATION'];
  await scenario.provider.findCompany(scenario.call, { ...byDomain, require });
  expect(queryOf(scenario.seen[0]?.url)['required']).toBe(
    'name AND website AND linkedin_url AND employee_count AND industry AND location',
  );
});

it.each<RecordField>(['PHONE', 'EMAIL', 'WORK_EMAIL'])(
  'returns a miss without a call when a company must have %s',
  async (field) => {
    const scenario = await openScenario((response) => json(response, 200, fullCompany, money(1, 5)));
    expect(
      await scenario.provider.findCompany(scenario.call, { ...byDomain, require: ['NAME', field] }),
    ).toEqual({
      kind: 'NOT_FOUND',
      forFields: true,
      reported: { credits: 0n, balance: null },
    });
    expect([scenario.seen.length, scenario.permits()]).toEqual([0, 0]);
  },
);

it('verifies a key with a query without an identifier, which is refused as incomplete', async () => {
  const refused = { status: 400, error: { type: 'invalid_request_error', message: 'missing' } };
  const scenario = await openScenario((response) => json(response, 400, refused, money(0, 77)));
  expect(await scenario.provider.verify(scenario.call)).toEqual({
    kind: 'ACCEPTED',
    reported: { credits: 0n, balance: 77n },
  });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /v5/person/enrich']);
});

it.each([
  [401, { kind: 'REFUSED', code: 'KEY_REFUSED' }],
  [402, { kind: 'REFUSED', code: 'OUT_OF_CREDITS' }],
  [403, { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' }],
  [500, { kind: 'BROKEN' }],
])('does not accept the key when it gets HTTP %i', async (status, outcome) => {
  const scenario = await openScenario((response) => json(response, status, { status }));
  expect(await scenario.provider.verify(scenario.call)).toMatchObject(outcome);
  expect(await scenario.provider.readBalance?.(scenario.call)).toMatchObject(outcome);
});

it('reads the balance with the query that is never charged', async () => {
  const scenario = await openScenario((response) => json(response, 400, { status: 400 }, money(0, 1342)));
  expect(await scenario.provider.readBalance?.(scenario.call)).toEqual({ kind: 'BALANCE', credits: 1342n });
  expect(scenario.seen.map(({ url }) => url)).toEqual(['/v5/person/enrich']);
});

it('returns no balance when the headers have none', async () => {
  const scenario = await openScenario((response) => json(response, 400, { status: 400 }));
  expect(await scenario.provider.readBalance?.(scenario.call)).toMatchObject({ kind: 'UNKNOWN' });
});
