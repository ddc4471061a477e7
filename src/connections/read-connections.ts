import { and, asc, eq, gt, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { connections, workspaces } from '../../schema/tables/index.js';
import { authorizeInScope, type Caller } from '../access/caller.js';
import { isConnectionInScope } from '../access/scopes.js';
import type { Database } from '../platform/database.js';
import { isId } from '../platform/ids.js';
import { cursorsOf, firstMax, idShape, type Listed, type Page } from '../platform/page.js';
import { type Connection, connectionColumns, connectionNotFound, isConnection } from './connection.js';

type Deps = { database: Database };

/** One connection; null when the workspace has none with this id, has deleted it, or the scope of the token does not include it. Throws FORBIDDEN. */
export const getConnection = async (
  { database }: Deps,
  caller: Caller,
  id: string,
): Promise<Connection | null> => {
  authorizeInScope(caller, 'read');
  if (!isId(id) || !isConnectionInScope(caller.scopes, id)) return null;
  const rows = await database.db
    .select(connectionColumns)
    .from(connections)
    .where(isConnection(caller.workspaceId, id));
  return rows[0] ?? null;
};

/** As getConnection, but throws NOT_FOUND, with `field`, instead of returning null. */
export const requireConnection = async (
  deps: Deps,
  caller: Caller,
  id: string,
  field: readonly string[],
): Promise<Connection> => {
  const connection = await getConnection(deps, caller, id);
  if (connection === null) throw connectionNotFound(field);
  return connection;
};

/**
 * The connections with these ids, by id, deleted ones included, because entries refer to them. Ids that this workspace
 * does not have are left out. Throws FORBIDDEN.
 */
export const getConnections = async (
  { database }: Deps,
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Connection>> => {
  authorizeInScope(caller, 'read');
  const wanted = ids.filter((id) => isId(id) && isConnectionInScope(caller.scopes, id));
  const rows = await database.db
    .select(connectionColumns)
    .from(connections)
    .where(and(eq(connections.workspaceId, caller.workspaceId), inArray(connections.id, wanted)));
  return new Map(rows.map((connection) => [connection.id, connection]));
};

/**
 * The connections of each of these accounts, by its id, oldest first, without deleted ones and those outside the scope of
 * the token. Throws FORBIDDEN.
 */
export const getConnectionsOfAccounts = async (
  { database }: Deps,
  caller: Caller,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Connection[]>> => {
  authorizeInScope(caller, 'read');
  const rows = await database.db
    .select({ accountId: connections.accountId, connection: connectionColumns })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, caller.workspaceId),
        inArray(connections.accountId, accountIds.filter(isId)),
        isNull(connections.deletedAt),
      ),
    )
    .orderBy(asc(connections.id));
  const visible = rows.filter(({ connection }) => isConnectionInScope(caller.scopes, connection.id));
  return groupConnections(visible, ({ accountId, connection }) => [accountId, connection]);
};

const groupConnections = <Row>(
  rows: readonly Row[],
  read: (row: Row) => [key: string, connection: Connection],
): Map<string, Connection[]> => {
  const groups = new Map<string, Connection[]>();
  for (const [key, connection] of rows.map(read)) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [connection]);
    else group.push(connection);
  }
  return groups;
};

/**
 * Up to 100 connections of each of these providers, by its name, oldest first, without deleted ones and those outside the
 * scope of the token. Throws FORBIDDEN.
 */
export const getConnectionsOfProviders = async (
  { database: { db } }: Deps,
  caller: Caller,
  providers: readonly string[],
): Promise<ReadonlyMap<string, Connection[]>> => {
  authorizeInScope(caller, 'read');
  const ranked = db
    .select({
      ...connectionColumns,
      place:
        sql<number>`row_number() over (partition by ${connections.provider} order by ${connections.id})`.as(
          'place',
        ),
    })
    .from(connections)
    .where(and(ofCaller(caller), inArray(connections.provider, [...providers])))
    .as('ranked');
  const rows = await db.select().from(ranked).where(lte(ranked.place, firstMax)).orderBy(asc(ranked.id));
  return groupConnections(rows, (connection) => [connection.provider, connection]);
};

const cursors = cursorsOf('connections', [idShape]);

/** The workspace's connections, oldest first, without deleted ones and those outside the scope of the token. Throws FORBIDDEN, or BAD_REQUEST for the page. */
export const listConnections = async (
  { database }: Deps,
  caller: Caller,
  page: Page & { provider?: string | null | undefined },
): Promise<Listed<Connection>> => {
  authorizeInScope(caller, 'read');
  const { first, position } = cursors.readPage(page);
  const wanted = and(
    ofCaller(caller),
    typeof page.provider === 'string' ? eq(connections.provider, page.provider) : undefined,
  );
  // Ids sort by time, so they are the order and the cursor.
  const [after] = position ?? [];
  const rows = await database.db
    .select(connectionColumns)
    .from(connections)
    .where(and(wanted, after === undefined ? undefined : gt(connections.id, after)))
    .orderBy(asc(connections.id))
    .limit(first + 1);
  return cursors.pageOf(rows, first, { item: (connection) => connection, position: ({ id }) => [id] }, () =>
    database.db.$count(connections, wanted),
  );
};

const ofCaller = ({ workspaceId, scopes }: Caller): SQL | undefined =>
  and(
    eq(connections.workspaceId, workspaceId),
    isNull(connections.deletedAt),
    scopes.connections === null ? undefined : inArray(connections.id, [...scopes.connections]),
  );

export type NamedConnection = {
  id: string;
  provider: string;
  workspaceId: string;
  workspaceName: string;
};

/** The connections of this name, at most one in each workspace. For operators: it takes no caller. */
export const findConnectionsByName = ({ db }: Database, name: string): Promise<NamedConnection[]> =>
  db
    .select({
      id: connections.id,
      provider: connections.provider,
      workspaceId: connections.workspaceId,
      workspaceName: workspaces.name,
    })
    .from(connections)
    .innerJoin(workspaces, eq(workspaces.id, connections.workspaceId))
    .where(and(eq(connections.name, name), isNull(connections.deletedAt)))
    .orderBy(asc(connections.workspaceId));

/** REAL: a key of a provider. SANDBOX: a key of the sandbox, whose records are invented and whose credits cost nothing. */
const keyKinds = ['REAL', 'SANDBOX'] as const;
export type KeyKind = (typeof keyKinds)[number];

/**
 * The kinds of keys that a workspace ever stored, or bought a record with. Once used a kind stays: what was bought outlives
 * the key. An account is real or of the sandbox, so its first unlock shows which: the index finds the first of each
 * account, however many records are unlocked.
 */
export const readKeyKinds = async ({ db }: Pick<Database, 'db'>, workspaceId: string): Promise<KeyKind[]> => {
  const first = (later: SQL): SQL => sql`
    select u.account_id, u.sandbox from unlocks u
    where u.workspace_id = ${workspaceId} ${later} order by u.account_id limit 1`;
  const rows = await db.execute<{ sandbox: boolean }>(sql`
    with recursive account as (
      (${first(sql``)})
      union all
      select next.* from account a cross join lateral (${first(sql`and u.account_id > a.account_id`)}) next
    )
    select sandbox from account
    union
    select sandbox from connections where workspace_id = ${workspaceId}`);
  return keyKinds.filter((kind) => rows.some(({ sandbox }) => sandbox === (kind === 'SANDBOX')));
};
