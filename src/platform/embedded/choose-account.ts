import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { GatewayError } from '../../errors.js';

/**
 * The account that runs the server's programs, because PostgreSQL refuses to run as root. `prefix` precedes every
 * command. With `uid` and `gid` the process drops to that account, which must own the folders of the server.
 */
export type Account = { prefix: readonly string[]; drop: { uid: number; gid: number } | null };

/** "nobody" on Linux and, by number, an account without rights elsewhere. */
const unprivileged = { uid: 65_534, gid: 65_534 };

// Root outside the user namespace, account 1000 inside it: the server owns root's files, so it works when the checkout
// is in a folder that no other account may enter.
const asNamespaceUser = ['unshare', '-U', '--map-user=1000', '--map-group=1000'] as const;

/**
 * Chooses the account for the cluster in `clusterDir`, which may not exist yet. For an ordinary user it is their own.
 * For root it is the owner of the cluster, a user namespace, or, when namespaces are forbidden, an unprivileged account.
 */
export const chooseAccount = (clusterDir: string, namespaces = namespacesAllowed): Account => {
  if (process.getuid?.() !== 0) return { prefix: [], drop: null };
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { prefix: [], drop: { uid: owner.uid, gid: owner.gid } };
  return namespaces() ? { prefix: asNamespaceUser, drop: null } : { prefix: [], drop: unprivileged };
};

const namespacesAllowed = (): boolean => {
  const [command, ...rest] = asNamespaceUser;
  return spawnSync(command, [...rest, 'true'], { stdio: 'ignore', timeout: 5_000 }).status === 0;
};

/** Throws UNAVAILABLE, with the remedy, when the account that runs the server cannot enter one of `folders`. */
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
