import { eq } from 'drizzle-orm';
import { workspaces } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import type { Plan } from './caller.js';
import { findWorkspace, type Workspace } from './workspace.js';

/**
 * Puts a workspace on a plan; running instances go by it within a second. For operators: it asks for no caller. Throws
 * NOT_FOUND, or INVALID_INPUT where several workspaces have the name.
 */
export const setPlan = async ({ db }: Database, nameOrId: string, plan: Plan): Promise<Workspace> => {
  const workspace = await findWorkspace(db, nameOrId);
  await db.update(workspaces).set({ plan }).where(eq(workspaces.id, workspace.id));
  return { ...workspace, plan };
};
