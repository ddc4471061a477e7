import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as tables from '../../schema/tables/index.js';
import { reconnectingClient } from './lasting-client.js';

export type Sql = postgres.Sql;
/** The `sql` client inside a transaction. */
export type Transaction = postgres.TransactionSql;
export type Drizzle = PostgresJsDatabase<typeof tables>;

/**
 * One database, two clients: `db` (Drizzle) for most queries, `sql` for the SQL functions and the hot reads. They are
 * separate because Drizzle replaces its client's serializers, after which arrays and dates are not sent as postgres.js
 * sends them, and because the ledger must not queue behind a report.
 */
export type Database = {
  db: Drizzle;
  sql: Sql;
  close: () => Promise<void>;
};

/** The address of PostgreSQL: a URL, or the folder of a Unix socket. */
export type DatabaseAddress = { url: string } | { socketDir: string; user: string; database: string };

/** One client of postgres.js. A URL may name a Unix socket as libpq's do: `postgres://me@localhost/db?host=/folder`. */
export const connect = (address: DatabaseAddress, options: postgres.Options<Record<string, never>>): Sql =>
  // Connections have no maximum age: when one closes, something has happened to the server.
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
  // postgres.js would send the parameter as a setting of the server.
  url.searchParams.delete('host');
  return postgres(url.href, { ...options, host: socketDir });
};

/** The server cancels a statement after this time, even when its client is gone. */
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
    // postgres.js fetches the array types on each new connection and does not handle a failure, which ends the process
    // when the database stops at that moment. Lists are sent as JSON instead.
    fetch_types: false,
    connection: {
      application_name: 'firmable-gateway',
      // A statement that runs this long waits for a lock that will not be released: it is cancelled, and nothing is lost.
      statement_timeout: statementTimeoutMs,
      // The ledger's statements read the present state after each lock, whatever the server's default is.
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
