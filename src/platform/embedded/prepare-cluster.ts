import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { GatewayError } from '../../errors.js';
import type { DatabaseAddress } from '../database.js';
import type { Log } from '../log.js';
import { type Account, chooseAccount, refuseUnreachable } from './choose-account.js';
import { chooseSocketDir, createDataDir } from './data-folders.js';
import { type Binaries, findBinaries } from './find-binaries.js';
import { ended, run } from './start-postgres.js';

/** The folders and programs of one embedded server, ready to be started. */
export type Cluster = {
  binaries: Binaries;
  account: Account;
  clusterDir: string;
  socketDir: string;
  logFile: string;
  address: DatabaseAddress;
};

/** The cluster's folder in a data folder. */
export const clusterDirOf = (dataDir: string): string => path.join(dataDir, 'postgres');

/** Creates the data folder, private to the gateway's account, and on the first start an empty cluster in it. */
export const prepareCluster = async (dataDir: string, log: Pick<Log, 'info'>): Promise<Cluster> => {
  const binaries = findBinaries();
  const home = createDataDir(dataDir);
  const clusterDir = clusterDirOf(home);
  const account = chooseAccount(clusterDir);
  if (account.drop !== null) {
    // The other account must pass through to its cluster; the files beside it stay private by their own modes.
    chmodSync(home, 0o711);
    refuseUnreachable([home, path.dirname(binaries.postgres)], account.drop);
    if (existsSync(clusterDir)) await changeOwner(clusterDir, account.drop);
  }
  const logFile = path.join(home, 'postgres.log');
  const output = openSync(logFile, 'a', 0o600);
  if (!existsSync(clusterDir)) log.info({ dataDir: home }, 'creating the embedded database, once');
  try {
    await initializeCluster({ binaries, account, clusterDir, output, durable: true });
  } finally {
    closeSync(output);
  }
  const socketDir = chooseSocketDir(home, account);
  const address = { socketDir, user: 'postgres', database: 'postgres' };
  return { binaries, account, clusterDir, socketDir, logFile, address };
};

/** A cluster that root ran in a user namespace belongs to root; when namespaces are forbidden now, its owner changes. */
const changeOwner = async (clusterDir: string, to: { uid: number; gid: number }): Promise<void> => {
  for (const name of ['', ...(await readdir(clusterDir, { recursive: true }))]) {
    chownSync(path.join(clusterDir, name), to.uid, to.gid);
  }
};

/** Removes what crashed first starts have left. Only for the owner of the cluster. */
export const removePartialClusters = async (clusterDir: string): Promise<void> => {
  const home = path.dirname(clusterDir);
  for (const name of await readdir(home)) {
    if (name.startsWith('postgres.partial-')) rmSync(path.join(home, name), { recursive: true, force: true });
  }
};

/**
 * Creates the cluster's folder unless it exists. `initdb` works in a folder of another name, which is renamed when it
 * is complete: after a crash no later start takes it for a cluster, and of two that start at the same time one wins.
 */
export const initializeCluster = async (options: {
  binaries: Binaries;
  account: Account;
  clusterDir: string;
  /** File descriptor for the output of initdb. */
  output: number;
  durable: boolean;
}): Promise<void> => {
  const { binaries, account, clusterDir } = options;
  if (existsSync(clusterDir)) return;
  const partialDir = mkdtempSync(path.join(path.dirname(clusterDir), 'postgres.partial-'));
  try {
    if (account.drop !== null) chownSync(partialDir, account.drop.uid, account.drop.gid);
    const command = [
      binaries.initdb,
      '-D',
      partialDir,
      ...settings,
      ...(options.durable ? [] : ['--no-sync']),
    ];
    const { code, reason } = await ended(run(account, command, options.output));
    if (code !== 0) {
      throw new GatewayError(
        'UNAVAILABLE',
        `The embedded PostgreSQL could not be prepared (initdb: ${reason}): read postgres.log in DATA_DIR, check that its disk has space and that the account which runs PostgreSQL may enter node_modules, or set DATABASE_URL.`,
      );
    }
    renameUnlessExists(partialDir, clusterDir);
  } finally {
    rmSync(partialDir, { recursive: true, force: true });
  }
};

const renameUnlessExists = (partialDir: string, clusterDir: string): void => {
  try {
    renameSync(partialDir, clusterDir);
  } catch (error) {
    if (!existsSync(clusterDir)) throw error;
  }
};

// Every client of the socket is trusted: its folder can be entered by the gateway's account only.
const settings = [
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
];
