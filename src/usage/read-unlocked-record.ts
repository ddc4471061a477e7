import { and, desc, eq, inArray } from 'drizzle-orm';
import { snapshots, unlocks } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';

/** The newest snapshot of a record that one of the workspace's accounts has paid for. */
export type UnlockedRecord = {
  unlockId: string;
  provider: string;
  sandbox: boolean;
  unlockedAt: Date;
  variant: string;
  /** The snapshot as it is stored; its provider parses it. */
  body: string;
  fetchedAt: Date;
};

/**
 * Reads an unlocked record, at no cost. `record` is the ledger's key, such as `company:id:f000000117274`; `variant` is the
 * country of its figures, which matters where its provider has different ones. Null if there is no such snapshot. Throws
 * FORBIDDEN.
 */
export const readUnlockedRecord = async (
  { database }: { database: Database },
  caller: Caller,
  record: string,
  variant: string,
): Promise<UnlockedRecord | null> => {
  authorize(caller, 'read');
  const [row] = await database.db
    .select({
      unlockId: unlocks.id,
      provider: unlocks.provider,
      sandbox: unlocks.sandbox,
      unlockedAt: unlocks.unlockedAt,
      variant: snapshots.variant,
      body: snapshots.body,
      fetchedAt: snapshots.fetchedAt,
    })
    .from(unlocks)
    .innerJoin(
      snapshots,
      and(eq(snapshots.workspaceId, unlocks.workspaceId), eq(snapshots.unlockId, unlocks.id)),
    )
    .where(
      and(
        eq(unlocks.workspaceId, caller.workspaceId),
        eq(unlocks.recordKey, record),
        inArray(snapshots.variant, ['', variant]),
      ),
    )
    .orderBy(desc(snapshots.fetchedAt), desc(unlocks.id))
    .limit(1);
  return row ?? null;
};

/** The first of these record keys that the workspace has an unlock of; null if there is none. Throws FORBIDDEN. */
export const findRecordKey = async (
  { database }: { database: Database },
  caller: Caller,
  keys: readonly string[],
): Promise<string | null> => {
  authorize(caller, 'read');
  const [row] = await database.db
    .select({ recordKey: unlocks.recordKey })
    .from(unlocks)
    .where(and(eq(unlocks.workspaceId, caller.workspaceId), inArray(unlocks.recordKey, [...keys])))
    .limit(1);
  return row?.recordKey ?? null;
};
