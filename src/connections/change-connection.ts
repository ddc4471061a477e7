import { sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import * as z from 'zod';
import { connections } from '../../schema/tables/index.js';
import { type AuditAction, recordChange } from '../access/audit-log.js';
import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import { withUniqueName } from '../platform/database-errors.js';
import { parseInput } from '../platform/parse-input.js';
import {
  authorizeConnection,
  type Connection,
  connectionChange,
  connectionColumns,
  connectionName,
  isConnection,
  lockConnection,
  oneConnection,
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
    change(deps, caller, id, 'connection.rename', { name }),
  );
};

/**
 * Disables a connection: it pays for nothing until it is enabled again. A disabled default stays the default, so that
 * lookups without a connection are refused and no other connection pays for them. Every instance applies it within a
 * second. Throws FORBIDDEN or NOT_FOUND.
 */
export const disableConnection = async (deps: Deps, caller: Caller, id: string): Promise<Connection> => {
  authorizeConnection(caller, id);
  return change(deps, caller, id, 'connection.disable', {
    disabledAt: sql`coalesce(${connections.disabledAt}, now())`,
  });
};

/** Enables a disabled connection. Throws FORBIDDEN or NOT_FOUND. */
export const enableConnection = async (deps: Deps, caller: Caller, id: string): Promise<Connection> => {
  authorizeConnection(caller, id);
  return change(deps, caller, id, 'connection.enable', { disabledAt: null });
};

/**
 * Deletes a connection's key and frees its name. The row stays, because entries refer to it, and so does the account
 * with its unlocks: the same key, stored again, gets that account. Deleting the default leaves none until one is set:
 * no other connection takes its place. Throws FORBIDDEN or NOT_FOUND.
 */
export const deleteConnection = async (deps: Deps, caller: Caller, id: string): Promise<Connection> => {
  authorizeConnection(caller, id);
  return change(deps, caller, id, 'connection.delete', {
    keySealed: null,
    isDefault: false,
    deletedAt: sql`now()`,
  });
};

const change = async (
  { database }: Deps,
  caller: Caller,
  id: string,
  action: AuditAction,
  values: PgUpdateSetSource<typeof connections>,
): Promise<Connection> => {
  const { workspaceId } = caller;
  return database.db.transaction(async (tx) => {
    const before = await lockConnection(tx, workspaceId, id);
    const rows = await tx
      .update(connections)
      .set(values)
      .where(isConnection(workspaceId, id))
      .returning(connectionColumns);
    const after = oneConnection(rows);
    const remaining = after.deletedAt === null ? after : null;
    await recordChange(tx, caller, connectionChange(action, before, remaining));
    return after;
  });
};
