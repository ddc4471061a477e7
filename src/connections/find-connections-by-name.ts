import { and, asc, eq, isNull } from 'drizzle-orm';
import { connections, workspaces } from '../../schema/index.js';
import type { Database } from '../platform/database.js';

export type NamedConnection = {
  id: string;
  provider: string;
  workspaceId: string;
  workspaceName: string;
};

/** The connections of this name, at most one in each workspace. For operators: it asks for no caller. */
export const findConnectionsByName = ({ db }: Database, name: string): Promise<NamedConnection[]> =>
  db
    .select({
      id: connections.id,
      provider: connections.provider,
      workspaceId: connections.workspaceId,
      workspaceName: workspaces.name,
    })
    .from(connections)
    .innerJoin(workspaces, eq(workspaces.id, connections.workspaceId))
    .where(and(eq(connections.name, name), isNull(connections.deletedAt)))
    .orderBy(asc(connections.workspaceId));
