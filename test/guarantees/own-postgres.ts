import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount } from '../../src/platform/embedded/choose-account.js';
import { findBinaries } from '../../src/platform/embedded/find-binaries.js';
import { initializeCluster } from '../../src/platform/embedded/prepare-cluster.js';
import { ended, startPostgres } from '../../src/platform/embedded/start-postgres.js';
import { runningPostgres } from '../../src/platform/embedded/running-postgres.js';
import { administer } from '../support/postgres.js';

/** A durable PostgreSQL of a test's own, to be ill-treated. */
export type OwnPostgres = {
  address: { url: string };
  socketDir: string;
  /** The data folder, with the cluster in it. */
  dataDir: string;
  /** As `pg_ctl stop -m immediate`: nothing is finished, nothing is written down. */
  stopImmediately: () => Promise<void>;
  start: () => Promise<void>;
  remove: () => Promise<void>;
};

export const openOwnPostgres = async (
  connectionsMax = 100,
  binaries = findBinaries(),
  /** May hold a cluster already. */
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-own-')),
): Promise<OwnPostgres> => {
  const clusterDir = path.join(folder, 'postgres');
  const socketDir = path.join(folder, 'socket');
  mkdirSync(socketDir, { mode: 0o700 });
  const output = openSync(path.join(folder, 'postgres.log'), 'a');
  const account = chooseAccount(clusterDir);
  await initializeCluster({ binaries, account, clusterDir, output, durable: true });
  const address = { socketDir, user: 'postgres', database: 'postgres' };
  let end: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<void> => {
    end = ended(
      startPostgres({ binaries, account, clusterDir, socketDir, output, connectionsMax, durable: true }),
    );
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        return await administer(address, 'select 1');
      } catch {
        await sleep(25);
      }
    }
    throw new Error('the server did not come up');
  };
  const stopImmediately = async (): Promise<void> => {
    const pid = runningPostgres(clusterDir)?.pid;
    if (pid !== undefined) process.kill(pid, 'SIGQUIT');
    await end;
  };
  await start();
  return {
    address: { url: `postgres://postgres@localhost/postgres?host=${socketDir}` },
    socketDir,
    dataDir: folder,
    stopImmediately,
    start,
    remove: async () => {
      await stopImmediately();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
