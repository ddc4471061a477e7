import { and, eq, sql } from 'drizzle-orm';
import { connections, unlocks } from '../../schema/index.js';
import type { Database } from '../platform/database.js';

/**
 * Whether a workspace has, or ever had, a connection whose key is not the sandbox's, or a record that was bought with
 * such a key sent along: once true, it stays so, because what was bought outlives the key.
 */
export const hasMetRealKey = async ({ db }: Pick<Database, 'db'>, workspaceId: string): Promise<boolean> => {
  const [connection] = await db
    .select({ one: sql`1` })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), eq(connections.sandbox, false)))
    .limit(1);
  if (connection !== undefined) return true;
  const [unlock] = await db
    .select({ one: sql`1` })
    .from(unlocks)
    .where(and(eq(unlocks.workspaceId, workspaceId), eq(unlocks.sandbox, false)))
    .limit(1);
  return unlock !== undefined;
};
