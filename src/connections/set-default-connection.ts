import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { type Connection, changed, connectionColumns, isConnection, loadConnection } from './connection.js';
import { clearDefault, lockDefaults } from './default-connection.js';

/**
 * Lets asks that name no connection of this provider be paid by this one. Two such changes at once both succeed, and
 * the later one stands. Throws FORBIDDEN, NOT_FOUND, or CONNECTION_DISABLED for a disabled one.
 */
export const setDefaultConnection = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection> => {
  authorize(caller, 'manageConnections');
  const { workspaceId } = caller;
  return database.db.transaction(async (tx) => {
    await lockDefaults(tx, workspaceId);
    const { provider, name, disabledAt } = await loadConnection(tx, workspaceId, id);
    if (disabledAt !== null) throw disabled(name);
    await clearDefault(tx, { workspaceId, provider, exceptId: id });
    const rows = await tx
      .update(connections)
      .set({ isDefault: true })
      .where(isConnection(workspaceId, id))
      .returning(connectionColumns);
    return changed(rows);
  });
};

const disabled = (name: string): GatewayError =>
  new GatewayError(
    'CONNECTION_DISABLED',
    `The connection "${name}" is disabled, and as the default it would pay for nothing: enable it first.`,
    { field: ['id'] },
  );
