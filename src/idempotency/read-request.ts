import { and, eq, sql } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/index.js';
import type { Vault } from '../connections/vault.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { RequestPlace } from './claim-request.js';
import { placeOfAnswer } from './end-request.js';

export type ReadDeps = { database: Pick<Database, 'db'>; vault: Pick<Vault, 'open'> };

/**
 * The answer that is kept for a change; null while there is none. Throws BAD_REQUEST where the key stands for another
 * request, and where the answer no longer opens: to run the change again in its place could do it twice.
 */
export const readRequest = async (
  { database, vault }: ReadDeps,
  place: RequestPlace,
): Promise<string | null> => {
  const [row] = await database.db
    .select({
      id: idempotentRequests.id,
      workspaceId: idempotentRequests.workspaceId,
      requestFingerprint: idempotentRequests.requestFingerprint,
      answerSealed: idempotentRequests.answerSealed,
    })
    .from(idempotentRequests)
    .where(
      and(
        eq(idempotentRequests.workspaceId, place.workspaceId),
        eq(idempotentRequests.tokenId, place.tokenId),
        eq(idempotentRequests.keyFingerprint, place.keyFingerprint),
        sql`${idempotentRequests.expiresAt} > now()`,
      ),
    );
  if (row === undefined) return null;
  if (!row.requestFingerprint.equals(place.requestFingerprint)) throw otherRequest();
  return row.answerSealed === null ? null : open(vault, row, row.answerSealed);
};

const open = (
  vault: Pick<Vault, 'open'>,
  row: { workspaceId: string; id: string },
  sealed: Buffer,
): string => {
  try {
    return vault.open(placeOfAnswer(row), sealed);
  } catch (cause) {
    throw new GatewayError(
      'BAD_REQUEST',
      'This request was answered before, but its answer no longer opens under the present ENCRYPTION_KEYS: read what stands now, and send further changes under a new Idempotency-Key.',
      { cause },
    );
  }
};

const otherRequest = (): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'This Idempotency-Key was used for another request in the last 24 hours: send this one under a new key.',
  );
