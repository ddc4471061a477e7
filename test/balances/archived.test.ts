import { afterEach, beforeEach, expect, it } from 'vitest';
import { balancesNeed } from '../../src/balances/entries-needed.js';
import { remainingOfAccount } from '../../src/balances/read-balance.js';
import { proposeResolutions } from '../../src/balances/propose-resolutions.js';
import { readSpendings } from '../../src/balances/spending.js';
import { archiveMonth } from '../../src/ledger/archive/archive-month.js';
import { newId } from '../../src/platform/ids.js';
import { type Archive, openArchive } from '../ledger/archive/open-archive.js';

let archive: Archive;
beforeEach(async () => {
  archive = await openArchive();
});
afterEach(() => archive.close());

const readAt = async (at: string): Promise<void> => {
  const [{ workspaceId, accountId }] = archive.ledgers;
  await archive.store.database.sql`
    insert into balance_readings (workspace_id, id, account_id, observed_at, credits, source)
    values (${workspaceId}, ${newId()}, ${accountId}, ${at}, 100, 'RECORDED')`;
};

it('keeps a month in which a reading divides the charges of a quarter of an hour', async () => {
  const { sql } = archive.store.database;
  expect(await balancesNeed(sql, '2025-01-01')).toBeNull();
  await readAt('2025-01-07T13:08:00Z');
  expect(await balancesNeed(sql, '2025-01-01')).toContain('1 readings or add-ons');
  expect(await balancesNeed(sql, '2025-02-01')).toBeNull();
  await expect(archiveMonth(sql, archive.folder, '2025-01', balancesNeed)).rejects.toThrow(
    'need its entries',
  );
  // A later one takes its place, at an instant that divides nothing.
  await readAt('2025-04-02T00:00:01Z');
  expect(await balancesNeed(sql, '2025-01-01')).toBeNull();
});

it('computes spending exactly over archived months, and refuses to divide an archived quarter', async () => {
  const { db, sql } = archive.store.database;
  const [{ workspaceId, accountId }] = archive.ledgers;
  const cuts = [
    '2025-01-01T00:00:00Z',
    '2025-01-08T00:00:01Z',
    '2025-02-27T05:00:00Z',
    '2025-03-15T10:20:01Z',
  ];
  const spendingOf = async (instants: readonly string[]) => {
    const series = { accountId, cuts: instants.map((at) => new Date(at)), untilNow: true };
    const [spending] = await readSpendings(db, workspaceId, [series]);
    return spending ?? [];
  };
  const spending = () => spendingOf(cuts);
  const before = await spending();
  expect(before.reduce((sum, { credits }) => sum + credits, 0n)).toBeGreaterThan(20n);
  for (const month of ['2025-01', '2025-02']) await archiveMonth(sql, archive.folder, month);
  expect(await spending()).toEqual(before);
  await expect(spendingOf(['2025-01-07T13:07:45Z'])).rejects.toMatchObject({ code: 'ARCHIVED' });
});

it('says that nothing is known of a balance whose entries are archived', async () => {
  const { database } = archive.store;
  const [{ accountId }] = archive.ledgers;
  await archiveMonth(database.sql, archive.folder, '2025-01');
  await readAt('2025-01-07T13:07:45Z');
  expect(await remainingOfAccount({ database }, archive.viewer, accountId)).toBeNull();
});

it('proposes nothing for a presumed charge when entries between its readings are archived', async () => {
  const { database } = archive.store;
  const [{ workspaceId, accountId }] = archive.ledgers;
  await archiveMonth(database.sql, archive.folder, '2025-01');
  const id = newId();
  await database.sql`
    insert into reservations (workspace_id, id, account_id, lookup_key, variant, state, credits, lookup_id, operation,
      provider, token_id, budget_ids, budget_starts, reserved_at, expires_at)
    values (${workspaceId}, ${id}, ${accountId}, 'company:domain:open.example', '', 'PENDING_CONFIRMATION', 1, ${id},
      'COMPANY', 'APOLLO', ${newId()}, '{}', '{}', '2025-02-02T00:00:00Z', now())`;
  for (const at of ['2025-01-07T13:07:45Z', '2025-02-03T00:00:00Z']) {
    await database.sql`
      insert into balance_readings (workspace_id, id, account_id, observed_at, credits, source, includes_calls_before)
      values (${workspaceId}, ${newId()}, ${accountId}, ${at}, 100, 'REPORTED', ${at})`;
  }
  const proposals = await proposeResolutions({ database, operationsOf: () => ['COMPANY'] }, workspaceId, [
    id,
  ]);
  expect(proposals.get(id)).toMatchObject({
    charged: null,
    message: 'Entries between the readings are archived.',
  });
});
