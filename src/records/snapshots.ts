import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { snapshots, unlocks } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { nameOfRecord } from '../providers/name-of-record.js';
import { readStoredRecord, type RecordReaders } from './stored-record.js';

/** What is stored of an unlocked record for one country, or for all: `variant` is then empty. */
export type Snapshot = {
  unlockId: string;
  variant: string;
  operation: string;
  provider: string;
  body: string;
  fetchedAt: Date;
};

type Deps = { database: Pick<Database, 'db'> };

/**
 * The name of each of these unlocks, by its id, in the newest snapshot that has one. Those without a name or a snapshot are
 * left out. Throws FORBIDDEN.
 */
export const getRecordNames = async (
  { database, providers }: Deps & { providers: RecordReaders },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  authorize(caller, 'read');
  const rows = await database.db
    .select({
      unlockId: snapshots.unlockId,
      name: snapshots.name,
      operation: unlocks.operation,
      provider: unlocks.provider,
      // An earlier release stored no names.
      body: sql<string | null>`case when ${snapshots.name} is null then ${snapshots.body} end`,
    })
    .from(snapshots)
    .innerJoin(unlocks, ofUnlock)
    .where(isAmong(caller, ids))
    .orderBy(snapshots.fetchedAt);
  const names = new Map<string, string>();
  for (const { unlockId, name, body, ...unlock } of rows) {
    const stored = body === null ? null : readStoredRecord(providers, { ...unlock, body });
    const known = stored === null ? name : nameOfRecord(stored.record);
    if (known !== null && known !== '') names.set(unlockId, known);
  }
  return names;
};

/** The snapshots of each of these unlocks, by its id, newest first. Throws FORBIDDEN. */
export const getSnapshots = async (
  { database }: Deps,
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Snapshot[]>> => {
  authorize(caller, 'read');
  const rows = await database.db
    .select({
      unlockId: snapshots.unlockId,
      variant: snapshots.variant,
      operation: unlocks.operation,
      provider: unlocks.provider,
      body: snapshots.body,
      fetchedAt: snapshots.fetchedAt,
    })
    .from(snapshots)
    .innerJoin(unlocks, ofUnlock)
    .where(isAmong(caller, ids))
    .orderBy(desc(snapshots.fetchedAt), snapshots.variant);
  const found = new Map<string, Snapshot[]>();
  for (const row of rows) found.set(row.unlockId, [...(found.get(row.unlockId) ?? []), row]);
  return found;
};

const ofUnlock = and(eq(unlocks.workspaceId, snapshots.workspaceId), eq(unlocks.id, snapshots.unlockId));

const isAmong = ({ workspaceId }: Caller, ids: readonly string[]) =>
  and(eq(snapshots.workspaceId, workspaceId), inArray(snapshots.unlockId, ids.filter(isId)));
