import { and, eq, sql } from 'drizzle-orm';
import { tokens } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { authorize, type Caller } from './caller.js';
import { type Token, tokenColumns, tokenNotFound } from './token.js';

/**
 * Ends a token: every instance refuses it within a second. Revoking it again changes nothing, and the row stays,
 * so that what was spent with it keeps a name. Throws FORBIDDEN or NOT_FOUND.
 */
export const revokeToken = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Token> => {
  authorize(caller, 'manageTokens');
  if (!isId(id)) throw tokenNotFound();
  const [token] = await database.db
    .update(tokens)
    .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, now())` })
    .where(and(eq(tokens.workspaceId, caller.workspaceId), eq(tokens.id, id)))
    .returning(tokenColumns);
  if (token === undefined) throw tokenNotFound();
  return token;
};
