import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GatewayError } from '../../errors.js';
import type { Account } from './choose-account.js';

/**
 * Creates the data folder, private to the gateway's account, and returns its path without links, because PostgreSQL and
 * the check for a running server compare whole paths. Throws UNAVAILABLE, with the remedy, when it cannot be used.
 */
export const createDataDir = (dataDir: string): string => {
  try {
    createWithParents(dataDir);
    chmodSync(dataDir, 0o700);
    return realpathSync(dataDir);
  } catch (cause) {
    throw new GatewayError(
      'UNAVAILABLE',
      `DATA_DIR (${dataDir}) cannot be used: ${cause instanceof Error ? cause.message : 'unknown error'}. Choose a folder that belongs to the gateway's account.`,
      { cause },
    );
  }
};

// Node's own recursion does not end when an existing folder can hold no other, as /proc.
const createWithParents = (folder: string): void => {
  if (isFolder(folder)) return;
  createWithParents(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start may have created it in the meantime.
    if (!isFolder(folder)) throw error;
  }
};

const isFolder = (at: string): boolean => statSync(at, { throwIfNoEntry: false })?.isDirectory() ?? false;

// The kernel accepts socket paths of 103 bytes (macOS) or 107 (Linux); PostgreSQL's file name needs 15 of them.
const pathBytesMax = 88;

/**
 * The folder for the server's socket, which only the gateway's account may enter. It is in the data folder. When that
 * path is too long for a socket, or contains a comma (PostgreSQL and postgres.js separate paths by it), it is in the
 * system's temporary folder, under a name derived from the data folder.
 */
export const chooseSocketDir = (dataDir: string, account: Account): string => {
  const beside = path.join(dataDir, 'socket');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const short = path.join(tmpdir(), `firmable-gateway-${name}`);
  const folder = Buffer.byteLength(beside) <= pathBytesMax && !beside.includes(',') ? beside : short;
  const owner = account.drop ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (mkdirIfMissing(folder)) chownSync(folder, owner.uid, owner.gid);
  refuseForeign(folder, owner.uid);
  return folder;
};

const mkdirIfMissing = (folder: string): boolean => {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

// In a folder that every account may write, another one could have created it first, to intercept the connection.
const refuseForeign = (folder: string, uid: number): void => {
  const found = lstatSync(folder);
  const ours = found.uid === uid || found.uid === process.getuid?.();
  if (found.isDirectory() && ours && (found.mode & 0o077) === 0) return;
  throw new GatewayError(
    'UNAVAILABLE',
    `The folder ${folder} for the database's socket is not private to the gateway's account: remove it, or set DATA_DIR to a shorter path without commas.`,
  );
};
