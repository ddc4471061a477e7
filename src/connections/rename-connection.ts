import { z } from 'zod';
import { connections } from '../../schema/index.js';
import { authorize, type Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { withUniqueName } from '../platform/database-errors.js';
import { isId } from '../platform/ids.js';
import { parseInput } from '../platform/parse-input.js';
import {
  type Connection,
  changed,
  connectionColumns,
  connectionName,
  connectionNotFound,
  isConnection,
} from './connection.js';

/** Gives a connection another name. Throws FORBIDDEN, INVALID_INPUT, NOT_FOUND or NAME_TAKEN. */
export const renameConnection = async (
  { database }: { database: Database },
  caller: Caller,
  input: { id: string; name: string },
): Promise<Connection> => {
  authorize(caller, 'manageConnections');
  const { id, name } = parseInput(z.object({ id: z.string(), name: connectionName }), input);
  if (!isId(id)) throw connectionNotFound();
  const rows = await withUniqueName({ noun: 'connection', name, constraint: 'connections_name' }, () =>
    database.db
      .update(connections)
      .set({ name })
      .where(isConnection(caller.workspaceId, id))
      .returning(connectionColumns),
  );
  return changed(rows);
};
