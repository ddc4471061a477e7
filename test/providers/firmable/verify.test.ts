import { expect, test } from 'vitest';
import { openScene } from './open-scenario.js';
import { json } from './start-upstream.js';

test('verifying asks only the free search, for a company that cannot exist', async () => {
  const scene = await openScene((response) => json(response, 200, { success: true, records: [], total: 0 }));
  expect(await scene.provider.verify(scene.call)).toEqual({ kind: 'ACCEPTED' });
  expect(scene.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /people/search']);
  expect(JSON.parse(scene.seen[0]?.body ?? '')).toMatchObject({ companyId: 'f000000000000' });
});

test('being told that there is no such company accepts the key', async () => {
  const scene = await openScene((response) => json(response, 500, { error: 'Company not found' }));
  expect(await scene.provider.verify(scene.call)).toEqual({ kind: 'ACCEPTED' });
});

test.each([
  [401, { kind: 'REFUSED', code: 'KEY_REFUSED' }],
  [403, { kind: 'REFUSED', code: 'PLAN_WITHOUT_API' }],
  [500, { kind: 'BROKEN' }],
  [200, { kind: 'UNKNOWN' }],
])('HTTP %i without a list does not accept the key', async (status, outcome) => {
  const scene = await openScene((response) => json(response, status, {}));
  expect(await scene.provider.verify(scene.call)).toMatchObject(outcome);
});
