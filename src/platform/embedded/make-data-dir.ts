import { chmodSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../../errors.js';

/**
 * Makes the data folder, private to the gateway's account, and returns its path without links, because PostgreSQL and
 * the check for a running one compare whole paths. Throws UNAVAILABLE with the remedy where it cannot be had.
 */
export const makeDataDir = (dataDir: string): string => {
  try {
    makeWithParents(dataDir);
    chmodSync(dataDir, 0o700);
    return realpathSync(dataDir);
  } catch (cause) {
    throw new GatewayError(
      'UNAVAILABLE',
      `DATA_DIR (${dataDir}) cannot be used: ${cause instanceof Error ? cause.message : 'unknown fault'}. Choose a folder that belongs to the gateway's account.`,
      { cause },
    );
  }
};

// Node's own recursion never ends where a folder that is there can hold no other, as /proc.
const makeWithParents = (folder: string): void => {
  if (isFolder(folder)) return;
  makeWithParents(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start may have made it in the meantime.
    if (!isFolder(folder)) throw error;
  }
};

const isFolder = (at: string): boolean => statSync(at, { throwIfNoEntry: false })?.isDirectory() ?? false;
