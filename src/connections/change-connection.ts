import { sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { connections } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { withUniqueName } from '../platform/database-errors.js';
import { parseInput } from '../platform/parse-input.js';
import {
  authorizeConnection,
  type Connection,
  connectionColumns,
  connectionName,
  isConnection,
  oneConnection,
  requireId,
} from './connection.js';

type Deps = { database: Database };

/** Renames a connection. Throws FORBIDDEN, INVALID_INPUT, NOT_FOUND or NAME_TAKEN. */
export const renameConnection = async (
  deps: Deps,
  caller: Caller,
  input: { id: string; name: string },
): Promise<Connection> => {
  authorizeConnection(caller, input.id);
  const { id, name } = parseInput(z.object({ id: z.string(), name: connectionName }), input);
  return withUniqueName({ noun: 'connection', name, constraint: 'connections_name' }, () =>
    change(deps, caller, id, { name }),
  );
};

/**
 * Disables a connection: it pays for nothing until it is enabled again. A disabled default stays the default, so that
 * lookups without a connection are refused and no other connection pays for them. Every instance applies it within a
 * second. Throws FORBIDDEN or NOT_FOUND.
 */
export const disableConnection = async (deps: Deps, caller: Caller, id: string): Promise<Connection> => {
  authorizeConnection(caller, id);
  return change(deps, caller, id, { disabledAt: sql`coalesce(${connections.disabledAt}, now())` });
};

/** Enables a disabled connection. Throws FORBIDDEN or NOT_FOUND. */
export const enableConnection = async (deps: Deps, caller: Caller, id: string): Promise<Connection> => {
  authorizeConnection(caller, id);
  return change(deps, caller, id, { disabledAt: null });
};

/**
 * Deletes a connection's key and frees its name. The row stays, because entries refer to it, and so does the account
 * with its unlocks: the same key, stored again, gets that account. Deleting the default leaves none until one is set:
 * no other connection takes its place. Throws FORBIDDEN or NOT_FOUND.
 */
export const deleteConnection = async (deps: Deps, caller: Caller, id: string): Promise<Connection> => {
  authorizeConnection(caller, id);
  return change(deps, caller, id, { keySealed: null, isDefault: false, deletedAt: sql`now()` });
};

const change = async (
  { database }: Deps,
  { workspaceId }: Caller,
  id: string,
  values: PgUpdateSetSource<typeof connections>,
): Promise<Connection> => {
  requireId(id);
  const rows = await database.db
    .update(connections)
    .set(values)
    .where(isConnection(workspaceId, id))
    .returning(connectionColumns);
  return oneConnection(rows);
};
