import { eq, sql } from 'drizzle-orm';
import { tokens, workspaces } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { label, parseInput } from '../platform/parse-input.js';
import type { Plan } from './caller.js';
import { hashColumns, newSecret } from './token-hash.js';
import { type Workspace, workspaceColumns } from './workspace.js';

/**
 * Makes a tenant and its first ADMIN token, whose secret is in the answer and nowhere else. For operators: it asks for
 * no caller. Throws INVALID_INPUT, or NAME_TAKEN, because operators name workspaces by their names.
 */
export const createWorkspace = async (
  { db }: Database,
  input: { name: string; plan: Plan },
): Promise<{ workspace: Workspace; secret: string }> => {
  const name = parseInput(label('name'), input.name);
  const secret = newSecret();
  const workspace = await db.transaction(async (tx) => {
    // Names are not unique in the table, which the oldest gateways filled: one at a time makes them so from here on.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('firmable-gateway workspace names', 0))`,
    );
    if ((await tx.$count(workspaces, eq(workspaces.name, name))) > 0) throw nameTaken(name);
    const rows = await tx
      .insert(workspaces)
      .values({ id: newId(), name, plan: input.plan })
      .returning(workspaceColumns);
    const [made] = rows;
    if (made === undefined) throw new Error('the new workspace was not returned');
    const token = { workspaceId: made.id, id: newId(), name: 'admin', role: 'ADMIN' as const };
    await tx.insert(tokens).values({ ...token, ...hashColumns(secret) });
    return made;
  });
  return { workspace, secret };
};

const nameTaken = (name: string): GatewayError =>
  new GatewayError('NAME_TAKEN', `There is a workspace named "${name}": choose another name.`);
