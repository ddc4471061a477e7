import { asc } from 'drizzle-orm';
import { workspaces } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import { type Workspace, workspaceColumns } from './workspace.js';

/** Every workspace, the oldest first. For operators: it asks for no caller. */
export const listWorkspaces = ({ db }: Database): Promise<Workspace[]> =>
  db.select(workspaceColumns).from(workspaces).orderBy(asc(workspaces.id));
