import { and, asc, eq, gt, type InferSelectModel, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { tokens } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId, newId } from '../platform/ids.js';
import { idShape, type Listed, type Page, pageOf, readPage } from '../platform/page.js';
import { label, parseInput } from '../platform/parse-input.js';
import type { Clock } from '../platform/time.js';
import { authorize, type Caller, type Role, roles } from './caller.js';
import { bootstrapName, hashColumns, newSecret } from './token-secret.js';

/** A gateway credential, without its secret and hash. */
export type Token = Omit<InferSelectModel<typeof tokens>, 'workspaceId' | 'hash' | 'hashPrefix'>;

const tokenColumns = {
  id: tokens.id,
  name: tokens.name,
  role: tokens.role,
  hint: tokens.hint,
  workflow: tokens.workflow,
  expiresAt: tokens.expiresAt,
  lastUsedAt: tokens.lastUsedAt,
  revokedAt: tokens.revokedAt,
  createdAt: tokens.createdAt,
} as const;

export type CreateTokenInput = {
  name: string;
  role: Role;
  expiresAt?: Date | null | undefined;
  /** The workflow of lookups that name none. */
  workflow?: string | null | undefined;
};

/**
 * Creates a token. The secret is in the result and nowhere else: it is stored as a hash and cannot be shown again.
 * Throws FORBIDDEN, or INVALID_INPUT with the field at fault.
 */
export const createToken = async (
  deps: { database: Database; clock: Clock },
  caller: Caller,
  input: CreateTokenInput,
): Promise<{ token: Token; secret: string }> => {
  authorize(caller, 'manageTokens');
  const { name, role, expiresAt, workflow } = parseInput(inputSchema(deps.clock.now()), input);
  const secret = newSecret();
  const [token] = await deps.database.db
    .insert(tokens)
    .values({
      workspaceId: caller.workspaceId,
      id: newId(),
      name,
      role,
      workflow: workflow ?? null,
      expiresAt: expiresAt ?? null,
      ...hashColumns(secret),
    })
    .returning(tokenColumns);
  if (token === undefined) throw new Error('the new token was not returned');
  return { token, secret };
};

const inputSchema = (now: Date) =>
  z.object({
    name: label('name').refine(
      (name) => name !== bootstrapName,
      'The name "bootstrap" is reserved for the token of GATEWAY_BOOTSTRAP_TOKEN: choose another.',
    ),
    role: z.enum(roles, `The role must be one of ${roles.join(', ')}: choose one.`),
    expiresAt: z
      .date('The expiry must be an instant: write it as 2030-01-31T00:00:00Z.')
      .refine((at) => at > now, 'The expiry is in the past: choose a later one, or leave it out.')
      .nullish(),
    workflow: label('workflow').nullish(),
  });

/**
 * Revokes a token: every instance refuses it within a second. Revoking it again changes nothing. The row stays, because
 * entries refer to it. Throws FORBIDDEN or NOT_FOUND.
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

const tokenNotFound = (): GatewayError =>
  new GatewayError('NOT_FOUND', 'This workspace has no such token: list the tokens and name one of them.', {
    field: ['id'],
  });

/**
 * The tokens with these ids, by id; ids that this workspace does not have are left out. A caller who may read entries
 * may know whose they are, so `read` is enough; listing all tokens is for ADMIN. Throws FORBIDDEN.
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

/** The workspace's tokens, oldest first, revoked and expired ones too. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listTokens = async (
  { database }: { database: Database },
  caller: Caller,
  page: Page,
): Promise<Listed<Token>> => {
  authorize(caller, 'manageTokens');
  const { first, position } = readPage(page, [idShape]);
  const inWorkspace = eq(tokens.workspaceId, caller.workspaceId);
  // Ids sort by time, so they are the order and the cursor.
  const [after] = position ?? [];
  const rows = await database.db
    .select(tokenColumns)
    .from(tokens)
    .where(and(inWorkspace, after === undefined ? undefined : gt(tokens.id, after)))
    .orderBy(asc(tokens.id))
    .limit(first + 1);
  return pageOf(rows, first, { item: (token) => token, position: ({ id }) => [id] }, () =>
    database.db.$count(tokens, inWorkspace),
  );
};
