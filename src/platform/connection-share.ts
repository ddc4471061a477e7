import { connectionsMin, type Database, type Sql } from './database.js';
import { databaseErrorCode } from './database-errors.js';
import type { Log } from './log.js';
import { runEvery } from './run-every.js';

/** The connections of a PostgreSQL server, as one of its clients sees them. */
export type ServerConnections = {
  /** How many this account may open in all: max_connections without those for superusers, or a lower limit. */
  usable: number;
  /** Those of other programs. */
  others: number;
  /** The gateways that are connected, this one included. */
  instances: number;
};

/** Kept free for an instance that starts, for psql and for commands. */
const spareConnections = 5;

export const readServerConnections = async (sql: Sql): Promise<ServerConnections> => {
  const [row] = await sql<{ usable: number; others: number; instances: number }[]>`
    select
      least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - coalesce(current_setting('reserved_connections', true)::int, 0),
        nullif(database.datconnlimit, -1), nullif(role.rolconnlimit, -1)
      ) as usable,
      activity.others, activity.instances
    from pg_database database, pg_roles role, (
      select
        (count(*) filter (where application_name !~ 'firmable-gateway [0-9a-f]{8}$'))::int as others,
        (count(distinct application_name) filter (where application_name ~ 'firmable-gateway [0-9a-f]{8}$'))::int
          as instances
      from pg_stat_activity
      -- The type is hidden where the session is another role's.
      where datid is not null and coalesce(backend_type, 'client backend') = 'client backend'
    ) activity
    where database.datname = current_database() and role.rolname = current_user`;
  if (row === undefined) throw new Error('the server does not report its connections');
  return row;
};

/** How many connections one instance may open, so that every instance gets some however busy the others are. */
export const shareOf = (server: ServerConnections, connectionsMax: number): number => {
  const free = server.usable - server.others - spareConnections;
  const share = Math.floor(free / Math.max(1, server.instances));
  return Math.max(connectionsMin, Math.min(connectionsMax, share));
};

/**
 * Keeps this instance within its share of the server's connections while instances start and stop. Reports at once and
 * at each change that it is below `connectionsMax`. Returns when it has read the server once, with the function that
 * stops it.
 */
export const keepConnectionShare = async (
  database: Database,
  options: { connectionsMax: number; everyMs: number; log: Log },
): Promise<() => Promise<void>> => {
  const { connectionsMax, everyMs, log } = options;
  let present = connectionsMax;
  const adjust = async (): Promise<void> => {
    const server = await readServerConnections(database.sql);
    const share = shareOf(server, connectionsMax);
    if (share === present) return;
    present = share;
    database.setConnectionsMax(share);
    const facts = { connections: share, connectionsMax, ...server };
    if (share === connectionsMax) log.info(facts, 'this instance may open all its connections again');
    else log.warn(facts, 'the server has too few connections for all instances: this one opens fewer');
  };
  await adjust().catch((error: unknown) =>
    log.warn({ code: databaseErrorCode(error) }, 'the connections of the database server cannot be read'),
  );
  return runEvery(everyMs, { name: 'share the connections of the database', run: adjust }, log);
};
