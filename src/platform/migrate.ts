import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as migrateWithDrizzle } from 'drizzle-orm/postgres-js/migrator';
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { connect, type Database, type DatabaseAddress, type Sql } from './database.js';

const oldestVersion = 15;
/** Any number will do, as long as every instance uses the same. */
const migrationLock = 7_263_540_119;

/**
 * Brings the tables up to date. Instances that start at once take turns under an advisory lock, for Drizzle's
 * migrator has none of its own and two at once fail. Throws UNAVAILABLE on a server older than 15, and on a database that a newer
 * release of the gateway has already changed.
 */
export const migrate = async (
  address: DatabaseAddress,
  folder: string = migrationsFolder(),
): Promise<void> => {
  const sql = connect(address, {
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: 'firmable-gateway migrations' },
  });
  try {
    refuseOldServer(await serverVersion(sql));
    await sql`select pg_advisory_lock(${migrationLock}::bigint)`;
    await refuseNewerDatabase(sql, folder);
    await migrateWithDrizzle(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/** Whether the database holds exactly the migrations of this release. Throws where it cannot be asked. */
export const migrationsCurrent = async (
  database: Database,
  folder: string = migrationsFolder(),
): Promise<boolean> => (await newestApplied(database.sql)) === newestKnown(folder);

/** The `migrations` folder beside package.json, from `src` as well as from `dist/src`. */
export const migrationsFolder = (): string => {
  let at = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(at, 'package.json')) && path.dirname(at) !== at) at = path.dirname(at);
  return path.join(at, 'migrations');
};

/** Throws UNAVAILABLE below PostgreSQL 15. Takes `server_version_num`: 150004 is 15.4. */
export const refuseOldServer = (version: number): void => {
  const major = Math.floor(version / 10_000);
  if (major >= oldestVersion) return;
  throw new GatewayError(
    'UNAVAILABLE',
    `The database is PostgreSQL ${major}, and the gateway needs ${oldestVersion} or newer: upgrade the server, or point DATABASE_URL at another.`,
  );
};

const serverVersion = async (sql: Sql): Promise<number> => {
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version_num') as version`;
  return Number(row?.version);
};

const refuseNewerDatabase = async (sql: Sql, folder: string): Promise<void> => {
  const applied = await newestApplied(sql);
  if (applied === null || applied <= newestKnown(folder)) return;
  throw new GatewayError(
    'UNAVAILABLE',
    'The database was changed by a newer release of the gateway: start that release or a later one.',
  );
};

/** Drizzle notes the journal's `when` of each migration it has applied (milliseconds). Null: none yet. */
const newestApplied = async (sql: Sql): Promise<number | null> => {
  const [table] = await sql<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (table?.exists !== true) return null;
  const [row] = await sql<{ newest: string | null }[]>`
    select max(created_at) as newest from drizzle.__drizzle_migrations`;
  return row?.newest == null ? null : Number(row.newest);
};

const newestKnown = (folder: string): number => {
  const file = path.join(folder, 'meta', '_journal.json');
  const { entries } = journal.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Math.max(...entries.map((entry) => entry.when));
};

const journal = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });
