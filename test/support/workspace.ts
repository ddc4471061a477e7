import { workspaces } from '../../schema/tables/index.js';
import { type Caller, type Plan, type Role, roles } from '../../src/access/caller.js';
import { unrestricted } from '../../src/access/scopes.js';
import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';

/** Creates a workspace, with a caller for each role. The callers have no stored tokens: authorization reads the role. */
export const createWorkspace = async (
  { db }: Database,
  name = 'workspace',
  plan: Plan = 'PRO',
): Promise<{ id: string; as: Record<Role, Caller> }> => {
  const id = newId();
  await db.insert(workspaces).values({ id, name, plan });
  const callerWith = (role: Role): Caller => ({
    workspaceId: id,
    workspaceName: name,
    plan,
    tokenId: newId(),
    tokenName: role.toLowerCase(),
    ...unrestricted,
    role,
    workflow: null,
  });
  const [admin, manager, integration, member, viewer] = roles;
  return {
    id,
    as: {
      [admin]: callerWith(admin),
      [manager]: callerWith(manager),
      [integration]: callerWith(integration),
      [member]: callerWith(member),
      [viewer]: callerWith(viewer),
    },
  };
};
