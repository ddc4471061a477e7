import { asc, eq, or, sql } from 'drizzle-orm';
import { tokens, workspaces } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { isId, newId } from '../platform/ids.js';
import { label, parseInput } from '../platform/parse-input.js';
import { recordChange } from './audit-log.js';
import type { Plan } from './caller.js';
import { toPublicId } from './public-ids.js';
import { hashColumns, newSecret } from './token-secret.js';

// All of this is for operators: it takes no caller.

/** A tenant, as its operator sees it. */
export type Workspace = { id: string; name: string; plan: Plan; createdAt: Date };

const workspaceColumns = {
  id: workspaces.id,
  name: workspaces.name,
  plan: workspaces.plan,
  createdAt: workspaces.createdAt,
} as const;

/**
 * Creates a tenant and its first ADMIN token, whose secret is in the result and nowhere else. Throws INVALID_INPUT, or
 * NAME_TAKEN, because operators refer to workspaces by name.
 */
export const createWorkspace = async (
  { db }: Database,
  input: { name: string; plan: Plan },
): Promise<{ workspace: Workspace; secret: string }> => {
  const name = parseInput(label('name'), input.name);
  const secret = newSecret();
  const workspace = await db.transaction(async (tx) => {
    // The table has no unique index on names, because the first releases allowed equal ones: an advisory lock makes creations run one at a time.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('firmable-gateway workspace names', 0))`,
    );
    if ((await tx.$count(workspaces, eq(workspaces.name, name))) > 0) throw nameTaken(name);
    const [created] = await tx
      .insert(workspaces)
      .values({ id: newId(), name, plan: input.plan })
      .returning(workspaceColumns);
    if (created === undefined) throw new Error('the new workspace was not returned');
    const token = { workspaceId: created.id, id: newId(), name: 'admin', role: 'ADMIN' as const };
    await tx.insert(tokens).values({ ...token, ...hashColumns(secret) });
    const by = { operator: 'workspace create', workspaceId: created.id };
    await recordChange(tx, by, {
      action: 'workspace.create',
      subject: created.id,
      before: null,
      after: { name, plan: created.plan },
    });
    await recordChange(tx, by, {
      action: 'token.create',
      subject: toPublicId('token', token.id),
      before: null,
      after: { name: token.name, role: token.role },
    });
    return created;
  });
  return { workspace, secret };
};

const nameTaken = (name: string): GatewayError =>
  new GatewayError('NAME_TAKEN', `There is a workspace named "${name}": choose another name.`);

/** Every workspace, oldest first. */
export const listWorkspaces = ({ db }: Database): Promise<Workspace[]> =>
  db.select(workspaceColumns).from(workspaces).orderBy(asc(workspaces.id));

/**
 * Sets a workspace's plan; running instances apply it within a second. Throws NOT_FOUND, or INVALID_INPUT when several
 * workspaces have the name.
 */
export const setPlan = async ({ db }: Database, nameOrId: string, plan: Plan): Promise<Workspace> => {
  const { id } = await findWorkspace(db, nameOrId);
  const isWorkspace = eq(workspaces.id, id);
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select(workspaceColumns)
      .from(workspaces)
      .where(isWorkspace)
      .for('no key update');
    if (before === undefined) throw new Error('the workspace was removed');
    await tx.update(workspaces).set({ plan }).where(isWorkspace);
    await recordChange(
      tx,
      { operator: 'workspace plan', workspaceId: id },
      { action: 'workspace.setPlan', subject: id, before: { plan: before.plan }, after: { plan } },
    );
    return { ...before, plan };
  });
};

/** The workspace with this id or name. Throws NOT_FOUND, or INVALID_INPUT when several have the name. */
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
      `Several workspaces are named "${nameOrId}": name one by its id.`,
    );
  }
  return workspace;
};
