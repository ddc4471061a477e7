import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../src/platform/ids.js';
import { verifyLedger } from '../../../src/ledger/audit/verify-ledger.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createWorkspace } from '../../support/workspace.js';
import { writeEntries } from '../../usage/setup.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const at = new Date('2026-03-10T00:07:00Z');

/** A workspace with a free search, found and missed, under labels and without any. */
const liveAWhile = async (): Promise<string> => {
  const { id } = await createWorkspace(store.database);
  const free = { occurredAt: at, charge: 'FREE' as const, credits: 0n, operation: 'PEOPLE_SEARCH' };
  await writeEntries(store.database, id, [
    { ...free, latencyMs: 40, connectionId: newId() },
    { ...free, latencyMs: 3_000, workflow: 'crm', provider: null, payer: null },
    { ...free, outcome: 'NOT_FOUND', charge: 'NOT_FOUND', workflow: 'crm', step: 2 },
  ]);
  return id;
};

const linesOf = async (workspaceId: string): Promise<string[]> =>
  (await verifyLedger(store.database, { workspaceId })).disagreements.map(({ line }) => line);

it('agrees with sums that were counted with their entries', async () => {
  expect(await linesOf(await liveAWhile())).toEqual([]);
});

const quarter = 'usage from 2026-03-10 00:00:00\\+00 \\(PEOPLE_SEARCH, ';
const sum = (change: string) =>
  `update usage_buckets set ${change} where workspace_id = :workspace and outcome = 'NOT_FOUND'`;

it.each([
  [
    'a sum that is missing',
    `delete from usage_buckets where workspace_id = :workspace and outcome = 'NOT_FOUND'`,
    'NOT_FOUND, workflow crm\\): 0 attempts and 0 credits are counted, its entries say 1 and 0$',
  ],
  [
    'a sum of nothing',
    `delete from entries where workspace_id = :workspace and outcome = 'NOT_FOUND'`,
    'NOT_FOUND, workflow crm\\): 1 attempts and 0 credits are counted, its entries say 0 and 0$',
  ],
  [
    'an entry that was counted twice',
    sum('attempts = attempts + 1'),
    'NOT_FOUND, workflow crm\\): 2 attempts and 0 credits are counted, its entries say 1 and 0$',
  ],
  [
    'credits that no entry has',
    sum('credits = 7'),
    'NOT_FOUND, workflow crm\\): 1 attempts and 7 credits are counted, its entries say 1 and 0$',
  ],
  ...['lookups = 1', 'saved = 1', 'from_snapshot = 1', "latencies = '{1}'"].map((change) => [
    `another sum: ${change}`,
    sum(change),
    'NOT_FOUND, workflow crm\\): 1 attempts and 0 credits are counted, its entries say 1 and 0, but other sums of it differ$',
  ]),
  [
    'a sum under a label that its entries do not bear',
    `update usage_buckets set connection_id = null where workspace_id = :workspace and connection_id is not null`,
    'FOUND, workflow -\\): 0 attempts and 0 credits are counted, its entries say 1 and 0$',
  ],
  [
    'a sum in another quarter',
    sum(`starts_at = starts_at + interval '15 minutes'`),
    'NOT_FOUND, workflow crm\\): 0 attempts and 0 credits are counted, its entries say 1 and 0$',
  ],
])('reports %s', async (_, statement, line) => {
  const workspaceId = await liveAWhile();
  await tamper(statement ?? '', workspaceId);
  expect(await linesOf(workspaceId)).toContainEqual(expect.stringMatching(`^${quarter}${line}`));
});

it('reports a sum that does not begin at a quarter of an hour', async () => {
  const workspaceId = await liveAWhile();
  await tamper(sum(`starts_at = starts_at + interval '1 minute'`), workspaceId);
  expect(await linesOf(workspaceId)).toContain(
    'usage from 2026-03-10 00:01:00+00 begins at no quarter of an hour',
  );
});

/** Changes the tables without the triggers. */
const tamper = (statement: string, workspaceId: string): Promise<unknown> =>
  store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement.replaceAll(':workspace', `'${workspaceId}'`));
  });
