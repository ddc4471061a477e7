import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GatewayError } from '../../errors.js';
import type { Account } from './choose-account.js';

// The kernel takes socket paths of 103 bytes (macOS) or 107 (Linux), of which PostgreSQL's file name takes 15.
const pathBytesMax = 88;

/**
 * The folder for the server's socket, which only the gateway's account may enter: in the data folder, or, where that path is
 * too long for a socket or has a comma, at which PostgreSQL and postgres.js both divide lists of them, in the system's
 * temporary folder under a name that follows from the data folder.
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

// In a folder that all may write, another account could have made it first, to stand between us and the database.
const refuseForeign = (folder: string, uid: number): void => {
  const found = lstatSync(folder);
  const ours = found.uid === uid || found.uid === process.getuid?.();
  if (found.isDirectory() && ours && (found.mode & 0o077) === 0) return;
  throw new GatewayError(
    'UNAVAILABLE',
    `The folder ${folder}, for the database's socket, is not private to the gateway's account: remove it, or set DATA_DIR to a shorter path without commas.`,
  );
};
