import { and, eq } from 'drizzle-orm';
import { connections } from '../../schema/tables/index.js';
import { recordChange } from '../access/audit-log.js';
import { type Caller, requireByokPlan } from '../access/caller.js';
import { GatewayError, type Problem, type ProblemCode } from '../errors.js';
import type { Database } from '../platform/database.js';
import {
  authorizeConnection,
  type Connection,
  connectionChange,
  connectionColumns,
  isConnection,
  loadConnection,
  lockConnection,
  openKey,
} from './connection.js';
import type { ProviderKeys } from './provider-keys.js';
import type { Vault } from './vault.js';

/** Problems of the key itself: a key with one of these is not stored. */
const refusals: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'INVALID_KEY_FORMAT',
  'KEY_REFUSED',
  'PLAN_WITHOUT_API',
  'KEY_SCOPE_MISSING',
  'PLAN_REQUIRED',
]);

/** The result of a verification, as the connection's row stores it. */
type KeyCheck = { verifiedAt: Date | null; problemCode: ProblemCode | null };

/**
 * Verifies a key with its provider before it is stored; not at all when `verify` is false. Throws when the provider
 * refuses the key. A provider that is throttled, broken or unreachable says nothing about the key, which is then
 * stored with that problem.
 */
export const checkKey = async (
  providerKeys: ProviderKeys,
  { provider, key, verify }: { provider: string; key: string; verify: boolean | null | undefined },
): Promise<KeyCheck> => {
  if (verify === false) return { verifiedAt: null, problemCode: null };
  const problem = await providerKeys.verify(provider, key);
  if (problem !== null && refusals.has(problem.code)) throw refused(problem);
  return problem === null
    ? { verifiedAt: new Date(), problemCode: null }
    : { verifiedAt: null, problemCode: problem.code };
};

const refused = (problem: Problem): GatewayError =>
  new GatewayError(problem.code, problem.message, {
    field: ['key'],
    ...(problem.retryAfterSeconds === null ? {} : { retryAfterSeconds: problem.retryAfterSeconds }),
  });

/**
 * Verifies a connection's key with its provider; costs nothing. `problem` is null when the provider accepts the key,
 * and is stored in the connection otherwise; `verifiedAt` is the last time it was accepted. A key rotated during the
 * call keeps its own result. Throws FORBIDDEN, PLAN_REQUIRED, NOT_FOUND, or what `openKey` throws for a sealed key
 * that does not open.
 */
export const verifyConnection = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  caller: Caller,
  id: string,
): Promise<{ connection: Connection; problem: Problem | null }> => {
  authorizeConnection(caller, id);
  requireByokPlan(caller);
  const { db } = deps.database;
  const { workspaceId } = caller;
  const { keySealed, provider, ...connection } = await loadConnection(db, workspaceId, id);
  const key = openKey(deps.vault, { workspaceId, id: connection.id }, keySealed);
  const problem = await deps.providerKeys.verify(provider, key);

  const verified = await db.transaction(async (tx) => {
    const before = await lockConnection(tx, workspaceId, id);
    const [after = before] = await tx
      .update(connections)
      .set(problem === null ? { verifiedAt: new Date(), problemCode: null } : { problemCode: problem.code })
      .where(and(isConnection(workspaceId, id), eq(connections.keySealed, keySealed)))
      .returning(connectionColumns);
    await recordChange(tx, caller, connectionChange('connection.verify', before, after));
    return after;
  });
  return { connection: verified, problem };
};
