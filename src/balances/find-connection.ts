import type { Caller } from '../access/caller.js';
import type { Connection } from '../connections/connection.js';
import { getConnection } from '../connections/get-connection.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';

/** The connection whose account is meant. Throws NOT_FOUND: unknown, deleted, and another workspace's are one thing. */
export const findConnection = async (
  deps: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection> => {
  const connection = await getConnection(deps, caller, id);
  if (connection !== null) return connection;
  throw new GatewayError(
    'NOT_FOUND',
    'This workspace has no such connection: list the connections and name one of them.',
    { field: ['connection'] },
  );
};
