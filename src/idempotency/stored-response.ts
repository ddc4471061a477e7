import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/tables/index.js';
import type { SealedColumn } from '../connections/rotate-encryption-keys.js';
import type { SealContext } from '../connections/sealer.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { type Claim, isClaimed, type RequestKey } from './claim.js';

type StoreDeps = { database: Pick<Database, 'db'>; vault: Pick<Vault, 'seal'>; log: Log };

/**
 * Ends a run: stores its response for repeats, or releases the key when it is null. Never throws, because the request
 * has been executed: what cannot be written within three attempts is left to its lease, as after a crash.
 */
export const endRun = async (deps: StoreDeps, claim: Claim, response: string | null): Promise<void> => {
  for (const delayMs of [0, 100, 500]) {
    if (delayMs > 0) await sleep(delayMs);
    try {
      await (response === null ? release(deps, claim) : store(deps, claim, response));
      return;
    } catch {
      // The database is unavailable, for a moment or for longer.
    }
  }
  deps.log.warn({ run: claim.id }, 'the response of an idempotent request could not be stored');
};

const release = async ({ database }: StoreDeps, claim: Claim): Promise<void> => {
  await database.db.delete(idempotentRequests).where(isClaimed(claim));
};

const store = async ({ database, vault }: StoreDeps, claim: Claim, response: string): Promise<void> => {
  const responseSealed = vault.seal(contextOf(claim), response);
  await database.db.update(idempotentRequests).set({ responseSealed }).where(isClaimed(claim));
};

const contextOf = ({ workspaceId, id }: { workspaceId: string; id: string }): SealContext => ({
  workspaceId,
  kind: 'stored-response',
  id,
});

/**
 * Erases the responses of a workspace that may hold records, because one of them was forgotten: which ones hold it is
 * sealed. A repeat runs its request again.
 */
export const eraseStoredRecords = async (
  { database: { db } }: { database: Pick<Database, 'db'> },
  { workspaceId }: { workspaceId: string },
): Promise<void> => {
  const { responseSealed, returnsRecords } = idempotentRequests;
  await db
    .delete(idempotentRequests)
    .where(and(eq(idempotentRequests.workspaceId, workspaceId), returnsRecords, isNotNull(responseSealed)));
};

/** For the rotation of encryption keys. A response that no key opens expires within the day. */
export const storedResponses: SealedColumn = {
  kind: 'stored-response',
  table: idempotentRequests,
  workspaceId: idempotentRequests.workspaceId,
  id: idempotentRequests.id,
  sealed: idempotentRequests.responseSealed,
};

/**
 * The stored response to a request; null while there is none. Throws BAD_REQUEST when the key was used for another
 * request, and BAD_REQUEST or UNAVAILABLE when the response does not open: running the request again could execute it
 * twice.
 */
export const readStoredResponse = async (
  { database, vault }: { database: Pick<Database, 'db'>; vault: Pick<Vault, 'open' | 'hasKeyOf'> },
  request: RequestKey,
): Promise<string | null> => {
  const [row] = await database.db
    .select({
      id: idempotentRequests.id,
      workspaceId: idempotentRequests.workspaceId,
      requestFingerprint: idempotentRequests.requestFingerprint,
      sealed: idempotentRequests.responseSealed,
    })
    .from(idempotentRequests)
    .where(
      and(
        eq(idempotentRequests.workspaceId, request.workspaceId),
        eq(idempotentRequests.tokenId, request.tokenId),
        eq(idempotentRequests.keyFingerprint, request.keyFingerprint),
        sql`${idempotentRequests.expiresAt} > now()`,
      ),
    );
  if (row === undefined) return null;
  if (!row.requestFingerprint.equals(request.requestFingerprint)) throw otherRequest();
  if (row.sealed === null) return null;
  const response = vault.open(contextOf(row), row.sealed);
  if (response === null) throw vault.hasKeyOf(row.sealed) ? unreadable() : keyMissing();
  return response;
};

const unreadable = (): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'This request was executed before, but its stored response cannot be decrypted: read the current state, and send further changes under a new Idempotency-Key.',
  );

const keyMissing = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'This request was executed before, but this instance does not have the encryption key of its response: send it again, or read the current state if the key is lost.',
    { retryAfterSeconds: 30 },
  );

const otherRequest = (): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'This Idempotency-Key was used for another request in the last 24 hours: send this one under a new key.',
  );
