import { and, eq, sql } from 'drizzle-orm';
import { tokens } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { authorize, type Caller } from '../access/caller.js';
import { hashColumns, newSecret } from '../access/token-secret.js';
import { limitTokenCredits } from '../budgets/token-credits.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { retryOnDeadlock } from '../platform/database-errors.js';
import { isId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import type { Clock } from '../platform/time.js';
import { type CreateTokenInput, refuseUnknownConnections } from './create-token.js';
import { countPresentDay } from './daily-use.js';
import {
  lockToken,
  type Token,
  tokenChange,
  tokenColumns,
  tokenNotFound,
  tokenOf,
  writtenToken,
} from './token.js';
import { changedTokenInput, changeRestrictions, checkRestrictions, columnsOf } from './token-input.js';

type Deps = { database: Database; clock: Clock };

/** What is left out stays. Null removes: the expiry, the workflow, a scope, a limit, or all scopes or limits. */
export type UpdateTokenInput = Partial<Omit<CreateTokenInput, 'role' | 'name'>> & {
  id: string;
  name?: string | null | undefined;
};

/**
 * Changes a token, apart from its role. Every instance applies it within a second; limits of lookups and credits apply
 * at once, and count the present day from its start. Throws FORBIDDEN, NOT_FOUND, or INVALID_INPUT with the field at fault, also for a
 * revoked token and the bootstrap token.
 */
export const updateToken = async (deps: Deps, caller: Caller, input: UpdateTokenInput): Promise<Token> => {
  authorize(caller, 'manageTokens');
  const read = parseInput(changedTokenInput(deps.clock.now()), { ...input, name: input.name ?? undefined });
  const { workspaceId } = caller;
  return retryOnDeadlock(() =>
    deps.database.db.transaction(async (tx) => {
      const before = await lockToken(tx, workspaceId, read.id);
      const { id } = before;
      const name = read.name ?? before.name;
      const workflow = read.workflow === undefined ? before.workflow : read.workflow;
      const expiresAt = read.expiresAt === undefined ? before.expiresAt : read.expiresAt;
      const restrictions = changeRestrictions(before, read);
      checkRestrictions({ role: before.role, workflow }, restrictions);
      if (read.scopes?.connections !== undefined) {
        await refuseUnknownConnections(tx, workspaceId, restrictions.scopes.connections);
      }
      const { lookupsPerDay, creditsPerDay } = restrictions.limits;
      if (before.limits.lookupsPerDay === null && lookupsPerDay !== null) {
        await countPresentDay(tx, workspaceId, id);
      }
      if (before.limits.creditsPerDay !== creditsPerDay || (creditsPerDay !== null && name !== before.name)) {
        await limitTokenCredits(tx, { workspaceId, tokenId: id, tokenName: name }, creditsPerDay);
      }
      const rows = await tx
        .update(tokens)
        .set({ name, workflow, expiresAt, ...columnsOf(restrictions) })
        .where(and(eq(tokens.workspaceId, workspaceId), eq(tokens.id, id)))
        .returning(tokenColumns);
      const after = writtenToken(rows);
      await recordChange(tx, caller, tokenChange('token.update', before, after));
      return after;
    }),
  );
};

/** How long the secret before a rotation may stay valid: 7 days. */
export const overlapSecondsMax = 7 * 86_400;

/**
 * Gives a token a new secret, which is in the result and nowhere else. The secret before it is valid for another
 * `overlapSeconds`, so that clients can be changed one by one; with 0 it ends at once (every instance refuses it within a
 * second). A second rotation ends the overlap of the first. Name, role, scopes, limits, use and entries stay. Throws
 * FORBIDDEN, NOT_FOUND, or INVALID_INPUT for an overlap out of range and for a revoked, an expired and the bootstrap token.
 */
export const rotateToken = async (
  deps: Deps,
  caller: Caller,
  input: { id: string; overlapSeconds: number },
): Promise<{ token: Token; secret: string }> => {
  authorize(caller, 'manageTokens');
  const { id, overlapSeconds } = input;
  if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > overlapSecondsMax) {
    throw new GatewayError(
      'INVALID_INPUT',
      `The overlap must be from 0 to ${overlapSecondsMax} seconds: choose another.`,
      { field: ['overlapSeconds'] },
    );
  }
  const { workspaceId } = caller;
  const secret = newSecret();
  const token = await deps.database.db.transaction(async (tx) => {
    const before = await lockToken(tx, workspaceId, id);
    const { expiresAt } = before;
    if (expiresAt !== null && expiresAt <= deps.clock.now()) throw expired();
    const keeps = overlapSeconds > 0;
    const endsAt = new Date(deps.clock.now().getTime() + overlapSeconds * 1_000);
    const rows = await tx
      .update(tokens)
      .set({
        ...hashColumns(secret),
        previousHash: keeps ? sql`${tokens.hash}` : null,
        previousHashPrefix: keeps ? sql`${tokens.hashPrefix}` : null,
        previousEndsAt: keeps ? endsAt : null,
      })
      .where(and(eq(tokens.workspaceId, workspaceId), eq(tokens.id, id)))
      .returning(tokenColumns);
    const after = writtenToken(rows);
    await recordChange(tx, caller, tokenChange('token.rotate', before, after, { secretReplaced: true }));
    return after;
  });
  return { token, secret };
};

const expired = (): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    'This token has expired, and so would its new secret: give it a later expiry with updateToken first.',
    { field: ['id'] },
  );

/**
 * Revokes a token with all its secrets: every instance refuses it within a second. Revoking it again changes nothing. The
 * row stays, because entries refer to it. Throws FORBIDDEN or NOT_FOUND.
 */
export const revokeToken = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Token> => {
  authorize(caller, 'manageTokens');
  if (!isId(id)) throw tokenNotFound();
  const isToken = and(eq(tokens.workspaceId, caller.workspaceId), eq(tokens.id, id));
  return database.db.transaction(async (tx) => {
    const [row] = await tx.select(tokenColumns).from(tokens).where(isToken).for('no key update');
    if (row === undefined) throw tokenNotFound();
    const rows = await tx
      .update(tokens)
      .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, now())` })
      .where(isToken)
      .returning(tokenColumns);
    const after = writtenToken(rows);
    await recordChange(tx, caller, tokenChange('token.revoke', tokenOf(row), after));
    return after;
  });
};
