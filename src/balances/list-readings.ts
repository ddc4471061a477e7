import { and, desc, eq, sql } from 'drizzle-orm';
import { balanceReadings } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import {
  idShape,
  instantFormat,
  instantShape,
  type Listed,
  type Page,
  pageOf,
  readPage,
} from '../platform/page.js';
import type { Reading } from './balance.js';

/** All that was read of an account's balance, newest first. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listReadings = async (
  { database: { db } }: { database: Database },
  caller: Caller,
  input: Page & { accountId: string },
): Promise<Listed<Reading>> => {
  authorize(caller, 'read');
  const { first, position } = readPage(input, [instantShape, idShape]);
  const wanted = and(
    eq(balanceReadings.workspaceId, caller.workspaceId),
    eq(balanceReadings.accountId, input.accountId),
  );
  const [at, id] = position ?? [];
  const rows = await db
    .select({
      reading: readingColumns,
      at: sql<string>`to_char(${balanceReadings.observedAt} at time zone 'UTC', ${instantFormat})`,
    })
    .from(balanceReadings)
    .where(
      and(
        wanted,
        at === undefined
          ? undefined
          : sql`(${balanceReadings.observedAt}, ${balanceReadings.id}) < (${at}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy(desc(balanceReadings.observedAt), desc(balanceReadings.id))
    .limit(first + 1);
  return pageOf(
    rows,
    first,
    { item: ({ reading }) => reading, position: (row) => [row.at, row.reading.id] },
    () => db.$count(balanceReadings, wanted),
  );
};

const readingColumns = {
  id: balanceReadings.id,
  at: balanceReadings.observedAt,
  credits: balanceReadings.credits,
  source: balanceReadings.source,
} as const;
