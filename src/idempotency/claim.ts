import { and, eq, sql } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';

/** What identifies a request: who sent it, under which key, and what it says, the latter two as fingerprints. */
export type RequestKey = {
  workspaceId: string;
  tokenId: string;
  keyFingerprint: Buffer;
  requestFingerprint: Buffer;
  returnsRecords: boolean;
};

/** The right to run a request, until its lease has ended and another run has claimed it. */
export type Claim = { workspaceId: string; tokenId: string; keyFingerprint: Buffer; id: string };

const leaseSeconds = 60;
const storedHours = 24;

const leaseEnd = sql`now() + make_interval(secs => ${leaseSeconds})`;

/**
 * Claims the right to run a request, in one statement: of many callers on any instance, one gets it. Null when the key
 * is taken: by a run in progress, a stored response, or another request. A row older than 24 hours does not count, and
 * a run whose lease has ended is dead.
 */
export const claimRequest = async (
  { db }: Pick<Database, 'db'>,
  request: RequestKey,
): Promise<Claim | null> => {
  const run = {
    id: newId(),
    requestFingerprint: request.requestFingerprint,
    returnsRecords: request.returnsRecords,
    leaseEndsAt: leaseEnd,
    expiresAt: sql`now() + make_interval(hours => ${storedHours})`,
  };
  const { workspaceId, tokenId, keyFingerprint } = request;
  const [claimed] = await db
    .insert(idempotentRequests)
    .values({ workspaceId, tokenId, keyFingerprint, ...run })
    .onConflictDoUpdate({
      target: [idempotentRequests.workspaceId, idempotentRequests.tokenId, idempotentRequests.keyFingerprint],
      set: { ...run, responseSealed: null, createdAt: sql`now()` },
      setWhere: sql`${idempotentRequests.expiresAt} <= now() or (
        ${idempotentRequests.responseSealed} is null and ${idempotentRequests.leaseEndsAt} <= now()
        and ${idempotentRequests.requestFingerprint} = excluded.request_fingerprint)`,
    })
    .returning({ id: idempotentRequests.id });
  return claimed === undefined ? null : { workspaceId, tokenId, keyFingerprint, id: claimed.id };
};

/** Extends a claim's lease while its run goes on; returns the function that stops it. */
export const renewClaim = ({ db }: Pick<Database, 'db'>, log: Log, claim: Claim): (() => Promise<void>) =>
  runEvery(
    (leaseSeconds * 1_000) / 4,
    {
      name: 'idempotency lease',
      run: async () => {
        await db.update(idempotentRequests).set({ leaseEndsAt: leaseEnd }).where(isClaimed(claim));
      },
    },
    log,
  );

/** The row of this run: none once another run has claimed it. */
export const isClaimed = (claim: Claim) =>
  and(
    eq(idempotentRequests.workspaceId, claim.workspaceId),
    eq(idempotentRequests.tokenId, claim.tokenId),
    eq(idempotentRequests.keyFingerprint, claim.keyFingerprint),
    eq(idempotentRequests.id, claim.id),
  );
