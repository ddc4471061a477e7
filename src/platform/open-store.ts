import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepConnectionShare } from './connection-share.js';
import { connectionsMin, type Database, type DatabaseAddress, openDatabase } from './database.js';
import { readDatabaseUrl } from './database-url.js';
import { inspectServer, type ServerFacts } from './inspect-server.js';
import { isServerFull } from './database-errors.js';
import { explainDatabaseFault } from './explain-fault.js';
import { openEmbedded } from './embedded/open-embedded.js';
import { readOrCreateEncryptionKeys } from './encryption-keys-file.js';
import type { Log } from './log.js';
import { migrate, readSchema } from './migrate.js';

export type StoreSettings = {
  databaseUrl: string | null;
  dataDir: string;
  encryptionKeys: Buffer[] | null;
  databaseConnectionsMax: number;
};

/** The migrated database and the encryption keys of what is sealed in it. */
export type Store = {
  database: Database;
  address: DatabaseAddress;
  secrets: readonly Buffer[];
  /** Whether PostgreSQL runs inside DATA_DIR rather than behind DATABASE_URL. */
  embedded: boolean;
  close: () => Promise<void>;
  /** Releases everything without waiting, for a process that is about to exit. Nothing committed is lost. */
  drop: () => void;
};

/**
 * Opens DATABASE_URL, or the embedded PostgreSQL without one, and migrates it. Throws UNAVAILABLE, with the remedy, for
 * every failure. When `stopping` is aborted before it is done, stops what it started and throws the reason.
 */
export const openStore = async (
  settings: StoreSettings,
  log: Log,
  stopping: AbortSignal = new AbortController().signal,
): Promise<Store> => {
  const { databaseUrl } = settings;
  const connectionsMax = connectionsMaxOf(settings);
  const dataDir = path.resolve(settings.dataDir);
  const secrets = settings.encryptionKeys ?? readOrCreateEncryptionKeys(dataDir);
  const server =
    databaseUrl === null
      ? await openEmbedded({ dataDir, connectionsMax: serverConnections(connectionsMax), log, stopping })
      : { address: { url: databaseUrl }, close: async () => {}, drop: () => {} };
  let facts: ServerFacts;
  try {
    const migrated = whenServerHasRoom(() => inspectAndMigrate(server.address, log), stopping, log);
    // The embedded server is not stopped during its migration, which is short: when a socket closes between two writes,
    // postgres.js throws an error that cannot be caught, and the server would be left running.
    facts = await (databaseUrl === null ? migrated : Promise.race([migrated, untilAborted(stopping)]));
    stopping.throwIfAborted();
  } catch (error) {
    await server.close();
    throw explainDatabaseFault(error, databaseUrl);
  }
  const database = openDatabase(server.address, { connectionsMax, ...facts });
  // A pooler divides the server's connections itself.
  const stopSharing = facts.pooled
    ? async () => {}
    : await keepConnectionShare(database, { connectionsMax, everyMs: shareEveryMs, log });
  return {
    database,
    address: server.address,
    secrets,
    embedded: databaseUrl === null,
    close: async () => {
      await stopSharing();
      await database.close();
      await server.close();
    },
    drop: server.drop,
  };
};

const connectionsMaxOf = ({ databaseUrl, databaseConnectionsMax }: StoreSettings): number => {
  const limit = databaseUrl === null ? null : readDatabaseUrl(databaseUrl).connectionLimit;
  return Math.max(connectionsMin, Math.min(databaseConnectionsMax, limit ?? databaseConnectionsMax));
};

const shareEveryMs = 2_000;
const fullServerMaxWaitMs = 15_000;
const fullServerRetryMs = 500;

/** The other instances notice a new one within seconds, and give connections back: until then this waits. */
const whenServerHasRoom = async <Result>(
  work: () => Promise<Result>,
  stopping: AbortSignal,
  log: Log,
): Promise<Result> => {
  const untilMs = performance.now() + fullServerMaxWaitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isServerFull(error) || performance.now() > untilMs || stopping.aborted) throw error;
      log.warn('the database server has no connection left: trying again');
      await sleep(fullServerRetryMs);
    }
  }
};

const inspectAndMigrate = async (address: DatabaseAddress, log: Log): Promise<ServerFacts> => {
  const facts = await inspectServer(address, log);
  await migrate(address, readSchema(), log);
  return facts;
};

/** Throws the reason of `signal` when it is aborted. */
const untilAborted = async (signal: AbortSignal): Promise<never> => {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
};

/** Enough for one gateway, its owner's session, and a few commands. */
const serverConnections = (connectionsMax: number): number => Math.max(100, connectionsMax + 30);
