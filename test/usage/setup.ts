import type { InferInsertModel } from 'drizzle-orm';
import { accounts, entries, snapshots, unlockKeys, unlocks } from '../../schema/tables/index.js';
import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';

type Row = InferInsertModel<typeof entries>;

/** Writes entries as the ledger does, with defaults for missing fields; returns their ids. */
export const writeEntries = async (
  { db }: Database,
  workspaceId: string,
  rows: readonly Partial<Row>[],
): Promise<string[]> => {
  const tokenId = newId();
  const written = rows.map((row): Row & { id: string } => {
    const id = row.id ?? newId();
    return {
      workspaceId,
      lookupId: id,
      occurredAt: new Date(),
      outcome: 'FOUND',
      charge: 'CHARGED',
      credits: 1n,
      saved: 0n,
      operation: 'COMPANY',
      provider: 'FIRMABLE',
      payer: 'CONNECTION',
      tokenId,
      ...row,
      id,
    };
  });
  await db.insert(entries).values(written);
  return written.map(({ id }) => id);
};

/** Creates an account with one bought unlock, and the given keys and snapshots. */
export const writeUnlock = async (
  { db }: Database,
  workspaceId: string,
  input: {
    accountId?: string;
    record?: string;
    operation?: string;
    unlockedAt?: Date;
    aliases?: string[];
    snapshots?: { variant: string; body: string; fetchedAt: Date }[];
  } = {},
): Promise<{ id: string; accountId: string; entryId: string }> => {
  const { accountId = newId(), record = `company:${newId()}`, operation = 'COMPANY' } = input;
  const unlockedAt = input.unlockedAt ?? new Date();
  const [id, entryId] = [newId(), newId()];
  await db
    .insert(accounts)
    .values({ workspaceId, id: accountId, provider: 'FIRMABLE' })
    .onConflictDoNothing();
  await db.insert(unlocks).values({
    workspaceId,
    id,
    accountId,
    recordKey: record,
    operation,
    provider: 'FIRMABLE',
    sandbox: false,
    price: 1n,
    entryId,
    unlockedAt,
  });
  for (const lookupKey of input.aliases ?? []) {
    await db
      .insert(unlockKeys)
      .values({ workspaceId, accountId, lookupKey, unlockId: id, source: 'REPORTED' });
  }
  for (const snapshot of input.snapshots ?? []) {
    await db.insert(snapshots).values({ workspaceId, unlockId: id, ...snapshot });
  }
  return { id, accountId, entryId };
};
