import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import { tokens } from '../../schema/tables/index.js';
import { authorize, authorizeInScope, type Caller } from '../access/caller.js';
import { fromPublicId } from '../access/public-ids.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, idShape, type Listed, type Page } from '../platform/page.js';
import { maySeeToken } from './daily-use.js';
import { type Token, tokenColumns, tokenOf } from './token.js';

/**
 * The tokens with these ids, by id; ids that this workspace does not have are left out. A caller who may read entries
 * may know whose they are, so `read` is enough; listing all tokens is for ADMIN. A confined token sees itself only. Throws
 * FORBIDDEN.
 */
export const getTokens = async (
  { database }: { database: Database },
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Token>> => {
  authorizeInScope(caller, 'read');
  const wanted = ids.filter((id) => isId(id) && maySeeToken(caller, id));
  const rows = await database.db
    .select(tokenColumns)
    .from(tokens)
    .where(and(eq(tokens.workspaceId, caller.workspaceId), inArray(tokens.id, wanted)));
  return new Map(rows.map((row) => [row.id, tokenOf(row)]));
};

const cursors = cursorsOf('tokens', [idShape]);

/** The workspace's tokens, oldest first, revoked and expired ones too. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listTokens = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<Token>> => {
  authorize(caller, 'manageTokens');
  const { first, position } = cursors.readPage(page);
  const inWorkspace = eq(tokens.workspaceId, caller.workspaceId);
  // Ids sort by time, so they are the order and the cursor.
  const [after] = position ?? [];
  const rows = await database.db
    .select(tokenColumns)
    .from(tokens)
    .where(and(inWorkspace, after === undefined ? undefined : gt(tokens.id, after)))
    .orderBy(asc(tokens.id))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: tokenOf, position: ({ id }) => [id] }, () =>
    database.db.$count(tokens, inWorkspace),
  );
};

/**
 * The token with this id or name; of several with the name the one that is not revoked. Throws FORBIDDEN, NOT_FOUND, or
 * INVALID_INPUT when several have the name.
 */
export const findToken = async (
  { database }: { database: Database },
  caller: Caller,
  nameOrId: string,
): Promise<Token> => {
  authorize(caller, 'manageTokens');
  const id = fromPublicId('token', nameOrId);
  const rows = await database.db
    .select(tokenColumns)
    .from(tokens)
    .where(and(eq(tokens.workspaceId, caller.workspaceId), or(eq(tokens.name, nameOrId), eq(tokens.id, id))));
  const valid = rows.filter(({ revokedAt }) => revokedAt === null);
  const [found, another] = valid.length === 0 ? rows : valid;
  if (found === undefined) {
    throw new GatewayError('NOT_FOUND', `There is no token "${nameOrId}": list the tokens and name one.`);
  }
  if (another === undefined) return tokenOf(found);
  throw new GatewayError('INVALID_INPUT', `Several tokens are named "${nameOrId}": name one by its id.`);
};
