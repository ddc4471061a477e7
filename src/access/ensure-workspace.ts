import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { tokens, workspaces } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { type ChangedBy, recordChange } from './audit-log.js';
import type { Caller, Plan } from './caller.js';
import { toPublicId } from './public-ids.js';
import { unrestricted } from './scopes.js';
import { bootstrapName, hashColumns, newSecret, tokenShape } from './token-secret.js';

type EnsuredWorkspace = {
  workspaceId: string;
  workspaceName: string;
  /** Whether this was the first start on this database. */
  created: boolean;
  /** The first ADMIN token, when it was generated at this start: to be shown once. */
  secret: string | null;
  /** The caller of the bootstrap token; null once it was revoked and not replaced. */
  bootstrap: Caller | null;
};

/**
 * Ensures that there is a workspace and a token for it. The first start creates both; instances that start at the same
 * time create them once. The environment decides: `bootstrapToken` becomes an ADMIN token named "bootstrap", even if it
 * had been revoked, and the one before it is revoked. Without one, the first start uses `firstSecret` or generates a
 * token. Throws UNAVAILABLE for a malformed token.
 */
export const ensureWorkspace = async (
  { database }: { database: Database },
  { bootstrapToken, firstSecret }: { bootstrapToken: string | null; firstSecret?: string | null },
): Promise<EnsuredWorkspace> => {
  if (bootstrapToken !== null && !tokenShape.test(bootstrapToken)) throw malformed();
  return database.db.transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended('firmable-gateway first workspace', 0))`,
    );
    const existing = await firstWorkspace(tx);
    const workspace = existing ?? (await insertWorkspace(tx));
    const secret = existing === null && bootstrapToken === null ? (firstSecret ?? newSecret()) : null;
    const chosen = bootstrapToken ?? secret;
    if (chosen !== null) await upsertBootstrap(tx, workspace.id, chosen);
    return {
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      created: existing === null,
      secret,
      bootstrap: await bootstrapCaller(tx, workspace),
    };
  });
};

type Transaction = Pick<Drizzle, 'select' | 'insert' | 'update'>;
type Workspace = { id: string; name: string; plan: Plan };

const firstWorkspace = async (tx: Transaction): Promise<Workspace | null> => {
  const [row] = await tx
    .select({ id: workspaces.id, name: workspaces.name, plan: workspaces.plan })
    .from(workspaces)
    .orderBy(asc(workspaces.id))
    .limit(1);
  return row ?? null;
};

const insertWorkspace = async (tx: Transaction): Promise<Workspace> => {
  // Operators who host the gateway for one team need no plans.
  const workspace = { id: newId(), name: 'default', plan: 'PRO' } as const;
  await tx.insert(workspaces).values(workspace);
  await recordChange(tx, byStart(workspace.id), {
    action: 'workspace.create',
    subject: workspace.id,
    before: null,
    after: { name: workspace.name, plan: workspace.plan },
  });
  return workspace;
};

const upsertBootstrap = async (tx: Transaction, workspaceId: string, secret: string): Promise<void> => {
  const { hash, hashPrefix, hint } = hashColumns(secret);
  const revoked = await tx
    .update(tokens)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(tokens.workspaceId, workspaceId),
        eq(tokens.name, bootstrapName),
        isNull(tokens.revokedAt),
        ne(tokens.hash, hash),
      ),
    )
    .returning(bootstrapColumns);
  for (const { id, ...before } of revoked) {
    await recordChange(tx, byStart(workspaceId), {
      action: 'token.revoke',
      subject: toPublicId('token', id),
      before: { ...before, revokedAt: null },
      after: before,
    });
  }
  const [before] = await tx
    .select(bootstrapColumns)
    .from(tokens)
    .where(and(eq(tokens.workspaceId, workspaceId), eq(tokens.hash, hash)));
  const role = 'ADMIN' as const;
  const upserted = await tx
    .insert(tokens)
    .values({ workspaceId, id: newId(), name: bootstrapName, role, hash, hashPrefix, hint })
    .onConflictDoUpdate({
      target: tokens.hash,
      set: { name: bootstrapName, role, revokedAt: null, expiresAt: null, ...withoutScopes },
      setWhere: eq(tokens.workspaceId, workspaceId),
    })
    .returning(bootstrapColumns);
  const [after] = upserted;
  if (after === undefined) throw takenElsewhere();
  await recordChange(tx, byStart(workspaceId), {
    action: before === undefined ? 'token.create' : 'token.update',
    subject: toPublicId('token', after.id),
    before: before ?? null,
    after,
  });
};

/** What the audit log says of the bootstrap token. */
const bootstrapColumns = {
  id: tokens.id,
  name: tokens.name,
  role: tokens.role,
  hint: tokens.hint,
  expiresAt: tokens.expiresAt,
  revokedAt: tokens.revokedAt,
};

/** The settings of the operator cause what a start changes. */
const byStart = (workspaceId: string): ChangedBy => ({ operator: 'start', workspaceId });

/** A token that becomes the bootstrap token was perhaps another one's before. */
const withoutScopes = {
  scopeOperations: null,
  scopeConnections: null,
  scopeWorkflows: null,
  maySpend: true,
  requestsPerSecond: null,
  lookupsPerDay: null,
  creditsPerDay: null,
  previousHash: null,
  previousHashPrefix: null,
  previousEndsAt: null,
};

const bootstrapCaller = async (tx: Transaction, workspace: Workspace): Promise<Caller | null> => {
  const [row] = await tx
    .select({ tokenId: tokens.id, tokenName: tokens.name, role: tokens.role, workflow: tokens.workflow })
    .from(tokens)
    .where(
      and(eq(tokens.workspaceId, workspace.id), eq(tokens.name, bootstrapName), isNull(tokens.revokedAt)),
    );
  if (row === undefined) return null;
  // A token with the role ADMIN has neither scopes nor limits.
  return {
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    plan: workspace.plan,
    ...unrestricted,
    ...row,
  };
};

const malformed = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'GATEWAY_BOOTSTRAP_TOKEN is malformed: set it to "fgw_" and at least 40 random characters of base64url.',
  );

const takenElsewhere = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'GATEWAY_BOOTSTRAP_TOKEN is the token of another workspace: set it to another value.',
  );
