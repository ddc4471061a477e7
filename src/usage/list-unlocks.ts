import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { connections, unlocks } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import {
  idShape,
  instantFormat,
  instantShape,
  type Listed,
  type Page,
  pageOf,
  readPage,
} from '../platform/page.js';
import { parseInput } from '../platform/parse-input.js';
import { narrow, nothing } from './entry-filter.js';
import { isInOrder, outOfOrder } from './in-order.js';
import { instant } from './instant.js';
import { type Unlock, unlockColumns } from './unlock.js';

/** Which unlocks are wanted, by when they were bought: `from` counts in, `to` does not. */
export type UnlockFilter = {
  from?: Date | null | undefined;
  to?: Date | null | undefined;
  /** The unlocks of this connection's account, whichever of its keys bought them. */
  connectionId?: string | null | undefined;
  provider?: string | null | undefined;
  operation?: string | null | undefined;
  sandbox?: boolean | null | undefined;
};

/** The records the workspace's accounts have paid for, newest first. Throws FORBIDDEN, or BAD_REQUEST. */
export const listUnlocks = async (
  { database }: { database: Database },
  caller: Caller,
  input: Page & { filter: UnlockFilter },
): Promise<Listed<Unlock>> => {
  authorize(caller, 'read');
  const { first, position } = readPage(input, [instantShape, idShape]);
  const wanted = matchingUnlocks(database, caller, input.filter);
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
  return pageOf(
    rows,
    first,
    { item: ({ unlock }) => unlock, position: ({ at, unlock }) => [at, unlock.id] },
    () => database.db.$count(unlocks, wanted),
  );
};

/** The caller's own unlocks that pass the filter, as a condition on `unlocks`. Throws BAD_REQUEST. */
export const matchingUnlocks = ({ db }: Database, caller: Caller, filter: UnlockFilter): SQL | undefined => {
  const wanted = parseInput(filterSchema, filter, 'BAD_REQUEST');
  const ofConnection = (id: string): SQL =>
    isId(id)
      ? inArray(
          unlocks.accountId,
          db
            .select({ accountId: connections.accountId })
            .from(connections)
            .where(and(eq(connections.workspaceId, caller.workspaceId), eq(connections.id, id))),
        )
      : nothing;
  return and(
    eq(unlocks.workspaceId, caller.workspaceId),
    narrow(wanted.from, (from) => gte(unlocks.unlockedAt, from)),
    narrow(wanted.to, (to) => lt(unlocks.unlockedAt, to)),
    narrow(wanted.connectionId, ofConnection),
    narrow(wanted.provider, (provider) => eq(unlocks.provider, provider)),
    narrow(wanted.operation, (operation) => eq(unlocks.operation, operation)),
    narrow(wanted.sandbox, (sandbox) => eq(unlocks.sandbox, sandbox)),
  );
};

const filterSchema = z
  .object({
    from: instant('from').nullish(),
    to: instant('to').nullish(),
    connectionId: z.string().nullish(),
    provider: z.string().nullish(),
    operation: z.string().nullish(),
    sandbox: z.boolean().nullish(),
  })
  .refine(isInOrder, outOfOrder);
