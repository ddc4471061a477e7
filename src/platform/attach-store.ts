import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../errors.js';
import { connectionsMin, type Database, type DatabaseAddress, openDatabase } from './database.js';
import { openEmbedded } from './embedded/open-embedded.js';
import { clusterDirOf } from './embedded/prepare-cluster.js';
import { runningPostgres } from './embedded/running-postgres.js';
import { inspectServer } from './inspect-server.js';
import { explainDatabaseFault } from './explain-fault.js';
import { readOrCreateEncryptionKeys } from './encryption-keys-file.js';
import type { Log } from './log.js';
import { migrationsCurrent } from './migrate.js';
import type { Store, StoreSettings } from './open-store.js';

/** A command runs beside the instances, whose shares leave little more free. */
const commandConnections = connectionsMin;

/**
 * Opens the store for one command, beside a running gateway or without one: DATABASE_URL, the embedded PostgreSQL that
 * runs, or one that is started and stopped with the command. It changes no table: throws UNAVAILABLE when the database
 * does not exist yet or has the tables of another release.
 */
export const attachStore = async (settings: StoreSettings, log: Log): Promise<Store> => {
  const server = await reachServer(settings, log);
  let database: Database | null = null;
  const close = async (): Promise<void> => {
    await database?.close();
    await server.close();
  };
  try {
    const { pooled } = await inspectServer(server.address, log);
    database = openDatabase(server.address, { connectionsMax: commandConnections, pooled });
    await requirePresentRelease(database);
    const secrets = settings.encryptionKeys ?? readOrCreateEncryptionKeys(path.resolve(settings.dataDir));
    const embedded = settings.databaseUrl === null;
    return { database, address: server.address, secrets, embedded, close, drop: server.drop };
  } catch (error) {
    await close();
    throw explainDatabaseFault(error, settings.databaseUrl);
  }
};

type Server = { address: DatabaseAddress; close: () => Promise<void>; drop: () => void };

const reachServer = async (settings: StoreSettings, log: Log): Promise<Server> => {
  const nothing = { close: async () => {}, drop: () => {} };
  if (settings.databaseUrl !== null) return { address: { url: settings.databaseUrl }, ...nothing };
  const dataDir = path.resolve(settings.dataDir);
  if (!existsSync(clusterDirOf(dataDir))) {
    throw new GatewayError(
      'UNAVAILABLE',
      `There is no database in ${dataDir} yet: start the gateway once, or set DATA_DIR or DATABASE_URL to where it is.`,
    );
  }
  const socketDir = runningPostgres(clusterDirOf(realpathSync(dataDir)))?.socketDir ?? null;
  if (socketDir !== null)
    return { address: { socketDir, user: 'postgres', database: 'postgres' }, ...nothing };
  return await openEmbedded({ dataDir, connectionsMax: 100, log });
};

const requirePresentRelease = async (database: Database): Promise<void> => {
  if (await migrationsCurrent(database)) return;
  throw new GatewayError(
    'UNAVAILABLE',
    'The tables are not those of this release: start the gateway of this release once, which migrates them.',
  );
};
