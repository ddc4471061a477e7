import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/ledger/audit/verify-ledger.js';
import { newId } from '../../../src/platform/ids.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createWorkspace } from '../../support/workspace.js';
import { writeEntries } from '../../usage/setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

it.each([
  ['a later attempt that is missing', 'delete from usage_fallbacks', ['does not count']],
  ['credits that no entry has', 'update usage_fallbacks set credits = 9', ['counts', 'does not count']],
  ['a miss that was none', `update usage_fallbacks set missed_by = 'LUSHA'`, ['counts', 'does not count']],
  ['a workflow of another lookup', `update usage_fallbacks set workflow = 'x'`, ['counts', 'does not count']],
])('finds %s', async (_what, change, verbs) => {
  const { id } = await createWorkspace(store.database);
  const lookupId = newId();
  await writeEntries(store.database, id, [
    {
      id: lookupId,
      lookupId,
      outcome: 'NOT_FOUND',
      charge: 'NOT_FOUND',
      credits: 0n,
      operation: 'PEOPLE_SEARCH',
    },
    { lookupId, step: 2, provider: 'APOLLO', charge: 'FREE', credits: 0n, operation: 'PEOPLE_SEARCH' },
  ]);
  const lines = async (): Promise<string[]> =>
    (await verifyLedger(store.database, { workspaceId: id })).disagreements.map(({ line }) => line);
  expect(await lines()).toEqual([]);
  await store.database.sql.unsafe(`${change} where workspace_id = $1`, [id]);
  const found = await lines();
  expect(found).toHaveLength(verbs.length);
  for (const [at, verb] of verbs.entries())
    expect(found.toSorted()[at]).toMatch(
      new RegExp(`^entry [\\da-f-]{36} of APOLLO: the report of fallbacks ${verb} it after the miss of `),
    );
});
