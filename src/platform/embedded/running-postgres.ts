import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

export type RunningPostgres = {
  pid: number;
  socketDir: string | null;
  /** Whether it accepts connections: it neither starts, recovers nor stops. */
  isReady: boolean;
};

/** The server that runs on a cluster, by its postmaster.pid; null when none runs. */
export const runningPostgres = (clusterDir: string): RunningPostgres | null => {
  // The lines of the file: pid, data folder, start time, port, socket folder, listen address, shared memory, status
  // (PostgreSQL's pidfile.h).
  const [pidLine = '', , , , socketDir = '', , , status = ''] = (readLockFile(clusterDir) ?? '').split('\n');
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 1 || !commandOf(pid).includes(clusterDir)) return null;
  return { pid, socketDir: socketDir === '' ? null : socketDir, isReady: status.trim() === 'ready' };
};

/**
 * After a crash the pid in postmaster.pid may belong to another program of our account, and PostgreSQL would refuse to
 * start. It never takes its parent's pid for another server, so this writes ours; its second check, of the shared
 * memory that the file also names, stays in force.
 */
export const disownStalePid = (clusterDir: string): void => {
  const text = readLockFile(clusterDir);
  if (text === null || runningPostgres(clusterDir) !== null) return;
  const pid = Number(/^\d+\n/.exec(text)?.[0]);
  // Without a complete first line the file is being written: another start is in progress.
  if (Number.isNaN(pid) || !isAlive(pid)) return;
  writeFileSync(path.join(clusterDir, 'postmaster.pid'), text.replace(/^\d+/, String(process.pid)));
};

/**
 * Removes the socket and its lock file where the lock is that of no server on this cluster: after a crash its pid may
 * belong to another program, and in a copy of a data folder to the original's server. PostgreSQL would refuse to start.
 */
export const removeStaleSocket = (socketDir: string, clusterDir: string): void => {
  const socket = path.join(socketDir, '.s.PGSQL.5432');
  const lock = `${socket}.lock`;
  if (!existsSync(lock)) return;
  const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10);
  if (pid > 1 && commandOf(pid).includes(clusterDir)) return;
  rmSync(socket, { force: true });
  rmSync(lock, { force: true });
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

/** The command line of a process; empty when there is no such process. */
const commandOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
};

const fastShutdownMs = 15_000;
const immediateShutdownMs = 5_000;
// In a container without an init process nothing reaps an ended process: it keeps its pid, but does not run.
const unreapedMs = 1_000;

/**
 * Stops the server on a cluster and waits for its end: "fast" (SIGINT: open transactions are rolled back), and after
 * 15 s "immediate" (SIGQUIT: nothing committed is lost, and the next start replays the log).
 */
export const stopPostgres = async (clusterDir: string): Promise<void> => {
  const running = runningPostgres(clusterDir);
  if (running === null) return;
  signal(running.pid, 'SIGINT');
  if (await isGone(clusterDir, running.pid, fastShutdownMs)) return;
  signal(running.pid, 'SIGQUIT');
  await isGone(clusterDir, running.pid, immediateShutdownMs);
};

/** Signals the server to end at once, without waiting: for a process that is about to exit. */
export const dropPostgres = (clusterDir: string): void => {
  const running = runningPostgres(clusterDir);
  if (running !== null) signal(running.pid, 'SIGQUIT');
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended in the meantime.
  }
};

const isGone = async (clusterDir: string, pid: number, timeoutMs: number): Promise<boolean> => {
  const begunAt = Date.now();
  let endedAt: number | null = null;
  while (Date.now() - begunAt < timeoutMs) {
    if (!isAlive(pid)) return true;
    if (runningPostgres(clusterDir)?.pid !== pid) endedAt ??= Date.now();
    if (endedAt !== null && Date.now() - endedAt > unreapedMs) return true;
    await setTimeout(10);
  }
  return false;
};
