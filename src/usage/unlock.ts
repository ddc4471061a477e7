import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import * as z from 'zod';
import {
  connections,
  identifierSource,
  snapshots,
  unlockKeys,
  type unlockOrigin,
  unlocks,
} from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { type Matching, matchingRecords } from '../records/matching-records.js';
import { readSearch } from '../records/read-search.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, instantFormat, instantShape, type Listed, type Page } from '../platform/page.js';
import { parseInput } from '../platform/parse-input.js';
import { narrow, nothing } from './entry-filter.js';
import { instant, isInOrder, outOfOrder } from './period.js';

/** An identifier of a record, such as `company:domain:smec.com`, and the best that is known of it. */
export type KnownIdentifier = { lookupKey: string; source: (typeof identifierSource.enumValues)[number] };

/** A record that an account has paid for, with all its identifiers. */
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
  /** DECLARED: the workspace imported it as bought before. */
  origin: (typeof unlockOrigin.enumValues)[number];
  /** The entry that bought it; null for a declared one. */
  entryId: string | null;
  unlockedAt: Date;
  /** Sorted by key, each once. */
  identifiers: KnownIdentifier[];
  /** When the newest snapshot was fetched; null if there is none. */
  fetchedAt: Date | null;
};

// With table names, which Drizzle omits in a single-table query: the inner "workspace_id" would be compared with itself.
const ofUnlock = (table: 'unlock_keys' | 'snapshots') =>
  sql.raw(`"${table}"."workspace_id" = "unlocks"."workspace_id" and "${table}"."unlock_id" = "unlocks"."id"`);

const identifiersShape = z.array(
  z.object({ lookupKey: z.string(), source: z.enum(identifierSource.enumValues) }),
);

const readIdentifiers = (list: unknown): KnownIdentifier[] =>
  identifiersShape.parse(typeof list === 'string' ? JSON.parse(list) : list);

export const unlockColumns = {
  id: unlocks.id,
  accountId: unlocks.accountId,
  recordId: sql<string>`regexp_replace(${unlocks.recordKey}, '^.*:', '')`,
  operation: unlocks.operation,
  provider: unlocks.provider,
  sandbox: unlocks.sandbox,
  price: unlocks.price,
  origin: unlocks.origin,
  entryId: unlocks.entryId,
  unlockedAt: unlocks.unlockedAt,
  identifiers: sql<KnownIdentifier[]>`(
    select coalesce(json_agg(json_build_object('lookupKey', k.lookup_key, 'source', k.source) order by k.lookup_key), '[]')
    from (
      select lookup_key, min(source) as source from ${unlockKeys} where ${ofUnlock('unlock_keys')} group by lookup_key
    ) k
  )`.mapWith(readIdentifiers),
  fetchedAt:
    sql<Date | null>`(select max(fetched_at) from ${snapshots} where ${ofUnlock('snapshots')})`.mapWith(
      snapshots.fetchedAt,
    ),
} as const;

const isUnlock = (workspaceId: string, id: string) =>
  and(eq(unlocks.workspaceId, workspaceId), eq(unlocks.id, id));

/** An unlock; null if the workspace has none with this id. Throws FORBIDDEN. */
export const getUnlock = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Unlock | null> => {
  authorize(caller, 'read');
  if (!isId(id)) return null;
  const [row] = await database.db.select(unlockColumns).from(unlocks).where(isUnlock(caller.workspaceId, id));
  return row ?? null;
};

/** Which unlocks to list. The period is that of the purchase: `from` is inclusive, `to` is exclusive. */
export type UnlockFilter = {
  /** The text that leads to the record: an identifier, or the words of its name. Null or blank selects all. */
  search?: string | null | undefined;
  /** The unlocks with these ids, at most 100. */
  ids?: readonly string[] | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
  /** The unlocks of this connection's account, with any of its keys. */
  connectionId?: string | null | undefined;
  provider?: string | null | undefined;
  operation?: string | null | undefined;
  sandbox?: boolean | null | undefined;
};

/** The cursors of unlocks, and of their records. */
export const unlockCursors = cursorsOf('unlocks', [instantShape, idShape]);

/** The records that the workspace's accounts have paid for and that match, newest first. Throws FORBIDDEN, or BAD_REQUEST. */
export const listUnlocks = async (
  { database }: { database: Database },
  caller: Caller,
  input: Page & { filter: UnlockFilter },
): Promise<Listed<Unlock, number | null>> => {
  authorize(caller, 'read');
  const { first, position } = unlockCursors.readPage(input);
  const { condition: wanted, isMany } = await matchingUnlocks(database, caller, input.filter);
  const [at, id] = position ?? [];
  const rows = await database.db
    .select({
      unlock: unlockColumns,
      at: sql<string>`to_char(${unlocks.unlockedAt} at time zone 'UTC', ${instantFormat})`,
    })
    .from(unlocks)
    .where(
      and(
        wanted,
        at === undefined
          ? undefined
          : sql`(${unlocks.unlockedAt}, ${unlocks.id}) < (${at}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy(desc(unlocks.unlockedAt), desc(unlocks.id))
    .limit(first + 1);
  return unlockCursors.pageOf(
    rows,
    first,
    { item: ({ unlock }) => unlock, position: ({ at, unlock }) => [at, unlock.id] },
    async () => (isMany ? null : await database.db.$count(unlocks, wanted)),
  );
};

/**
 * The condition on `unlocks` for the caller's unlocks that match the filter, for one statement: what a search leads to is
 * read first. Throws BAD_REQUEST.
 */
export const matchingUnlocks = async (
  { db }: Pick<Database, 'db'>,
  caller: Caller,
  filter: UnlockFilter,
): Promise<Matching> => {
  const wanted = parseInput(filterSchema, filter, 'BAD_REQUEST');
  const search = readSearch(filter.search);
  const ofConnection = (id: string): SQL =>
    isId(id)
      ? inArray(
          unlocks.accountId,
          new QueryBuilder()
            .select({ accountId: connections.accountId })
            .from(connections)
            .where(and(eq(connections.workspaceId, caller.workspaceId), eq(connections.id, id))),
        )
      : nothing;
  const found = search === null ? null : await matchingRecords({ db }, caller, search);
  const condition = and(
    eq(unlocks.workspaceId, caller.workspaceId),
    found?.condition,
    narrow(wanted.ids, (ids) => inArray(unlocks.id, ids.filter(isId))),
    narrow(wanted.from, (from) => gte(unlocks.unlockedAt, from)),
    narrow(wanted.to, (to) => lt(unlocks.unlockedAt, to)),
    narrow(wanted.connectionId, ofConnection),
    narrow(wanted.provider, (provider) => eq(unlocks.provider, provider)),
    narrow(wanted.operation, (operation) => eq(unlocks.operation, operation)),
    narrow(wanted.sandbox, (sandbox) => eq(unlocks.sandbox, sandbox)),
  );
  return { condition, isMany: found?.isMany ?? false };
};

const idsMax = 100;
const idsFault = `A list of ids in a filter has 1 to ${idsMax} values: omit it to match all.`;

const filterSchema = z
  .object({
    ids: z.array(z.string()).min(1, idsFault).max(idsMax, idsFault).nullish(),
    from: instant('from').nullish(),
    to: instant('to').nullish(),
    connectionId: z.string().nullish(),
    provider: z.string().nullish(),
    operation: z.string().nullish(),
    sandbox: z.boolean().nullish(),
  })
  .refine(isInOrder, outOfOrder);
