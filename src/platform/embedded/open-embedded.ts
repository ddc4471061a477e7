import { setTimeout } from 'node:timers/promises';
import type { DatabaseAddress } from '../database.js';
import type { Log } from '../log.js';
import { type Hold, holdCluster } from './hold-cluster.js';
import { prepareCluster, removePartialClusters } from './prepare-cluster.js';
import { reachPostgres } from './reach-postgres.js';
import { dropPostgres, stopPostgres } from './stop-postgres.js';

export type EmbeddedPostgres = {
  address: DatabaseAddress;
  /** Stops the server and waits for its end. */
  close: () => Promise<void>;
  /** Ends the server without waiting: nothing committed is lost. */
  drop: () => void;
};

/**
 * The embedded PostgreSQL of a data folder, owned by this process until it is closed. A server that dies in between
 * is started again. Throws UNAVAILABLE, with the remedy, where it cannot be had or another gateway owns it, and the reason of
 * `stopping` where that is aborted before the server answers; then none that it started is left behind.
 */
export const openEmbedded = async (options: {
  dataDir: string;
  connectionsMax: number;
  log: Log;
  stopping?: AbortSignal;
}): Promise<EmbeddedPostgres> => {
  const { dataDir, connectionsMax, log } = options;
  const cluster = await prepareCluster(dataDir);
  const closing = new AbortController();
  let hold: Hold | null = null;
  let regaining: Promise<void> = Promise.resolve();

  const own = async (until: AbortSignal): Promise<DatabaseAddress> => {
    const address = await reachPostgres(cluster, connectionsMax, until);
    hold = await holdCluster(address, dataDir, () => {
      regaining = regain();
    });
    return address;
  };

  const regain = async (): Promise<void> => {
    log.warn('the embedded PostgreSQL went away: it is being started again');
    while (!closing.signal.aborted) {
      try {
        await own(closing.signal);
        log.info('the embedded PostgreSQL is back');
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        log.error(
          { reason: error instanceof Error ? error.message : 'unknown' },
          'the embedded PostgreSQL did not come back yet',
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
      await regaining;
      await hold?.release();
      await stopPostgres(cluster.clusterDir);
    },
    drop: () => {
      closing.abort();
      dropPostgres(cluster.clusterDir);
    },
  };
};
