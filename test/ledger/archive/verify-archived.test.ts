import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveMonth } from '../../../src/ledger/archive/archive-month.js';
import { restoreMonth } from '../../../src/ledger/archive/restore-month.js';
import type { TestDatabase } from '../../support/database.js';
import { type Archive, openArchive } from './open-archive.js';
import { idAt, writeEntry } from './setup.js';

let archive: Archive;
let store: TestDatabase;
let folder: string;
beforeEach(async () => {
  archive = await openArchive();
  ({ store, folder } = archive);
});
afterEach(() => archive.close());

it.each([
  ['credits', "update usage_buckets set credits = credits + 1 where starts_at = '2025-01-07T13:00:00Z'"],
  ['a workflow', "update usage_buckets set workflow = 'else' where starts_at = '2025-01-27T04:30:00Z'"],
  [
    'latencies',
    "update usage_buckets set latencies[3] = latencies[3] + 1 where starts_at = '2025-01-27T04:30:00Z'",
  ],
  [
    'a quarter',
    "update usage_buckets set starts_at = '2025-01-27T04:45:00Z' where starts_at = '2025-01-27T04:30:00Z'",
  ],
  ['a missing sum', "delete from usage_buckets where starts_at = '2025-01-20T01:00:00Z'"],
  ['the archive', 'update archived_months set credits = credits + 1, digest = digest + 1'],
  ['a budget', 'update budget_periods set spent = spent - 1'],
  ['a budget of the archive', "update archived_months set budgets = '[]'"],
])('finds %s that differs from the archive', async (what, change) => {
  await archiveMonth(store.database.sql, folder, '2025-01');
  expect(await archive.disagreements()).toEqual([]);
  await store.database.sql.unsafe(change);
  // In each of the two workspaces: once, or for each of its two budgets, of which one is a job's.
  expect(await archive.disagreements()).toHaveLength(what.includes('budget') ? 4 : 2);
});

it('finds a record of an archived purchase that is bought again', async () => {
  const { sql } = store.database;
  const [ledger] = archive.ledgers;
  await archiveMonth(sql, folder, '2025-01');
  const [unlock] = await sql<{ id: string }[]>`
    select id from unlocks where workspace_id = ${ledger.workspaceId} and is_archived(workspace_id, entry_id) limit 1`;
  await writeEntry(store.database, ledger, new Date('2025-04-04T04:04:04Z'), {
    unlockId: unlock?.id ?? '',
    budgetIds: [],
    budgetStarts: [],
  });
  expect((await archive.disagreements()).join()).toContain('entries say that it was bought');
});

it('counts archived months in a budget that starts afterwards from the start of its period', async () => {
  const { sql } = store.database;
  await archiveMonth(sql, folder, '2025-01');
  for (const { workspaceId } of archive.ledgers) {
    await sql`
      insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
      values (${workspaceId}, ${workspaceId}, 'later', 'WORKSPACE', 'TOTAL', 'UTC', 100, 'SOFT', '{}')`;
    await sql`select count_from_period_start(${workspaceId}, ${workspaceId})`;
  }
  expect(await archive.disagreements()).toEqual([]);
  await sql`update budget_periods set opening_spend = opening_spend - 1, spent = spent - 1 where budget_id = workspace_id`;
  expect(await archive.disagreements()).toHaveLength(2);
  await sql`update budget_periods set opening_spend = opening_spend + 1, spent = spent + 1 where budget_id = workspace_id`;
  await restoreMonth(sql, folder, '2025-01');
  expect(await archive.disagreements()).toEqual([]);
});

it('accepts entries for an archived month, as of an instance whose clock is wrong, and restores the month with them', async () => {
  const { sql } = store.database;
  const [ledger] = archive.ledgers;
  await archiveMonth(sql, folder, '2025-01');
  const none = { charge: 'NOT_FOUND', outcome: 'NOT_FOUND', credits: 0n } as const;
  await writeEntry(store.database, ledger, new Date('2025-01-09T00:00:00Z'), none);
  // An entry of this month that occurred in the archived one, as a correction does.
  await writeEntry(store.database, ledger, new Date('2025-01-15T00:00:00Z'), {
    ...none,
    id: idAt(new Date()),
  });
  expect(await archive.disagreements()).toEqual([]);
  expect(await restoreMonth(sql, folder, '2025-01')).toBeGreaterThan(10);
  expect(await archive.disagreements()).toEqual([]);
  expect((await sql`select from entries_other`).length).toBeGreaterThan(10);
});
