import { randomBytes } from 'node:crypto';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as tables from '../../schema/tables/index.js';
import { openPool, type PoolCounts, type PoolOptions } from './connection-pool.js';
import { readDatabaseUrl, tlsOptionsOf } from './database-url.js';

export type Sql = postgres.Sql;
/** The `sql` client inside a transaction. */
export type Transaction = postgres.TransactionSql;
/** Drizzle's client, or a transaction of it. */
export type Drizzle = PgDatabase<PostgresJsQueryResultHKT, typeof tables>;

/**
 * One database, three pools: `db` (Drizzle) for most queries, `sql` for the SQL functions and the hot reads, `reports`
 * (Drizzle) for reads that may be long. The first two are separate because Drizzle replaces its client's serializers,
 * after which arrays and dates are not sent as postgres.js sends them; the last because nothing may queue behind a report.
 */
export type Database = {
  db: Drizzle;
  sql: Sql;
  reports: Drizzle;
  /** How many connections `reports` has at most. */
  reportsMax: number;
  /** Changes how many connections the pools have together. Those above it are closed when they are idle. */
  setConnectionsMax: (connectionsMax: number) => void;
  /** What each pool has and waits for, for the metrics. */
  poolCounts: () => Readonly<Record<'db' | 'sql' | 'reports', PoolCounts>>;
  /** Resolves when the pools of lookups have reached the server. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

/** The address of PostgreSQL: a URL, or the folder of a Unix socket. */
export type DatabaseAddress = { url: string } | { socketDir: string; user: string; database: string };

/** One client of postgres.js, for a connection with a purpose of its own. */
export const connect = (address: DatabaseAddress, options: PoolOptions): Sql => {
  // Connections have no maximum age: when one closes, something has happened to the server.
  const lasting = { max_lifetime: null, ...options };
  if ('socketDir' in address) {
    const { socketDir, user, database } = address;
    return postgres({ ...lasting, host: socketDir, port: 5432, user, database });
  }
  // Without the URL: postgres.js would send every parameter that it does not know as a setting of the server.
  const url = readDatabaseUrl(address.url);
  const { host, port, user, password, database } = url;
  const { application_name: name = 'firmable-gateway', ...settings } = options.connection ?? {};
  return postgres({
    ...lasting,
    ...(url.connectTimeoutSeconds === null ? {} : { connect_timeout: url.connectTimeoutSeconds }),
    ...(url.keepAliveSeconds === null ? {} : { keep_alive: url.keepAliveSeconds }),
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ssl: tlsOptionsOf(address.url),
    connection: {
      ...settings,
      ...(url.serverOptions === null ? {} : { options: url.serverOptions }),
      application_name: url.applicationName === null ? name : `${url.applicationName}: ${name}`,
    },
  });
};

/** The server cancels a statement after this time, even when its client is gone. */
export const statementTimeoutMs = 30_000;

/** Two pools need a second connection beside one that waits, and reports need one. */
export const connectionsMin = 5;

/**
 * Opens the pools. Nothing is connected until the first query. Behind a pooler a session is not the gateway's own: no
 * statement is prepared, and no setting is sent at the start of a connection.
 */
export const openDatabase = (
  address: DatabaseAddress,
  { connectionsMax = 12, pooled = false }: { connectionsMax?: number; pooled?: boolean } = {},
): Database => {
  const settings = {
    // A statement that runs this long waits for a lock that will not be released: it is cancelled, and nothing is lost.
    statement_timeout: statementTimeoutMs,
    // The ledger's statements read the present state after each lock, whatever the server's default is.
    default_transaction_isolation: 'read committed',
    // The planner expects reports to cost so much that they are compiled, which takes longer than running them.
    jit: 'off',
  } as const;
  const options = {
    connect_timeout: 2,
    onnotice: () => {},
    // postgres.js fetches the array types on each new connection and does not handle a failure, which ends the process
    // when the database stops at that moment. Lists are sent as JSON instead.
    fetch_types: false,
    prepare: !pooled,
    connection: {
      // connection-share.ts counts the instances of a server by it.
      application_name: `firmable-gateway ${randomBytes(4).toString('hex')}`,
      ...(pooled ? {} : settings),
    },
  } as const;
  const open = (max: number) => openPool((own) => connect(address, { ...options, ...own }), max);
  const shares = sharesOf(connectionsMax);
  const forDrizzle = open(shares.db);
  const forLedger = open(shares.sql);
  const forReports = open(shares.reports);
  return {
    db: drizzle(forDrizzle.sql, { schema: tables }),
    sql: forLedger.sql,
    reports: drizzle(forReports.sql, { schema: tables }),
    reportsMax: shares.reports,
    setConnectionsMax: (connectionsMax) => {
      const { db, sql, reports } = sharesOf(connectionsMax);
      forDrizzle.setMax(db);
      forLedger.setMax(sql);
      forReports.setMax(reports);
    },
    poolCounts: () => ({ db: forDrizzle.counts(), sql: forLedger.counts(), reports: forReports.counts() }),
    ping: async () => {
      await Promise.all([forDrizzle.sql`select 1`, forLedger.sql`select 1`]);
    },
    close: async () => {
      await Promise.all([forDrizzle, forLedger, forReports].map(({ sql }) => sql.end({ timeout: 5 })));
    },
  };
};

/** The ledger's statements are batches, so it needs a third of the connections. Reports wait for each other: a sixth. */
const sharesOf = (connectionsMax: number): { db: number; sql: number; reports: number } => {
  const sql = Math.max(2, Math.floor(connectionsMax / 3));
  const reports = Math.max(1, Math.floor(connectionsMax / 6));
  return { db: Math.max(2, connectionsMax - sql - reports), sql, reports };
};
