import { and, eq, type InferSelectModel, isNull } from 'drizzle-orm';
import { connections } from '../../schema/tables/index.js';
import type { Facts } from '../access/audit-facts.js';
import type { AuditAction, Change } from '../access/audit-log.js';
import { toPublicId } from '../access/public-ids.js';
import { authorize, type Caller } from '../access/caller.js';
import { requireConnectionInScope } from '../access/scopes.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { label } from '../platform/parse-input.js';
import type { Vault } from './vault.js';

type Row = InferSelectModel<typeof connections>;

/** A connection without its key, of which it holds the last four characters. */
export type Connection = Omit<Row, 'workspaceId' | 'keySealed'>;

export const connectionColumns = {
  id: connections.id,
  provider: connections.provider,
  name: connections.name,
  accountId: connections.accountId,
  keyHint: connections.keyHint,
  sandbox: connections.sandbox,
  isDefault: connections.isDefault,
  verifiedAt: connections.verifiedAt,
  problemCode: connections.problemCode,
  disabledAt: connections.disabledAt,
  deletedAt: connections.deletedAt,
  createdAt: connections.createdAt,
} as const;

/** One connection of one workspace, unless it is deleted. */
export const isConnection = (workspaceId: string, id: string) =>
  and(eq(connections.workspaceId, workspaceId), eq(connections.id, id), isNull(connections.deletedAt));

/** Loads a connection with its sealed key. Throws NOT_FOUND: unknown, deleted, or another workspace's. */
export const loadConnection = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  id: string,
): Promise<Connection & { keySealed: Buffer }> => {
  requireId(id);
  const [row] = await db
    .select({ ...connectionColumns, keySealed: connections.keySealed })
    .from(connections)
    .where(isConnection(workspaceId, id));
  if (row === undefined || row.keySealed === null) throw connectionNotFound();
  return { ...row, keySealed: row.keySealed };
};

/** Throws NOT_FOUND for a text that cannot be an id. */
const requireId = (id: string): void => {
  if (!isId(id)) throw connectionNotFound();
};

/** The row that a change returned. Throws NOT_FOUND when there is none. */
export const oneConnection = (rows: Connection[]): Connection => {
  const [connection] = rows;
  if (connection === undefined) throw connectionNotFound();
  return connection;
};

/**
 * Throws FORBIDDEN unless the caller may manage connections, and this one. Null stands for what concerns more than one: a
 * new connection, or who pays for lookups that name none.
 */
export const authorizeConnection = (caller: Caller, id: string | null): void => {
  authorize(caller, 'manageConnections');
  requireConnectionInScope(caller.scopes, id);
};

/** The one error for a connection that the workspace does not have; `field` is the path of the input field. */
export const connectionNotFound = (field: readonly string[] | null = ['id']): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such connection: list the connections and name one of them.',
    field === null ? {} : { field },
  );

export const connectionName = label('name');

/** The change of a connection for the audit log; null where it did not exist before, or does not afterwards. */
export const connectionChange = (
  action: AuditAction,
  before: Connection | null,
  after: Connection | null,
  more: Facts = {},
): Change => {
  const id = (after ?? before)?.id;
  return {
    action,
    subject: id === undefined ? null : toPublicId('connection', id),
    before: before === null ? null : factsOf(before),
    after: after === null ? null : { ...factsOf(after), ...more },
  };
};

const factsOf = (connection: Connection): Facts => ({
  provider: connection.provider,
  name: connection.name,
  accountId: connection.accountId,
  keyHint: connection.keyHint,
  sandbox: connection.sandbox,
  isDefault: connection.isDefault,
  disabledAt: connection.disabledAt,
  problemCode: connection.problemCode,
  verifiedAt: connection.verifiedAt,
});

/** Locks a connection that is to be changed, as the UPDATE that follows would, and returns it. Throws NOT_FOUND. */
export const lockConnection = async (
  tx: Pick<Drizzle, 'select'>,
  workspaceId: string,
  id: string,
): Promise<Connection> => {
  requireId(id);
  const rows = await tx
    .select(connectionColumns)
    .from(connections)
    .where(isConnection(workspaceId, id))
    .for('no key update');
  return oneConnection(rows);
};

/** What may be shown and logged of a key. */
export const hintOf = (key: string): string => key.slice(-4);

/**
 * Opens a stored key. Throws ENCRYPTION_KEY_MISSING when this instance does not have the encryption key that it is sealed
 * under, and CONNECTION_DISABLED when it has, but the key does not open in this row.
 */
export const openKey = (
  vault: Pick<Vault, 'open' | 'hasKeyOf'>,
  { workspaceId, id }: { workspaceId: string; id: string },
  keySealed: Uint8Array,
): string => {
  const key = vault.open({ workspaceId, kind: 'connection', id }, keySealed);
  if (key !== null) return key;
  if (vault.hasKeyOf(keySealed))
    throw new GatewayError(
      'CONNECTION_DISABLED',
      'The stored key of this connection was changed outside the gateway and cannot be decrypted: rotate the key.',
    );
  throw new GatewayError(
    'ENCRYPTION_KEY_MISSING',
    'This instance cannot decrypt the stored key of this connection, because it does not have the encryption key: nothing was sent and nothing spent. Try again, or have the operator complete ENCRYPTION_KEYS; if that key is lost, rotate the key.',
    { retryAfterSeconds: 30 },
  );
};
