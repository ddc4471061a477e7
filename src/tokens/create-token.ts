import { and, eq, inArray, isNull } from 'drizzle-orm';
import { connections, tokens } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller, type Role } from '../access/caller.js';
import { unrestricted } from '../access/scopes.js';
import { hashColumns, newSecret } from '../access/token-secret.js';
import { limitTokenCredits } from '../budgets/token-credits.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { newId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import type { Clock } from '../platform/time.js';
import { type Token, tokenChange, tokenColumns, writtenToken } from './token.js';
import {
  changeRestrictions,
  checkRestrictions,
  columnsOf,
  type LimitsInput,
  newTokenInput,
  type ScopesInput,
} from './token-input.js';

export type CreateTokenInput = {
  name: string;
  role: Role;
  expiresAt?: Date | null | undefined;
  /** The workflow of lookups that name none. */
  workflow?: string | null | undefined;
  scopes?: ScopesInput | null | undefined;
  limits?: LimitsInput | null | undefined;
};

/**
 * Creates a token. The secret is in the result and nowhere else: it is stored as a hash and cannot be shown again.
 * Throws FORBIDDEN, or INVALID_INPUT with the field at fault, also for scopes or limits of an ADMIN, which could remove
 * them.
 */
export const createToken = async (
  deps: { database: Database; clock: Clock },
  caller: Caller,
  input: CreateTokenInput,
): Promise<{ token: Token; secret: string }> => {
  authorize(caller, 'manageTokens');
  const read = parseInput(newTokenInput(deps.clock.now()), input);
  const { name, role, expiresAt = null, workflow = null } = read;
  const restrictions = changeRestrictions(unrestricted, read);
  checkRestrictions({ role, workflow }, restrictions);
  const secret = newSecret();
  const { workspaceId } = caller;
  const id = newId();
  const token = await retryOnDeadlock(() =>
    deps.database.db.transaction(async (tx) => {
      await refuseUnknownConnections(tx, workspaceId, restrictions.scopes.connections);
      const columns = { ...columnsOf(restrictions), ...hashColumns(secret) };
      const created = writtenToken(
        await tx
          .insert(tokens)
          .values({ workspaceId, id, name, role, workflow, expiresAt, ...columns })
          .returning(tokenColumns),
      );
      const { creditsPerDay } = restrictions.limits;
      if (creditsPerDay !== null) {
        await limitTokenCredits(tx, { workspaceId, tokenId: id, tokenName: name }, creditsPerDay);
      }
      await recordChange(tx, caller, tokenChange('token.create', null, created));
      return created;
    }),
  );
  return { token, secret };
};

/** Refuses a scope with a connection that the workspace does not have. Throws INVALID_INPUT. */
export const refuseUnknownConnections = async (
  tx: Pick<Drizzle, '$count'>,
  workspaceId: string,
  ids: readonly string[] | null,
): Promise<void> => {
  if (ids === null) return;
  const named = and(
    eq(connections.workspaceId, workspaceId),
    inArray(connections.id, [...ids]),
    isNull(connections.deletedAt),
  );
  if ((await tx.$count(connections, named)) === ids.length) return;
  throw new GatewayError(
    'INVALID_INPUT',
    'This workspace does not have all of these connections: list the connections and name some of them.',
    { field: ['scopes', 'connections'] },
  );
};
