import { chmodSync, chownSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseAddress } from '../database.js';
import { type Account, chooseAccount } from './choose-account.js';
import { type Binaries, findBinaries } from './find-binaries.js';
import { initializeCluster } from './initialize-cluster.js';
import { makeDataDir } from './make-data-dir.js';
import { refuseUnreachable } from './refuse-unreachable.js';
import { chooseSocketDir } from './choose-socket-dir.js';

/** The folders and programs of one embedded server, ready to be started. */
export type Cluster = {
  binaries: Binaries;
  account: Account;
  clusterDir: string;
  socketDir: string;
  logFile: string;
  address: DatabaseAddress;
};

/** Where the cluster lies in a data folder. */
export const clusterDirOf = (dataDir: string): string => path.join(dataDir, 'postgres');

/** Makes the data folder, private to the gateway's account, and an empty cluster in it on the first start. */
export const prepareCluster = async (dataDir: string): Promise<Cluster> => {
  const binaries = findBinaries();
  const home = makeDataDir(dataDir);
  const clusterDir = clusterDirOf(home);
  const account = chooseAccount(clusterDir);
  if (account.drop !== null) {
    // Others may pass through to what is theirs; the files beside it stay closed by their own modes.
    chmodSync(home, 0o711);
    refuseUnreachable([home, path.dirname(binaries.postgres)], account.drop);
    if (existsSync(clusterDir)) await giveAway(clusterDir, account.drop);
  }
  const logFile = path.join(home, 'postgres.log');
  const output = openSync(logFile, 'a', 0o600);
  try {
    await initializeCluster({ binaries, account, clusterDir, output, durable: true });
  } finally {
    closeSync(output);
  }
  const socketDir = chooseSocketDir(home, account);
  const address = { socketDir, user: 'postgres', database: 'postgres' };
  return { binaries, account, clusterDir, socketDir, logFile, address };
};

/** A cluster that root once ran in a user namespace belongs to root: where that is forbidden now, it changes hands. */
const giveAway = async (clusterDir: string, to: { uid: number; gid: number }): Promise<void> => {
  for (const name of ['', ...(await readdir(clusterDir, { recursive: true }))]) {
    chownSync(path.join(clusterDir, name), to.uid, to.gid);
  }
};

/** What crashes during earlier first starts have left. Only for whoever holds the cluster. */
export const removePartialClusters = async (clusterDir: string): Promise<void> => {
  const home = path.dirname(clusterDir);
  for (const name of await readdir(home)) {
    if (name.startsWith('postgres.partial-')) rmSync(path.join(home, name), { recursive: true, force: true });
  }
};
