import { eq, or } from 'drizzle-orm';
import { workspaces } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import type { Plan } from './caller.js';

/** A tenant, as its operator sees it. */
export type Workspace = { id: string; name: string; plan: Plan; createdAt: Date };

export const workspaceColumns = {
  id: workspaces.id,
  name: workspaces.name,
  plan: workspaces.plan,
  createdAt: workspaces.createdAt,
} as const;

/** The one workspace with this id or name. Throws NOT_FOUND, or INVALID_INPUT where several have the name. */
export const findWorkspace = async (db: Pick<Drizzle, 'select'>, nameOrId: string): Promise<Workspace> => {
  const rows = await db
    .select(workspaceColumns)
    .from(workspaces)
    .where(or(eq(workspaces.name, nameOrId), isId(nameOrId) ? eq(workspaces.id, nameOrId) : undefined))
    .limit(2);
  const [workspace, another] = rows;
  if (workspace === undefined) {
    throw new GatewayError('NOT_FOUND', `There is no workspace "${nameOrId}": list them and name one.`);
  }
  if (another !== undefined) {
    throw new GatewayError(
      'INVALID_INPUT',
      `Several workspaces are called "${nameOrId}": name one by its id.`,
    );
  }
  return workspace;
};
