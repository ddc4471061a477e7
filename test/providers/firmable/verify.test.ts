import { expect, test } from 'vitest';
import { openScenario } from './open-scenario.js';
import { json } from './start-upstream.js';

test('verifying asks only the free search, for a company that cannot exist', async () => {
  const scenario = await openScenario((response) =>
    json(response, 200, { success: true, records: [], total: 0 }),
  );
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /people/search']);
  expect(JSON.parse(scenario.seen[0]?.body ?? '')).toMatchObject({ companyId: 'f000000000000' });
});

test('being told that there is no such company accepts the key', async () => {
  const scenario = await openScenario((response) => json(response, 500, { error: 'Company not found' }));
  expect(await scenario.provider.verify(scenario.call)).toEqual({ kind: 'ACCEPTED' });
});

test.each([
  [401, { kind: 'REFUSED', code: 'KEY_REFUSED' }],
  [403, { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' }],
  [500, { kind: 'BROKEN' }],
  [200, { kind: 'UNKNOWN' }],
])('HTTP %i without a list does not accept the key', async (status, outcome) => {
  const scenario = await openScenario((response) => json(response, status, {}));
  expect(await scenario.provider.verify(scenario.call)).toMatchObject(outcome);
});
