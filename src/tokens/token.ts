import { type InferSelectModel, and, eq } from 'drizzle-orm';
import { tokens } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import type { AuditAction, Change } from '../access/audit-log.js';
import { restrictionColumns } from '../access/find-caller.js';
import { toPublicId } from '../access/public-ids.js';
import {
  restrictionsOf,
  type RestrictionColumns,
  type TokenLimits,
  type TokenScopes,
} from '../access/scopes.js';
import { bootstrapName } from '../access/token-secret.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';

/** A gateway credential, without its secrets and hashes. */
export type Token = PublicColumns & { scopes: TokenScopes; limits: TokenLimits };

type PublicColumns = Omit<InferSelectModel<typeof tokens>, Secret | keyof RestrictionColumns>;
type Secret = 'workspaceId' | 'hash' | 'hashPrefix' | 'previousHash' | 'previousHashPrefix';

export const tokenColumns = {
  id: tokens.id,
  name: tokens.name,
  role: tokens.role,
  hint: tokens.hint,
  workflow: tokens.workflow,
  expiresAt: tokens.expiresAt,
  lastUsedAt: tokens.lastUsedAt,
  revokedAt: tokens.revokedAt,
  createdAt: tokens.createdAt,
  previousEndsAt: tokens.previousEndsAt,
  ...restrictionColumns,
} as const;

type Row = Omit<Token, 'scopes' | 'limits'> & RestrictionColumns;

/** The token in a row of `tokenColumns`. */
export const tokenOf = (row: Row): Token => ({
  id: row.id,
  name: row.name,
  role: row.role,
  hint: row.hint,
  workflow: row.workflow,
  expiresAt: row.expiresAt,
  lastUsedAt: row.lastUsedAt,
  revokedAt: row.revokedAt,
  createdAt: row.createdAt,
  previousEndsAt: row.previousEndsAt,
  ...restrictionsOf(row),
});

/** The change of a token for the audit log; null where it did not exist before, or is revoked. */
export const tokenChange = (
  action: AuditAction,
  before: Token | null,
  after: Token,
  more: Facts = {},
): Change => ({
  action,
  subject: toPublicId('token', after.id),
  before: before === null ? null : factsOf(before),
  after: { ...factsOf(after), ...more },
});

const factsOf = ({ scopes, limits, ...token }: Token): Facts => ({
  name: token.name,
  role: token.role,
  hint: token.hint,
  workflow: token.workflow,
  expiresAt: token.expiresAt,
  revokedAt: token.revokedAt,
  previousEndsAt: token.previousEndsAt,
  scopes: {
    ...scopes,
    connections: scopes.connections?.map((id) => toPublicId('connection', id)) ?? null,
  },
  limits,
});

/** The token that a statement wrote. */
export const writtenToken = (rows: readonly Row[]): Token => {
  const [row] = rows;
  if (row === undefined) throw new Error('the written token was not returned');
  return tokenOf(row);
};

export const tokenNotFound = (): GatewayError =>
  new GatewayError('NOT_FOUND', 'This workspace has no such token: list the tokens and name one of them.', {
    field: ['id'],
  });

/**
 * Locks a token that is to be changed. Throws NOT_FOUND, and INVALID_INPUT for a revoked token and for the bootstrap
 * token: each start sets it again from GATEWAY_BOOTSTRAP_TOKEN, so a change would not last.
 */
export const lockToken = async (
  tx: Pick<Drizzle, 'select'>,
  workspaceId: string,
  id: string,
): Promise<Token> => {
  const [row] = isId(id)
    ? await tx
        .select(tokenColumns)
        .from(tokens)
        .where(and(eq(tokens.workspaceId, workspaceId), eq(tokens.id, id)))
        .for('update')
    : [];
  if (row === undefined) throw tokenNotFound();
  if (row.name === bootstrapName) throw unchangeable(followsSetting);
  if (row.revokedAt !== null) throw unchangeable('This token is revoked: create another one.');
  return tokenOf(row);
};

const followsSetting =
  'The bootstrap token follows the setting GATEWAY_BOOTSTRAP_TOKEN: change that and restart the gateway, which revokes the token before it, or create another token with the role ADMIN.';

const unchangeable = (message: string): GatewayError =>
  new GatewayError('INVALID_INPUT', message, { field: ['id'] });
