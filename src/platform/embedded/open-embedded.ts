import { setTimeout } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import { connect, type DatabaseAddress, type Sql } from '../database.js';
import type { Log } from '../log.js';
import { prepareCluster, removePartialClusters } from './prepare-cluster.js';
import { reachPostgres } from './reach-postgres.js';
import { dropPostgres, stopPostgres } from './running-postgres.js';

export type EmbeddedPostgres = {
  address: DatabaseAddress;
  /** Stops the server and waits for its end. */
  close: () => Promise<void>;
  /** Ends the server without waiting: nothing committed is lost. */
  drop: () => void;
};

/**
 * Opens the embedded PostgreSQL of a data folder, owned by this process until it is closed. A server that dies is
 * started again. Throws UNAVAILABLE, with the remedy, when it cannot be started or another gateway owns it, and the
 * reason of `stopping` when that is aborted before the server answers; then no server that it started is left running.
 */
export const openEmbedded = async (options: {
  dataDir: string;
  connectionsMax: number;
  log: Log;
  stopping?: AbortSignal;
}): Promise<EmbeddedPostgres> => {
  const { dataDir, connectionsMax, log } = options;
  const cluster = await prepareCluster(dataDir, log);
  log.info('starting the embedded PostgreSQL');
  const closing = new AbortController();
  let hold: Hold | null = null;
  let restarting: Promise<void> = Promise.resolve();

  const own = async (until: AbortSignal): Promise<DatabaseAddress> => {
    const address = await reachPostgres(cluster, connectionsMax, until);
    hold = await holdCluster(address, dataDir, () => {
      restarting = restart();
    });
    return address;
  };

  const restart = async (): Promise<void> => {
    log.warn('embedded PostgreSQL stopped; starting it again');
    while (!closing.signal.aborted) {
      try {
        await own(closing.signal);
        log.info('embedded PostgreSQL runs again');
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        log.error(
          { reason: error instanceof Error ? error.message : 'unknown' },
          'embedded PostgreSQL could not be started',
        );
        await setTimeout(1_000);
      }
    }
  };

  const address = await own(options.stopping ?? closing.signal);
  await removePartialClusters(cluster.clusterDir);
  return {
    address,
    close: async () => {
      closing.abort();
      await restarting;
      await hold?.release();
      await stopPostgres(cluster.clusterDir);
    },
    drop: () => {
      closing.abort();
      dropPostgres(cluster.clusterDir);
    },
  };
};

/** Any number, as long as every gateway uses the same. */
const ownerLock = 4_915_263_077;
const maxWaitMs = 3_000;

type Hold = { release: () => Promise<void> };

/**
 * Makes this process the one owner of an embedded server, by a session lock in the server: the lock ends with the
 * process. The server may need a moment to notice that an owner died, so this waits up to 3 s before it throws
 * UNAVAILABLE. `onLost` is called when the session ends by itself, which means that the server stopped.
 */
const holdCluster = async (address: DatabaseAddress, dataDir: string, onLost: () => void): Promise<Hold> => {
  let released = false;
  let held = false;
  const sql = connect(address, {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => {
      if (held && !released) onLost();
    },
    connection: { application_name: 'firmable-gateway owner' },
  });
  const release = async (): Promise<void> => {
    released = true;
    await sql.end({ timeout: 1 });
  };
  try {
    if (!(await acquireLock(sql))) throw alreadyOwned(dataDir);
    held = true;
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
};

const acquireLock = async (sql: Sql): Promise<boolean> => {
  const begunAt = Date.now();
  for (;;) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${ownerLock}::bigint) as taken`;
    if (row?.taken === true) return true;
    if (Date.now() - begunAt > maxWaitMs) return false;
    await setTimeout(50);
  }
};

const alreadyOwned = (dataDir: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `Another gateway already runs on ${dataDir}: stop it, choose another DATA_DIR, or set DATABASE_URL, with which several can run at the same time.`,
  );
