import { timingSafeEqual } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { tokens, workspaces } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Clock } from '../platform/time.js';
import type { Database } from '../platform/database.js';
import { withStoreTimeout } from '../platform/with-timeout.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import type { Caller } from './caller.js';
import { hashOf, hashPrefixOf, tokenShape } from './token-hash.js';

type Standing = { caller: Caller; expiresAt: Date | null; revokedAt: Date | null };

// Half of the second in which a token revoked by any instance must be refused by all.
const rememberedMsMax = 500;

/**
 * Makes the function that tells who is behind a token. It throws UNAUTHENTICATED with one and the same message for
 * whatever is wrong with the token, so that it tells a guesser nothing, and UNAVAILABLE within two seconds when the
 * database does not answer. A token revoked anywhere is refused within a second; expiry counts at every use.
 */
export const createCallerFinder = (deps: {
  database: Database;
  clock: Clock;
}): ((token: string) => Promise<Caller>) => {
  const remember = createCachedLoader<Standing | null>({ ttlMs: rememberedMsMax, max: 10_000 });

  return async (token) => {
    if (!tokenShape.test(token)) throw unauthenticated();
    const hash = hashOf(token);
    const standing = await remember(hash.toString('base64'), () =>
      withStoreTimeout(() => loadStanding(deps.database, hash), 'UNAVAILABLE'),
    );
    if (standing === null || standing.revokedAt !== null) throw unauthenticated();
    if (standing.expiresAt !== null && standing.expiresAt <= deps.clock.now()) throw unauthenticated();
    return standing.caller;
  };
};

const loadStanding = async ({ db }: Database, hash: Buffer): Promise<Standing | null> => {
  const rows = await db
    .select({
      hash: tokens.hash,
      workspaceId: tokens.workspaceId,
      workspaceName: workspaces.name,
      plan: workspaces.plan,
      tokenId: tokens.id,
      tokenName: tokens.name,
      role: tokens.role,
      workflow: tokens.workflow,
      expiresAt: tokens.expiresAt,
      revokedAt: tokens.revokedAt,
      useIsNoted: sql<boolean>`coalesce(${tokens.lastUsedAt} > now() - interval '1 minute', false)`,
    })
    .from(tokens)
    .innerJoin(workspaces, eq(workspaces.id, tokens.workspaceId))
    .where(eq(tokens.hashPrefix, hashPrefixOf(hash)));
  const row = rows.find((row) => timingSafeEqual(row.hash, hash));
  if (row === undefined) return null;

  const { hash: _, expiresAt, revokedAt, useIsNoted, ...caller } = row;
  if (!useIsNoted && revokedAt === null) noteUse({ db }, caller);
  return { caller, expiresAt, revokedAt };
};

/** Nobody waits for this, and a use that could not be noted harms nobody: the next one will be. */
const noteUse = ({ db }: Pick<Database, 'db'>, caller: Caller): void => {
  db.update(tokens)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(tokens.workspaceId, caller.workspaceId),
        eq(tokens.id, caller.tokenId),
        sql`coalesce(${tokens.lastUsedAt} <= now() - interval '1 minute', true)`,
      ),
    )
    .catch(() => {});
};

const unauthenticated = (): GatewayError =>
  new GatewayError(
    'UNAUTHENTICATED',
    'This token is not one of the gateway, or was revoked, or has expired: send a valid one as "Authorization: Bearer fgw_…".',
  );
