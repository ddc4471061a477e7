import { and, eq, inArray } from 'drizzle-orm';
import { tokens } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { authorize, type Caller } from './caller.js';
import { type Token, tokenColumns } from './token.js';

/**
 * The tokens with these ids, by id; what this workspace does not have is left out. Whoever reads the ledger may know
 * whose spending it tells of, so reading is enough; listing all tokens is for ADMIN. Throws FORBIDDEN.
 */
export const getTokens = async (
  { database }: { database: Database },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Token>> => {
  authorize(caller, 'read');
  const rows = await database.db
    .select(tokenColumns)
    .from(tokens)
    .where(and(eq(tokens.workspaceId, caller.workspaceId), inArray(tokens.id, ids.filter(isId))));
  return new Map(rows.map((token) => [token.id, token]));
};
