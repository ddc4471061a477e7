import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import * as z from 'zod';
import { GatewayError } from '../errors.js';
import { connect, type Database, type DatabaseAddress, type Sql, type Transaction } from './database.js';
import type { Log } from './log.js';
import {
  applyFunctionFiles,
  type FunctionFile,
  functionsCurrent,
  functionsNewer,
  readFunctionFiles,
} from './schema-functions.js';

/** Any number will do, as long as every instance uses the same. */
const migrationLock = 7_263_540_119;
/** The `when` of the last migration before the baseline, from which upgrade-from-0009.sql leads to the baseline. */
const lastBeforeBaseline = 1_795_671_621_482;

/** The database as one version of the gateway expects it. */
export type Schema = {
  /** In order. `when` is the journal's time of the migration. */
  migrations: { when: number; hash: string; statements: string[] }[];
  functions: FunctionFile[];
  /** Brings a database at the last migration before the baseline to the baseline. */
  upgradeToBaseline: string;
  /** Of the gateway. */
  version: string;
};

/** Reads migrations/ and schema/functions/ beside package.json, from `src` as well as from a build. */
export const readSchema = (root: string = packageRoot()): Schema => {
  const folder = path.join(root, 'migrations');
  return {
    migrations: readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash, sql }) => ({
      when: folderMillis,
      hash,
      statements: sql,
    })),
    functions: readFunctionFiles(path.join(root, 'schema/functions')),
    upgradeToBaseline: readFileSync(path.join(folder, 'upgrade-from-0009.sql'), 'utf8'),
    version: manifest.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).version,
  };
};

const manifest = z.object({ version: z.string() });

const packageRoot = (): string => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder)
    folder = path.dirname(folder);
  return folder;
};

/**
 * Brings tables and functions up to date, in one transaction and under an advisory lock, so that instances that start at
 * once migrate one after the other. Throws UNAVAILABLE on a database that a newer version of the
 * gateway has changed, and on one that is too old to upgrade.
 */
export const migrate = async (
  address: DatabaseAddress,
  schema: Schema = readSchema(),
  log: Pick<Log, 'info'> | null = null,
): Promise<void> => {
  const sql = connect(address, {
    max: 1,
    connect_timeout: 5,
    // As every pooler allows it.
    prepare: false,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'firmable-gateway migrations' },
  });
  try {
    // What another instance has committed before it released the lock has to be seen.
    await sql.begin('isolation level read committed', async (tx) => {
      await tx`select pg_advisory_xact_lock(${migrationLock}::bigint)`;
      await refuseNewerDatabase(tx, schema);
      if ((await newestApplied(tx)) !== newestKnown(schema)) log?.info('migrating the database');
      await applyMigrations(tx, schema);
      await applyFunctionFiles(tx, schema.functions, schema.version);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
};

/** Whether the database has exactly the migrations and functions of this version. Throws where it does not answer. */
export const migrationsCurrent = async (
  { sql }: Pick<Database, 'sql'>,
  schema: Schema = readSchema(),
): Promise<boolean> =>
  (await newestApplied(sql)) === newestKnown(schema) && (await functionsCurrent(sql, schema.functions));

const refuseNewerDatabase = async (sql: Transaction, schema: Schema): Promise<void> => {
  const newest = (await newestApplied(sql)) ?? 0;
  const isNewer =
    newest > newestKnown(schema) || (await functionsNewer(sql, schema.functions, schema.version));
  if (!isNewer) return;
  throw new GatewayError(
    'UNAVAILABLE',
    'The database was changed by a newer release of the gateway: start that release or a later one.',
  );
};

const applyMigrations = async (
  sql: Transaction,
  { migrations, upgradeToBaseline }: Schema,
): Promise<void> => {
  const newest = await newestApplied(sql);
  if (newest === null) {
    await sql`create schema if not exists drizzle`;
    await sql`
      create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
  }
  const [baseline] = migrations;
  for (const migration of migrations) {
    if (newest !== null && migration.when <= newest) continue;
    const isUpgrade = newest !== null && migration === baseline;
    if (isUpgrade && newest !== lastBeforeBaseline) throw tooOld();
    for (const statement of isUpgrade ? [upgradeToBaseline] : migration.statements)
      await sql.unsafe(statement);
    await sql`
      insert into drizzle.__drizzle_migrations (hash, created_at) values (${migration.hash}, ${migration.when})`;
  }
};

const tooOld = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'The database is too old for this release: start the last release before 0.1.0 once, which brings it up to date, and then this one.',
  );

/** Drizzle's table has the journal's `when` of each applied migration (milliseconds). Null: none yet. */
const newestApplied = async (sql: Sql | Transaction): Promise<number | null> => {
  const [table] = await sql<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (table?.exists !== true) return null;
  const [row] = await sql<{ newest: string | null }[]>`
    select max(created_at) as newest from drizzle.__drizzle_migrations`;
  return row?.newest == null ? null : Number(row.newest);
};

const newestKnown = ({ migrations }: Schema): number => Math.max(...migrations.map(({ when }) => when));
