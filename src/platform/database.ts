import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as tables from '../../schema/index.js';
import { reconnectingClient } from './lasting-client.js';

export type Sql = postgres.Sql;
/** The money client inside a transaction. */
export type Transaction = postgres.TransactionSql;
export type Drizzle = PostgresJsDatabase<typeof tables>;

/**
 * One database, two clients: `db` for the ordinary work of the rooms, `sql` for the money statements. They are
 * apart because Drizzle replaces its client's serializers, after which arrays and dates no longer travel as
 * postgres.js sends them, and because money must not queue behind a report.
 */
export type Database = {
  db: Drizzle;
  sql: Sql;
  close: () => Promise<void>;
};

/** Where PostgreSQL is: a URL, or the folder of a Unix socket. */
export type DatabaseAddress = { url: string } | { socketDir: string; user: string; database: string };

/** One client of postgres.js. A URL may name a Unix socket as libpq's do: `postgres://me@localhost/db?host=/folder`. */
export const connect = (address: DatabaseAddress, options: postgres.Options<Record<string, never>>): Sql =>
  // Connections have no age at which they end: when one closes, something has happened to the server.
  reconnectingClient((onClosed) =>
    openClient(address, {
      max_lifetime: null,
      ...options,
      onclose: (connection) => {
        onClosed();
        options.onclose?.(connection);
      },
    }),
  );

const openClient = (address: DatabaseAddress, options: postgres.Options<Record<string, never>>): Sql => {
  if ('socketDir' in address) {
    const { socketDir, user, database } = address;
    return postgres({ ...options, host: socketDir, port: 5432, user, database });
  }
  const url = new URL(address.url);
  const socketDir = url.searchParams.get('host');
  if (socketDir === null) return postgres(address.url, options);
  // postgres.js would take the parameter for a setting of the server.
  url.searchParams.delete('host');
  return postgres(url.href, { ...options, host: socketDir });
};

/** After so long the server ends a statement, whatever has become of who sent it. */
export const statementTimeoutMs = 30_000;

/** Opens both clients. Nothing is connected until the first query. */
export const openDatabase = (
  address: DatabaseAddress,
  limits: { connectionsMax: number } = { connectionsMax: 8 },
): Database => {
  const shared = {
    connect_timeout: 2,
    idle_timeout: 0,
    backoff: () => 0.2,
    onnotice: () => {},
    // postgres.js would fetch the array types on each new connection without minding a failure, which ends the process
    // when the database goes away in that moment. Lists travel as JSON instead.
    fetch_types: false,
    connection: {
      application_name: 'firmable-gateway',
      // A statement that waits this long waits for a lock that will not come: it is refused, and nothing is lost.
      statement_timeout: statementTimeoutMs,
      // The money statements read after each lock what is true by then, whatever the server's own default is.
      default_transaction_isolation: 'read committed',
    },
  } as const;
  const forDrizzle = connect(address, { ...shared, max: limits.connectionsMax });
  const sql = connect(address, { ...shared, max: Math.max(2, Math.floor(limits.connectionsMax / 2)) });
  return {
    db: drizzle(forDrizzle, { schema: tables }),
    sql,
    close: async () => {
      await Promise.all([forDrizzle.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    },
  };
};
