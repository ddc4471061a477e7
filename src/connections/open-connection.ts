import { and, eq, isNull } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { openKey } from './connection.js';
import type { ProviderKeys } from './provider-keys.js';
import type { Vault } from './vault.js';

/** Which connection is to pay: the one named, or else the workspace's default for the provider. */
export type ConnectionSelection = { provider: string; connectionId: string | null };

export type OpenedConnection = {
  key: string;
  accountId: string;
  connectionId: string;
  payer: 'CONNECTION';
  sandbox: boolean;
};

/**
 * Opens the key of the connection that is to pay. Throws NO_CONNECTION (no default), CONNECTION_DISABLED, NOT_FOUND
 * (unknown, deleted, or another workspace's), INVALID_INPUT (a connection of another provider).
 */
export const openConnection = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys },
  workspaceId: string,
  wish: ConnectionSelection,
): Promise<OpenedConnection> => {
  const row = await loadConnection(deps.database, workspaceId, wish);
  if (row === null) throw wish.connectionId === null ? noConnection(wish.provider) : notFound();
  if (row.provider !== wish.provider) throw otherProvider(row.name, row.provider, wish.provider);
  if (row.disabledAt !== null || row.keySealed === null) throw disabled(row.name);
  const key = openKey(deps.vault, { workspaceId, id: row.id }, row.keySealed);
  // Refuses a sandbox key that was stored while the sandbox was on and is asked for while it is off.
  if (row.sandbox) deps.providerKeys.parse(row.provider, key);
  return { key, accountId: row.accountId, connectionId: row.id, payer: 'CONNECTION', sandbox: row.sandbox };
};

const loadConnection = async ({ db }: Database, workspaceId: string, wish: ConnectionSelection) => {
  if (wish.connectionId !== null && !isId(wish.connectionId)) return null;
  const wanted =
    wish.connectionId === null
      ? and(eq(connections.provider, wish.provider), eq(connections.isDefault, true))
      : eq(connections.id, wish.connectionId);
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

const noConnection = (provider: string): GatewayError =>
  new GatewayError(
    'NO_CONNECTION',
    `This workspace has no default connection for ${provider}: create one, make one the default, name one in the ask, or send your own key with the request.`,
  );

const disabled = (name: string): GatewayError =>
  new GatewayError(
    'CONNECTION_DISABLED',
    `The connection "${name}" is disabled: enable it, or name another one.`,
  );

const notFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such connection: list the connections and name one of them.',
  );

const otherProvider = (name: string, provider: string, wanted: string): GatewayError =>
  new GatewayError(
    'INVALID_INPUT',
    `The connection "${name}" is one for ${provider}, and this ask goes to ${wanted}: name a connection for ${wanted}.`,
  );
