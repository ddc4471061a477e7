import { and, eq, type InferSelectModel, isNull } from 'drizzle-orm';
import { connections } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Drizzle } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { label } from '../platform/parse-input.js';
import type { Vault } from './vault.js';

type Row = InferSelectModel<typeof connections>;

/** A connection as people see it: of its key, only the last four characters. */
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

/** One connection of one workspace, as long as it is not deleted. */
export const isConnection = (workspaceId: string, id: string) =>
  and(eq(connections.workspaceId, workspaceId), eq(connections.id, id), isNull(connections.deletedAt));

/** Loads it with its sealed key, or throws NOT_FOUND: unknown, deleted, and another workspace's are one thing. */
export const loadConnection = async (
  db: Pick<Drizzle, 'select'>,
  workspaceId: string,
  id: string,
): Promise<Connection & { keySealed: Buffer }> => {
  if (!isId(id)) throw connectionNotFound();
  const [row] = await db
    .select({ ...connectionColumns, keySealed: connections.keySealed })
    .from(connections)
    .where(isConnection(workspaceId, id));
  if (row === undefined || row.keySealed === null) throw connectionNotFound();
  return { ...row, keySealed: row.keySealed };
};

/** The one row a change has returned; none: the connection went meanwhile, or never was. */
export const changed = (rows: Connection[]): Connection => {
  const [connection] = rows;
  if (connection === undefined) throw connectionNotFound();
  return connection;
};

export const connectionNotFound = (): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    'This workspace has no such connection: list the connections and name one of them.',
    {
      field: ['id'],
    },
  );

export const connectionName = label('name');

/** What people and logs may know of a key. */
export const hintOf = (key: string): string => key.slice(-4);

/** Opens a stored key. Throws CONNECTION_DISABLED when the present ENCRYPTION_KEYS do not open it in this row. */
export const openKey = (
  vault: Pick<Vault, 'open'>,
  { workspaceId, id }: { workspaceId: string; id: string },
  keySealed: Uint8Array,
): string => {
  const key = vault.open({ workspaceId, kind: 'connection', id }, keySealed);
  if (key !== null) return key;
  throw new GatewayError(
    'CONNECTION_DISABLED',
    'The stored key of this connection does not open under the present ENCRYPTION_KEYS: rotate the key, or have the operator put the old encryption key back.',
  );
};
