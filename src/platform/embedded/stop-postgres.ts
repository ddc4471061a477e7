import { setTimeout } from 'node:timers/promises';
import { isAlive, runningPostgres } from './running-postgres.js';

const fastShutdownMs = 15_000;
const immediateShutdownMs = 5_000;
// In a container without an init nobody takes note of a process's end: it keeps its number, but runs no longer.
const unreapedMs = 1_000;

/**
 * Stops the server on a cluster and waits for its end: "fast" (SIGINT: open transactions are rolled back), and after 15 s
 * "immediate" (SIGQUIT: nothing committed is lost, the next start replays the log).
 */
export const stopPostgres = async (clusterDir: string): Promise<void> => {
  const running = runningPostgres(clusterDir);
  if (running === null) return;
  signal(running.pid, 'SIGINT');
  if (await isGone(clusterDir, running.pid, fastShutdownMs)) return;
  signal(running.pid, 'SIGQUIT');
  await isGone(clusterDir, running.pid, immediateShutdownMs);
};

/** Tells the server to end at once, without waiting: for a process that is about to exit. */
export const dropPostgres = (clusterDir: string): void => {
  const running = runningPostgres(clusterDir);
  if (running !== null) signal(running.pid, 'SIGQUIT');
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself in the meantime.
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
