import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { connections, workspaces } from '../../schema/index.js';
import type { Drizzle } from '../platform/database.js';

/**
 * Lets one transaction at a time decide about a workspace's defaults, so that two such changes follow each other
 * instead of failing on the index that allows one default. NO KEY UPDATE leaves foreign keys to the workspace (every
 * entry has one) unhindered.
 */
export const lockDefaults = async (tx: Pick<Drizzle, 'select'>, workspaceId: string): Promise<void> => {
  await tx
    .select({ locked: sql`1` })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update');
};

/** Takes the default away from whichever other connection of the provider has it. Under `lockDefaults` only. */
export const clearDefault = async (
  tx: Pick<Drizzle, 'update'>,
  of: { workspaceId: string; provider: string; exceptId: string },
): Promise<void> => {
  await tx
    .update(connections)
    .set({ isDefault: false })
    .where(
      and(
        eq(connections.workspaceId, of.workspaceId),
        eq(connections.provider, of.provider),
        eq(connections.isDefault, true),
        ne(connections.id, of.exceptId),
      ),
    );
};

/** Whether the workspace has any connection of the provider. Under `lockDefaults` only. */
export const hasConnection = async (
  tx: Pick<Drizzle, '$count'>,
  workspaceId: string,
  provider: string,
): Promise<boolean> => {
  const ours = and(
    eq(connections.workspaceId, workspaceId),
    eq(connections.provider, provider),
    isNull(connections.deletedAt),
  );
  return (await tx.$count(connections, ours)) > 0;
};
