import { and, eq } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Problem } from '../errors.js';
import type { Database } from '../platform/database.js';
import {
  type Connection,
  changed,
  connectionColumns,
  isConnection,
  loadConnection,
  openKey,
} from './connection.js';
import type { ProviderKeys } from './provider-keys.js';
import { requireByokPlan } from './require-byok-plan.js';
import type { Vault } from './vault.js';

/**
 * Asks the provider whether it takes the connection's key; spends nothing. `problem` is null where it does, and is
 * noted in the connection where it does not; `verifiedAt` is the last time it did. A key that was rotated while the
 * provider was asked keeps its own verdict. Throws FORBIDDEN, PLAN_REQUIRED, NOT_FOUND, or CONNECTION_DISABLED for a
 * sealed key that does not open.
 */
export const verifyConnection = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  caller: Caller,
  id: string,
): Promise<{ connection: Connection; problem: Problem | null }> => {
  authorize(caller, 'manageConnections');
  requireByokPlan(caller);
  const { db } = deps.database;
  const { workspaceId } = caller;
  const { keySealed, provider, ...connection } = await loadConnection(db, workspaceId, id);
  const key = openKey(deps.vault, { workspaceId, id: connection.id }, keySealed);
  const problem = await deps.providerKeys.verify(provider, key);

  await db
    .update(connections)
    .set(problem === null ? { verifiedAt: new Date(), problemCode: null } : { problemCode: problem.code })
    .where(and(isConnection(workspaceId, id), eq(connections.keySealed, keySealed)));
  const rows = await db.select(connectionColumns).from(connections).where(isConnection(workspaceId, id));
  return { connection: changed(rows), problem };
};
