import { statSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../../errors.js';

/** Throws UNAVAILABLE with the remedy where the account that is to run the server cannot enter one of `folders`. */
export const refuseUnreachable = (
  folders: readonly string[],
  account: { uid: number; gid: number },
): void => {
  for (const folder of folders) {
    const closed = withParents(folder).find((parent) => !mayEnter(parent, account));
    if (closed === undefined) continue;
    throw new GatewayError(
      'UNAVAILABLE',
      `PostgreSQL does not run as root, user namespaces are forbidden here, and account ${account.uid} cannot enter ${closed}: start the gateway as an ordinary user, move it to a folder that others may enter, or set DATABASE_URL.`,
    );
  }
};

const withParents = (folder: string): string[] => {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [...withParents(parent), folder];
};

const mayEnter = (folder: string, account: { uid: number; gid: number }): boolean => {
  const { mode, uid, gid } = statSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === account.gid ? 0o010 : 0o001)) !== 0;
};
