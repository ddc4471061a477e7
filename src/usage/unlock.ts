import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { aliases, snapshots, type unlockOrigin, unlocks } from '../../schema/index.js';

/** A record that an account has paid for, with every identifier it answers to. */
export type Unlock = {
  id: string;
  accountId: string;
  /** The provider's own id of the record. */
  recordId: string;
  operation: string;
  provider: string;
  sandbox: boolean;
  /** Credits. */
  price: bigint;
  /** DECLARED: bought before the gateway existed, by its owner's word. */
  origin: (typeof unlockOrigin.enumValues)[number];
  /** The ledger entry that bought it; null for a declared one. */
  entryId: string | null;
  unlockedAt: Date;
  /** `kind:value` each, in their order. */
  aliases: string[];
  /** When the newest copy was fetched; null where none is kept. */
  fetchedAt: Date | null;
};

// The tables are named in full: within a single-table query Drizzle would leave the name off, and the inner
// "workspace_id" would be compared with itself.
const ofUnlock = (table: 'aliases' | 'snapshots') =>
  sql.raw(`"${table}"."workspace_id" = "unlocks"."workspace_id" and "${table}"."unlock_id" = "unlocks"."id"`);

const readList = (list: unknown): string[] =>
  z.array(z.string()).parse(typeof list === 'string' ? JSON.parse(list) : list);

export const unlockColumns = {
  id: unlocks.id,
  accountId: unlocks.accountId,
  recordId: sql<string>`regexp_replace(${unlocks.record}, '^.*:', '')`,
  operation: unlocks.operation,
  provider: unlocks.provider,
  sandbox: unlocks.sandbox,
  price: unlocks.price,
  origin: unlocks.origin,
  entryId: unlocks.entryId,
  unlockedAt: unlocks.unlockedAt,
  aliases: sql<
    string[]
  >`(select coalesce(json_agg(alias order by alias), '[]') from ${aliases} where ${ofUnlock('aliases')})`.mapWith(
    readList,
  ),
  fetchedAt:
    sql<Date | null>`(select max(fetched_at) from ${snapshots} where ${ofUnlock('snapshots')})`.mapWith(
      snapshots.fetchedAt,
    ),
} as const;

export const isUnlock = (workspaceId: string, id: string) =>
  and(eq(unlocks.workspaceId, workspaceId), eq(unlocks.id, id));
