import { timingSafeEqual } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { tokens, workspaces } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Clock } from '../platform/time.js';
import type { Database } from '../platform/database.js';
import { withStoreTimeout } from '../platform/with-timeout.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import type { Caller } from './caller.js';
import { toPublicId } from './public-ids.js';
import { hashOf, hashPrefixOf, tokenShape } from './token-secret.js';

type StoredToken = { caller: Caller; expiresAt: Date | null; revokedAt: Date | null };

// Half of the second in which a token revoked by any instance must be refused by all.
const cacheMs = 500;

/**
 * Makes the function that finds the caller of a token. It throws UNAUTHENTICATED with the same message for every fault
 * of the token, so that a guesser learns nothing, and UNAVAILABLE within two seconds when the database does not
 * answer. A token revoked anywhere is refused within a second; its expiry is checked at each use.
 */
export const createCallerFinder = (deps: {
  database: Database;
  clock: Clock;
}): ((token: string) => Promise<Caller>) => {
  const cached = createCachedLoader<StoredToken | null>({ ttlMs: cacheMs, max: 10_000 });

  return async (token) => {
    if (!tokenShape.test(token)) throw unauthenticated({ reason: 'MALFORMED' });
    const hash = hashOf(token);
    const stored = await cached(hash.toString('base64'), () =>
      withStoreTimeout(() => loadToken(deps.database, hash), 'UNAVAILABLE'),
    );
    if (stored === null) throw unauthenticated({ reason: 'UNKNOWN' });
    const tokenId = toPublicId('token', stored.caller.tokenId);
    if (stored.revokedAt !== null) throw unauthenticated({ reason: 'REVOKED', tokenId });
    if (stored.expiresAt !== null && stored.expiresAt <= deps.clock.now())
      throw unauthenticated({ reason: 'EXPIRED', tokenId });
    return stored.caller;
  };
};

const loadToken = async ({ db }: Database, hash: Buffer): Promise<StoredToken | null> => {
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
      useIsRecent: sql<boolean>`coalesce(${tokens.lastUsedAt} > now() - interval '1 minute', false)`,
    })
    .from(tokens)
    .innerJoin(workspaces, eq(workspaces.id, tokens.workspaceId))
    .where(eq(tokens.hashPrefix, hashPrefixOf(hash)));
  const row = rows.find((row) => timingSafeEqual(row.hash, hash));
  if (row === undefined) return null;

  const { hash: _, expiresAt, revokedAt, useIsRecent, ...caller } = row;
  if (!useIsRecent && revokedAt === null) recordUse({ db }, caller);
  return { caller, expiresAt, revokedAt };
};

/** Not awaited, and a failure is ignored: the next use is recorded. */
const recordUse = ({ db }: Pick<Database, 'db'>, caller: Caller): void => {
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

const unauthenticated = (logFacts: Readonly<Record<string, string>>): GatewayError =>
  new GatewayError(
    'UNAUTHENTICATED',
    'This token is not one of the gateway, or was revoked, or has expired: send a valid one as "Authorization: Bearer fgw_…".',
    { logFacts },
  );
