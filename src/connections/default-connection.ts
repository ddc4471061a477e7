import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { connections, workspaces } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import { recordChange } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import {
  authorizeConnection,
  type Connection,
  connectionChange,
  connectionColumns,
  isConnection,
  lockConnection,
  oneConnection,
} from './connection.js';

/**
 * Makes a connection its provider's default: it pays for lookups that name no connection. Of two such changes at the
 * same time both succeed, and the later one applies. Throws FORBIDDEN, NOT_FOUND, or CONNECTION_DISABLED for a
 * disabled one.
 */
export const setDefaultConnection = async (
  { database }: { database: Database },
  caller: Caller,
  id: string,
): Promise<Connection> => {
  authorizeConnection(caller, null);
  const { workspaceId } = caller;
  return database.db.transaction(async (tx) => {
    await lockDefaults(tx, workspaceId);
    const before = await lockConnection(tx, workspaceId, id);
    const { provider, name, disabledAt } = before;
    if (disabledAt !== null) throw disabled(name);
    const replaced = await clearDefault(tx, { workspaceId, provider, exceptId: id });
    const rows = await tx
      .update(connections)
      .set({ isDefault: true })
      .where(isConnection(workspaceId, id))
      .returning(connectionColumns);
    const after = oneConnection(rows);
    await recordChange(
      tx,
      caller,
      connectionChange('connection.makeDefault', before, after, replacing(replaced)),
    );
    return after;
  });
};

const disabled = (name: string): GatewayError =>
  new GatewayError(
    'CONNECTION_DISABLED',
    `The connection "${name}" is disabled, and as the default it would pay for nothing: enable it first.`,
    { field: ['id'] },
  );

/**
 * Lets one transaction at a time change a workspace's defaults, so that two such changes run one after the other
 * instead of failing on the index that allows one default. NO KEY UPDATE does not block foreign keys to the workspace
 * (every entry has one).
 */
export const lockDefaults = async (tx: Pick<Drizzle, 'select'>, workspaceId: string): Promise<void> => {
  await tx
    .select({ locked: sql`1` })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update');
};

/** Clears the default of any other connection of the provider, and returns its id. Under `lockDefaults` only. */
export const clearDefault = async (
  tx: Pick<Drizzle, 'update'>,
  of: { workspaceId: string; provider: string; exceptId: string },
): Promise<string | null> => {
  const [cleared] = await tx
    .update(connections)
    .set({ isDefault: false })
    .where(
      and(
        eq(connections.workspaceId, of.workspaceId),
        eq(connections.provider, of.provider),
        eq(connections.isDefault, true),
        ne(connections.id, of.exceptId),
      ),
    )
    .returning({ id: connections.id });
  return cleared?.id ?? null;
};

/** What the audit log says of the default that another one replaces. */
export const replacing = (id: string | null): Facts =>
  id === null ? {} : { replacedDefault: toPublicId('connection', id) };

/** Whether the workspace has any connection of the provider. Under `lockDefaults` only. */
export const hasConnection = async (
  tx: Pick<Drizzle, '$count'>,
  workspaceId: string,
  provider: string,
): Promise<boolean> => {
  const ofProvider = and(
    eq(connections.workspaceId, workspaceId),
    eq(connections.provider, provider),
    isNull(connections.deletedAt),
  );
  return (await tx.$count(connections, ofProvider)) > 0;
};
