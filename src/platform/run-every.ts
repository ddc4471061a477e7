import { databaseErrorCode } from './database-errors.js';
import type { Log } from './log.js';

/** Scheduled work. `stopping` is aborted when the schedule ends: a task of several steps checks it between them. */
type Task = { name: string; run: (stopping: AbortSignal) => Promise<void> };

/**
 * Runs a task every `everyMs`, one run at a time: a tick during a run is skipped. The next tick after
 * a failed run tries again. Of failures in a row with one code the first is logged. The returned function ends the schedule and waits for the run in progress. The timer does not keep
 * the process alive.
 */
export const runEvery = (everyMs: number, task: Task, log: Log): (() => Promise<void>) => {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let lastCode: string | null = null;

  const runOnce = async (): Promise<void> => {
    try {
      await task.run(stopping.signal);
      lastCode = null;
    } catch (error) {
      // The code alone: the message of a failed statement quotes its parameters.
      const code = databaseErrorCode(error) ?? (error instanceof Error ? error.name : typeof error);
      if (code !== lastCode) log.warn({ task: task.name, code }, 'scheduled task failed');
      lastCode = code;
    } finally {
      running = null;
    }
  };
  const timer = setInterval(() => {
    running ??= runOnce();
  }, everyMs);
  timer.unref();

  return async () => {
    stopping.abort();
    clearInterval(timer);
    await running;
  };
};
