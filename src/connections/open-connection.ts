import { and, eq, isNull } from 'drizzle-orm';
import { connections } from '../../schema/tables/index.js';
import type { Caller } from '../access/caller.js';
import { isConnectionInScope, requireConnectionInScope } from '../access/scopes.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { connectionNotFound, openKey } from './connection.js';
import type { ProviderKeys } from './provider-keys.js';
import type { Vault } from './vault.js';

/** The connection that pays: the named one, or the workspace's default for the provider. */
type ConnectionSelection = { provider: string; connectionId: string | null };

type OpenedConnection = {
  key: string;
  accountId: string;
  connectionId: string;
  payer: 'CONNECTION';
  sandbox: boolean;
};

/**
 * Opens the key of the connection that pays. Throws NO_CONNECTION (no default), CONNECTION_DISABLED, ENCRYPTION_KEY_MISSING,
 * NOT_FOUND (unknown, deleted, or another workspace's), INVALID_INPUT (a connection of another provider), FORBIDDEN
 * (outside the scope of the token).
 */
export const openConnection = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  { workspaceId, scopes }: Pick<Caller, 'workspaceId' | 'scopes'>,
  selection: ConnectionSelection,
): Promise<OpenedConnection> => {
  if (selection.connectionId !== null) requireConnectionInScope(scopes, selection.connectionId);
  const row = await selectConnection(deps.database, workspaceId, selection);
  if (row === null)
    throw selection.connectionId === null ? noDefault(selection.provider) : connectionNotFound(null);
  if (!isConnectionInScope(scopes, row.id)) throw defaultOutOfScope();
  if (row.provider !== selection.provider) throw otherProvider(row.name, row.provider, selection.provider);
  if (row.disabledAt !== null || row.keySealed === null) throw disabled(row.name);
  const key = openKey(deps.vault, { workspaceId, id: row.id }, row.keySealed);
  // Refuses a sandbox key that was stored while the sandbox was on, when it is off.
  if (row.sandbox) deps.providerKeys.parse(row.provider, key);
  return { key, accountId: row.accountId, connectionId: row.id, payer: 'CONNECTION', sandbox: row.sandbox };
};

const defaultOutOfScope = (): GatewayError =>
  new GatewayError(
    'FORBIDDEN',
    'The default connection would pay, and the scope of this token does not include it: name one of its connections in options.connection.',
  );

const selectConnection = async ({ db }: Database, workspaceId: string, selection: ConnectionSelection) => {
  if (selection.connectionId !== null && !isId(selection.connectionId)) return null;
  const wanted =
    selection.connectionId === null
      ? and(eq(connections.provider, selection.provider), eq(connections.isDefault, true))
      : eq(connections.id, selection.connectionId);
  const [row] = await db
    .select({
      id: connections.id,
      name: connections.name,
      provider: connections.provider,
      accountId: connections.accountId,
      keySealed: connections.keySealed,
      sandbox: connections.sandbox,
      disabledAt: connections.disabledAt,
    })
    .from(connections)
    .where(and(eq(connections.workspaceId, workspaceId), wanted, isNull(connections.deletedAt)));
  return row ?? null;
};

const noDefault = (provider: string): GatewayError =>
  new GatewayError(
    'NO_CONNECTION',
    `This workspace has no default connection for ${provider}: create one, make one the default, name one in the lookup, or send your own key with the request.`,
  );

const disabled = (name: string): GatewayError =>
  new GatewayError(
    'CONNECTION_DISABLED',
    `The connection "${name}" is disabled: enable it, or name another one.`,
  );

const otherProvider = (name: string, provider: string, wanted: string): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `The connection "${name}" is one for ${provider}, and this lookup goes to ${wanted}: name a connection for ${wanted}.`,
  );
