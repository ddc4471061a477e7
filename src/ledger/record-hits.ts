import type { Sql } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { EntryLabels, IdentifierSource, KnownUnlock, SnapshotVersion } from './types.js';

/** Lookups of one account whose snapshots the caller has. */
export type CachedLookups = {
  workspaceId: string;
  accountId: string;
  variant: string;
  maxAgeSeconds: number;
  /** What they have in common; each is the first step of a lookup of its own, whose id is the id of its entry. */
  labels: Omit<EntryLabels, 'lookupId'>;
  lookups: readonly { id: string; lookupKey: string; cached: SnapshotVersion }[];
};

type Row = {
  batch_position: number;
  unlock_id: string;
  source: IdentifierSource;
  record_key: string;
  price: string;
  unlocked_at: Date;
};

/**
 * Writes the entries of lookups that these snapshots answer, and returns their unlocks, in their order: null where the snapshot
 * is no longer the account's, or is too old, and nothing is written.
 */
export const recordHits = async (
  sql: Sql,
  { workspaceId, accountId, variant, maxAgeSeconds, labels, lookups }: CachedLookups,
): Promise<(KnownUnlock | null)[]> => {
  const rows = await retryOnDeadlock(() =>
    withQueryTimeout(sql<Row[]>`
      select * from record_snapshot_hits(
        ${workspaceId}, ${accountId}, ${variant}, ${maxAgeSeconds}, ${JSON.stringify(labelColumns(labels))}::text::json,
        ${JSON.stringify(lookups.map(toJson))}::text::json)`),
  );
  const unlocks = lookups.map((): KnownUnlock | null => null);
  for (const row of rows) {
    unlocks[row.batch_position] = {
      id: row.unlock_id,
      source: row.source,
      recordKey: row.record_key,
      price: BigInt(row.price),
      unlockedAt: row.unlocked_at,
    };
  }
  return unlocks;
};

const toJson = ({ id, lookupKey, cached }: CachedLookups['lookups'][number], position: number) => ({
  batch_position: position,
  id,
  lookup_key: lookupKey,
  cached_unlock_id: cached.unlockId,
  cached_fetched_at: cached.fetchedAt,
});

/** The columns of the composite `entry_labels`. */
export const labelColumns = (labels: Omit<EntryLabels, 'lookupId' | 'step' | 'jobRow'>) => ({
  operation: labels.operation,
  provider: labels.provider,
  connection_id: labels.connectionId,
  payer: labels.payer,
  sandbox: labels.sandbox,
  token_id: labels.tokenId,
  workflow: labels.workflow,
  job_id: labels.jobId,
});
