import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/**
 * Under which account the server's programs run, for PostgreSQL refuses to run as root.
 * `prefix` is put before every command; with `uid` and `gid` the process drops to that account, which must then own
 * the folders of the server.
 */
export type Account = { prefix: readonly string[]; drop: { uid: number; gid: number } | null };

/** "nobody" on Linux and, by number, an account without rights elsewhere. */
const unprivileged = { uid: 65_534, gid: 65_534 };

// Root of a user namespace's outside, account 1000 on its inside: the server takes root's files as its own, so it
// works where the checkout lies in a folder that no other account may enter.
const asNamespaceUser = ['unshare', '-U', '--map-user=1000', '--map-group=1000'] as const;

/**
 * Chooses the account for the cluster in `clusterDir` (which need not exist). An ordinary user's own; as root the
 * owner of the cluster, a user namespace, or, where namespaces are forbidden, an unprivileged account.
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
