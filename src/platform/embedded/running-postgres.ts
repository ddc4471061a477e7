import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What postmaster.pid says of the server that runs on a cluster; null where none runs. */
export const runningPostgres = (clusterDir: string): { pid: number; socketDir: string | null } | null => {
  // The lines of the file: pid, data folder, start time, port, socket folder (PostgreSQL's miscadmin.h).
  const [pidLine = '', , , , socketDir = ''] = (readLockFile(clusterDir) ?? '').split('\n');
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 1 || !commandOf(pid).includes(clusterDir)) return null;
  return { pid, socketDir: socketDir === '' ? null : socketDir };
};

/**
 * After a crash the pid in postmaster.pid may by now belong to some other program of our account, and
 * PostgreSQL would refuse to start beside it. Its parent's pid it never takes for a rival, so ours is put there; its
 * second check, of the shared memory which the file also names, stays in force.
 */
export const disownStalePid = (clusterDir: string): void => {
  const text = readLockFile(clusterDir);
  if (text === null || runningPostgres(clusterDir) !== null) return;
  const pid = Number(/^\d+\n/.exec(text)?.[0]);
  // Without a whole first line it is being written at this moment: another start is under way.
  if (Number.isNaN(pid) || !isAlive(pid)) return;
  writeFileSync(path.join(clusterDir, 'postmaster.pid'), text.replace(/^\d+/, String(process.pid)));
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const readLockFile = (clusterDir: string): string | null => {
  try {
    return readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8');
  } catch {
    return null;
  }
};

/** The command line of a process; empty where there is no such process. */
const commandOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
};
