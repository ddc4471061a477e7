import { chownSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../../errors.js';
import type { Account } from './choose-account.js';
import type { Binaries } from './find-binaries.js';
import { ended, run } from './run.js';

/**
 * Makes the cluster's folder unless it is there. `initdb` works in a folder of another name which is renamed when it
 * is complete: a crash half way leaves nothing that a later start could take for a cluster, and of two that
 * start at once one wins.
 */
export const initializeCluster = async (options: {
  binaries: Binaries;
  account: Account;
  clusterDir: string;
  /** File descriptor for what initdb has to say. */
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
        `The embedded PostgreSQL could not be prepared (initdb: ${reason}): read postgres.log in DATA_DIR, see that its disk has room and that the account which runs PostgreSQL may enter node_modules, or set DATABASE_URL.`,
      );
    }
    renameOrYield(partialDir, clusterDir);
  } finally {
    rmSync(partialDir, { recursive: true, force: true });
  }
};

const renameOrYield = (partialDir: string, clusterDir: string): void => {
  try {
    renameSync(partialDir, clusterDir);
  } catch (error) {
    if (!existsSync(clusterDir)) throw error;
  }
};

// Whoever reaches the socket is in: it lies in a folder that only the gateway's account may enter.
const settings = [
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
];
