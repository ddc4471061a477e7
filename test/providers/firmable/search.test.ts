import { expect, it } from 'vitest';
import type { PeopleSearch } from '../../../src/providers/provider.js';
import { key } from './examples.js';
import { openScenario, searchIn } from './open-scenario.js';
import { json } from './start-upstream.js';

const search: PeopleSearch = {
  companyId: 'f000000067890',
  country: 'NZ',
  position: 'Engineer',
  seniority: 3,
  department: 11,
  from: 20,
  size: 2,
};
const row = {
  person_id: 'fp1',
  position: 'Engineer',
  company_name: 'Yarra Works',
  linkedin: 'ada',
  has_email: true,
  has_personal_email: false,
  has_phone: true,
  has_dnd_phone: true,
  has_mobile: false,
};

it('sends numbers as strings, and leaves out unset filters', async () => {
  const scenario = await openScenario((response) =>
    json(response, 200, { success: true, records: [], total: 0 }),
  );
  await searchIn(scenario, search);
  await searchIn(scenario, {
    ...search,
    position: null,
    seniority: null,
    department: null,
  });
  expect(scenario.seen.map((seen) => JSON.parse(seen.body) as unknown)).toEqual([
    {
      companyId: 'f000000067890',
      selectedCountry: 'NZ',
      position: 'Engineer',
      seniority: '3',
      department: '11',
      from: '20',
      size: '2',
    },
    { companyId: 'f000000067890', selectedCountry: 'NZ', from: '20', size: '2' },
  ]);
});

it('returns a page with its rows and the total', async () => {
  const scenario = await openScenario((response) =>
    json(response, 200, { success: true, records: [row], total: '41' }),
  );
  expect(await searchIn(scenario, search)).toEqual({
    kind: 'FOUND',
    people: [
      {
        id: 'fp1',
        position: 'Engineer',
        companyName: 'Yarra Works',
        linkedin: 'ada',
        hasEmail: true,
        hasPersonalEmail: false,
        hasPhone: true,
        hasDoNotCallPhone: true,
        hasMobile: false,
      },
    ],
    seen: 1,
    total: 41,
    unexpectedFields: [],
  });
});

it.each([
  ['a full page', [row, row], 23],
  ['the last page', [row], 21],
  ['a page after the last', [], 20],
])('reads the bare list of the published document: %s', async (_, rows, total) => {
  const scenario = await openScenario((response) => json(response, 200, rows));
  const result = await searchIn(scenario, search);
  expect(result).toMatchObject({ kind: 'FOUND', total, people: { length: rows.length } });
});

it('loses only an unexpected row', async () => {
  const rows = [{ position: 'nobody' }, 7, null, row, { ...row, has_phone: 'perhaps' }];
  const scenario = await openScenario((response) =>
    json(response, 200, { success: true, records: rows, total: 5 }),
  );
  const result = await searchIn(scenario, search);
  expect(result).toMatchObject({
    kind: 'FOUND',
    people: [{ id: 'fp1' }, { id: 'fp1', hasPhone: null }],
    unexpectedFields: [
      { path: 'records[].person_id' },
      { path: 'records[]', got: 'number' },
      { path: 'records[].has_phone', got: 'string' },
    ],
  });
});

it('is unknown when there is no list', async () => {
  const scenario = await openScenario((response) => json(response, 200, { success: true, records: 'none' }));
  const result = await searchIn(scenario, search);
  expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' });
});

it.each([307, 308])('follows a %i of the search with method, body and key', async (status) => {
  const scenario = await openScenario((response, seen) => {
    if (seen.url === '/people/search') response.writeHead(status, { location: '/v2/search?x=1' }).end();
    else json(response, 200, { success: true, records: [{ person_id: 'fp1' }], total: 1 });
  });
  const result = await searchIn(scenario, search);
  expect(result).toMatchObject({ kind: 'FOUND', total: 1, people: [{ id: 'fp1' }] });
  const [first, second] = scenario.seen;
  expect(second).toMatchObject({ method: 'POST', url: '/v2/search?x=1', body: first?.body });
  expect(second?.headers).toMatchObject({
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
  });
  expect(scenario.permits()).toBe(2);
});
