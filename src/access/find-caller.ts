import { timingSafeEqual } from 'node:crypto';
import { and, eq, or, sql } from 'drizzle-orm';
import { tokens, workspaces } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Clock } from '../platform/time.js';
import type { Database } from '../platform/database.js';
import { withStoreTimeout } from '../platform/with-timeout.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import type { Caller } from './caller.js';
import { toPublicId } from './public-ids.js';
import { restrictionsOf } from './scopes.js';
import { hashOf, hashPrefixOf, tokenShape } from './token-secret.js';

type StoredToken = {
  caller: Caller;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** When this secret ends because the token was rotated; null for the present one. */
  replacedAt: Date | null;
};

// Half of the second in which a token revoked by any instance must be refused by all.
const cacheMs = 500;

/**
 * Makes the function that finds the caller of a token. It throws UNAUTHENTICATED with the same message for every fault
 * of the token, so that a guesser learns nothing, and UNAVAILABLE within two seconds when the database does not
 * answer. A token revoked or changed anywhere is refused within a second; its expiry and the end of a replaced secret are
 * checked at each use.
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
      withStoreTimeout(() => loadToken(deps.database, hash, deps.clock.now()), 'UNAVAILABLE'),
    );
    if (stored === null) throw unauthenticated({ reason: 'UNKNOWN' });
    const tokenId = toPublicId('token', stored.caller.tokenId);
    if (stored.revokedAt !== null) throw unauthenticated({ reason: 'REVOKED', tokenId });
    const now = deps.clock.now();
    if (stored.expiresAt !== null && stored.expiresAt <= now)
      throw unauthenticated({ reason: 'EXPIRED', tokenId });
    if (stored.replacedAt !== null && stored.replacedAt <= now)
      throw unauthenticated({ reason: 'ROTATED', tokenId });
    return stored.caller;
  };
};

/** The columns from which `restrictionsOf` reads. */
export const restrictionColumns = {
  scopeOperations: tokens.scopeOperations,
  scopeConnections: tokens.scopeConnections,
  scopeWorkflows: tokens.scopeWorkflows,
  maySpend: tokens.maySpend,
  requestsPerSecond: tokens.requestsPerSecond,
  lookupsPerDay: tokens.lookupsPerDay,
  creditsPerDay: tokens.creditsPerDay,
} as const;

const callerColumns = {
  ...restrictionColumns,
  workspaceId: tokens.workspaceId,
  workspaceName: workspaces.name,
  plan: workspaces.plan,
  tokenId: tokens.id,
  tokenName: tokens.name,
  role: tokens.role,
  workflow: tokens.workflow,
  expiresAt: tokens.expiresAt,
  revokedAt: tokens.revokedAt,
} as const;

const callerOf = ({
  workspaceId,
  workspaceName,
  plan,
  tokenId,
  tokenName,
  role,
  workflow,
  ...row
}: Omit<Caller, 'scopes' | 'limits'> & Parameters<typeof restrictionsOf>[0]): Caller => ({
  workspaceId,
  workspaceName,
  plan,
  tokenId,
  tokenName,
  role,
  workflow,
  ...restrictionsOf(row),
});

/**
 * The caller of a token by its id, as it is now, for work that goes on without a request. Throws FORBIDDEN where the token was
 * revoked or has expired.
 */
export const readCallerOfToken = async (
  { database: { db }, clock }: { database: Pick<Database, 'db'>; clock: Clock },
  { workspaceId, tokenId }: Pick<Caller, 'workspaceId' | 'tokenId'>,
): Promise<Caller> => {
  const [row] = await db
    .select(callerColumns)
    .from(tokens)
    .innerJoin(workspaces, eq(workspaces.id, tokens.workspaceId))
    .where(and(eq(tokens.workspaceId, workspaceId), eq(tokens.id, tokenId)));
  if (row === undefined || row.revokedAt !== null) throw tokenEnded('was revoked');
  if (row.expiresAt !== null && row.expiresAt <= clock.now()) throw tokenEnded('has expired');
  return callerOf(row);
};

const tokenEnded = (how: string): GatewayError =>
  new GatewayError('FORBIDDEN', `The token that created this ${how}: create it again with a valid token.`);

const loadToken = async ({ db }: Database, hash: Buffer, now: Date): Promise<StoredToken | null> => {
  const prefix = hashPrefixOf(hash);
  const rows = await db
    .select({
      ...callerColumns,
      hash: tokens.hash,
      previousHash: tokens.previousHash,
      previousEndsAt: tokens.previousEndsAt,
      useIsRecent: sql<boolean>`coalesce(${tokens.lastUsedAt} > now() - interval '1 minute', false)`,
    })
    .from(tokens)
    .innerJoin(workspaces, eq(workspaces.id, tokens.workspaceId))
    .where(or(eq(tokens.hashPrefix, prefix), eq(tokens.previousHashPrefix, prefix)));
  const present = rows.find((row) => timingSafeEqual(row.hash, hash));
  const row =
    present ?? rows.find(({ previousHash }) => previousHash !== null && timingSafeEqual(previousHash, hash));
  if (row === undefined) return null;

  const { expiresAt, revokedAt } = row;
  const caller = callerOf(row);
  const replacedAt = present === undefined ? row.previousEndsAt : null;
  const hasEnded = [expiresAt, revokedAt, replacedAt].some((at) => at !== null && at <= now);
  if (!row.useIsRecent && !hasEnded) recordUse({ db }, caller);
  return { caller, expiresAt, revokedAt, replacedAt };
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
