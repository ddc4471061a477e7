import type { InferInsertModel } from 'drizzle-orm';
import { accounts, budgets, type entries, unlockKeys, unlocks } from '../../../schema/tables/index.js';
import type { Database } from '../../../src/platform/database.js';
import { newId } from '../../../src/platform/ids.js';
import { writeEntries } from '../../usage/setup.js';

/** An id with the timestamp of that instant. */
export const idAt = (at: Date): string => {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${newId().slice(13)}`;
};

export type OldLedger = { workspaceId: string; accountId: string; budgetId: string };

type Entry = Partial<InferInsertModel<typeof entries>>;

/** Creates the partitions of the months from 2025-01 on. */
export const createOldPartitions = async ({ sql }: Database): Promise<void> => {
  await sql`select create_entry_partitions('2025-01-01Z', 0)`;
};

const months = ['2025-01', '2025-02', '2025-03', '2025-04'] as const;

/**
 * A workspace whose ledger adds up, with entries in four old months: purchases, hits, misses, the two steps of a waterfall
 * across the end of January, and two presumed charges of January: one returned in March, and one confirmed in February. A
 * budget has counted all of them.
 */
export const writeOldLedger = async (database: Database, workspaceId: string): Promise<OldLedger> => {
  const { db, sql } = database;
  const ledger: OldLedger = { workspaceId, accountId: newId(), budgetId: newId() };
  await db.insert(accounts).values({ workspaceId, id: ledger.accountId, provider: 'FIRMABLE' });
  await db.insert(budgets).values({
    workspaceId,
    id: ledger.budgetId,
    name: 'all of it',
    scope: 'WORKSPACE',
    period: 'TOTAL',
    timeZone: 'UTC',
    limit: 1_000_000n,
    mode: 'HARD',
    thresholds: [],
    createdAt: new Date('2024-12-01T00:00:00Z'),
  });
  await writeJobEntries(database, ledger);
  for (const month of months) {
    for (const time of ['01T00:00:00Z', '07T13:07:31Z', '15T23:59:59.999Z', '15T10:20:01Z', '27T04:44:00Z']) {
      await writePurchase(database, ledger, new Date(`${month}-${time}`));
    }
    await writeEntry(database, ledger, new Date(`${month}-20T01:02:03Z`), {
      outcome: 'NOT_FOUND',
      charge: 'NOT_FOUND',
      credits: 0n,
    });
  }
  const first = new Date('2025-01-31T23:59:59.500Z');
  const lookupId = await writeEntry(database, ledger, first, {
    outcome: 'NOT_FOUND',
    charge: 'NOT_FOUND',
    credits: 0n,
  });
  await writePurchase(database, ledger, new Date('2025-02-01T00:00:00.250Z'), {
    lookupId,
    step: 2,
    provider: 'APOLLO',
  });

  const presumedAt = new Date('2025-01-09T09:09:09Z');
  const presumed: Entry = { outcome: 'UNKNOWN', charge: 'PRESUMED' };
  const [returned, confirmed] = [
    await writeEntry(database, ledger, presumedAt, presumed),
    await writeEntry(database, ledger, new Date('2025-01-10T10:10:10Z'), presumed),
  ];
  await writeEntry(database, ledger, presumedAt, {
    id: idAt(new Date('2025-03-05T05:05:05Z')),
    kind: 'CORRECTION',
    correctsEntryId: returned,
    lookupId: returned,
    outcome: 'NOT_FOUND',
    charge: 'NOT_FOUND',
    credits: -1n,
  });
  // The lookup that found the record in February was not charged again.
  const boughtAt = new Date('2025-02-11T11:11:11Z');
  const unlockId = await writePurchase(database, ledger, boughtAt, {
    charge: 'ALREADY_UNLOCKED',
    credits: 0n,
  });
  await writeEntry(database, ledger, new Date('2025-01-10T10:10:10Z'), {
    id: idAt(boughtAt),
    recordedAt: boughtAt,
    kind: 'CORRECTION',
    correctsEntryId: confirmed,
    lookupId: confirmed,
    outcome: 'FOUND',
    charge: 'CHARGED',
    credits: 0n,
    unlockId,
  });
  await sql`
    insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
    select ${workspaceId}, ${ledger.budgetId}, 'epoch', 0, sum(credits) from entries where workspace_id = ${workspaceId}`;
  return ledger;
};

/** Purchases of a job in January and February, which its own budget has counted, too. The job has ended since. */
const writeJobEntries = async (database: Database, ledger: OldLedger): Promise<void> => {
  const { workspaceId } = ledger;
  const [jobId, id] = [newId(), newId()];
  await database.db.insert(budgets).values({
    workspaceId,
    id,
    name: `job ${jobId}`,
    scope: 'JOB',
    subject: jobId,
    period: 'TOTAL',
    timeZone: 'UTC',
    limit: 10n,
    mode: 'HARD',
    thresholds: [],
    deletedAt: new Date('2025-02-03T00:00:00Z'),
  });
  for (const [index, day] of ['2025-01-30', '2025-01-31', '2025-02-02'].entries()) {
    await writePurchase(database, ledger, new Date(`${day}T03:04:05Z`), {
      jobId,
      jobRow: index + 1,
      budgetIds: [ledger.budgetId, id],
      budgetStarts: [new Date(0), new Date(0)],
    });
  }
  await database.sql`
    insert into budget_periods (workspace_id, budget_id, starts_at, reserved, spent)
    values (${workspaceId}, ${id}, 'epoch', 0, 3)`;
};

/** Writes one entry that the budget counts; returns its id. */
export const writeEntry = async (
  database: Database,
  { workspaceId, accountId, budgetId }: OldLedger,
  at: Date,
  entry: Entry = {},
): Promise<string> => {
  const [id = ''] = await writeEntries(database, workspaceId, [
    {
      id: idAt(at),
      occurredAt: at,
      recordedAt: at,
      accountId,
      tokenId: workspaceId,
      workflow: at.getUTCDate() % 2 === 0 ? 'crm' : null,
      latencyMs: at.getUTCDate() * 37,
      budgetIds: [budgetId],
      budgetStarts: [new Date(0)],
      ...entry,
    },
  ]);
  return id;
};

/** Writes a record that is bought at that instant; returns the unlock's id. */
const writePurchase = async (
  database: Database,
  ledger: OldLedger,
  at: Date,
  entry: Entry = {},
): Promise<string> => {
  const { workspaceId, accountId } = ledger;
  const unlockId = newId();
  const record = `company:id:f${unlockId}`;
  const entryId = await writeEntry(database, ledger, at, { unlockId, ...entry });
  await database.db.insert(unlocks).values({
    workspaceId,
    id: unlockId,
    accountId,
    recordKey: record,
    operation: 'COMPANY',
    provider: 'FIRMABLE',
    sandbox: false,
    price: 1n,
    entryId,
    unlockedAt: at,
  });
  await database.db
    .insert(unlockKeys)
    .values({ workspaceId, accountId, lookupKey: record, unlockId, source: 'RESOLVED' });
  return unlockId;
};
