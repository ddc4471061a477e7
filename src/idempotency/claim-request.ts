import { and, eq, sql } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';

/** A change as its row knows it: whose, under which key, and what it says, the latter two as fingerprints. */
export type RequestPlace = {
  workspaceId: string;
  tokenId: string;
  keyFingerprint: Buffer;
  requestFingerprint: Buffer;
};

/** The right to run a change, until somebody else has taken it over. */
export type Claim = { workspaceId: string; tokenId: string; keyFingerprint: Buffer; id: string };

export const leaseSeconds = 60;
const keptHours = 24;

export const leaseEnd = sql`now() + make_interval(secs => ${leaseSeconds})`;

/**
 * Takes the right to run a change, in one statement; of many who try, on any instance, one gets it. Null where the key
 * is taken: by a run under way, an answer that is kept, or another request. What is older than 24 hours counts as
 * gone, and a run whose lease is over as dead.
 */
export const claimRequest = async (
  { db }: Pick<Database, 'db'>,
  place: RequestPlace,
): Promise<Claim | null> => {
  const run = {
    id: newId(),
    requestFingerprint: place.requestFingerprint,
    leaseEndsAt: leaseEnd,
    expiresAt: sql`now() + make_interval(hours => ${keptHours})`,
  };
  const { workspaceId, tokenId, keyFingerprint } = place;
  const [claimed] = await db
    .insert(idempotentRequests)
    .values({ workspaceId, tokenId, keyFingerprint, ...run })
    .onConflictDoUpdate({
      target: [idempotentRequests.workspaceId, idempotentRequests.tokenId, idempotentRequests.keyFingerprint],
      set: { ...run, answerSealed: null, createdAt: sql`now()` },
      setWhere: sql`${idempotentRequests.expiresAt} <= now() or (
        ${idempotentRequests.answerSealed} is null and ${idempotentRequests.leaseEndsAt} <= now()
        and ${idempotentRequests.requestFingerprint} = excluded.request_fingerprint)`,
    })
    .returning({ id: idempotentRequests.id });
  return claimed === undefined ? null : { workspaceId, tokenId, keyFingerprint, id: claimed.id };
};

/** The row of this very run: none once another has taken over. */
export const isRun = (claim: Claim) =>
  and(
    eq(idempotentRequests.workspaceId, claim.workspaceId),
    eq(idempotentRequests.tokenId, claim.tokenId),
    eq(idempotentRequests.keyFingerprint, claim.keyFingerprint),
    eq(idempotentRequests.id, claim.id),
  );
