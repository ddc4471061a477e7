import { and, asc, eq, gt } from 'drizzle-orm';
import { tokens } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import { idShape, type Listed, type Page, pageOf, readPage } from '../platform/page.js';
import { authorize, type Caller } from './caller.js';
import { type Token, tokenColumns } from './token.js';

/** The workspace's tokens, oldest first, revoked and expired ones too. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listTokens = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<Token>> => {
  authorize(caller, 'manageTokens');
  const { first, position } = readPage(page, [idShape]);
  const ours = eq(tokens.workspaceId, caller.workspaceId);
  // Ids are made in the order of time, so they are the order and the cursor at once.
  const [after] = position ?? [];
  const rows = await database.db
    .select(tokenColumns)
    .from(tokens)
    .where(and(ours, after === undefined ? undefined : gt(tokens.id, after)))
    .orderBy(asc(tokens.id))
    .limit(first + 1);
  return pageOf(rows, first, { item: (token) => token, position: ({ id }) => [id] }, () =>
    database.db.$count(tokens, ours),
  );
};
