import { expect, it } from 'vitest';
import { openScenario } from './open-scenario.js';
import { json } from './start-upstream.js';

it('sends only the free search, for a company that cannot exist, when it verifies a key', async () => {
  const scenario = await openScenario((response) =>
    json(response, 200, { success: true, records: [], total: 0 }),
  );
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /people/search']);
  expect(JSON.parse(scenario.seen[0]?.body ?? '')).toMatchObject({ companyId: 'f000000000000' });
});

it('accepts the key when the company is unknown', async () => {
  const scenario = await openScenario((response) => json(response, 500, { error: 'Company not found' }));
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
});

it.each([
  [401, { kind: 'REFUSED', code: 'KEY_REFUSED' }],
  [403, { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' }],
  [500, { kind: 'BROKEN' }],
  [200, { kind: 'UNKNOWN' }],
])('does not accept the key when HTTP %i has no list', async (status, outcome) => {
  const scenario = await openScenario((response) => json(response, status, {}));
  expect(await scenario.provider.verify(scenario.call)).toMatchObject(outcome);
});
