import { setTimeout as sleep } from 'node:timers/promises';
import { databaseErrorCode } from './database-errors.js';
import type { Log } from './log.js';

/** Scheduled work. `stopping` is aborted when the schedule ends: a task of several steps checks it between them. */
type Task = { name: string; run: (stopping: AbortSignal) => Promise<void> };

/** Before a run that was requested during another: many requests do not keep the task running. */
const gatherMs = 25;

export type Schedule = {
  /** Runs the task at once, or soon after the run in progress: requests during a run share the next one. */
  runNow: () => void;
  /** Ends the schedule and waits for the run in progress. */
  stop: () => Promise<void>;
};

/**
 * Runs a task every `everyMs`, one run at a time: a tick during a run is skipped. The next tick after a failed run tries
 * again. Of failures in a row with one code the first is logged. The timer does not keep the process alive.
 */
export const createSchedule = (everyMs: number, task: Task, log: Log): Schedule => {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
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
    }
  };
  const run = async (): Promise<void> => {
    await runOnce();
    while (again) {
      await sleep(gatherMs);
      if (stopping.signal.aborted) break;
      again = false;
      await runOnce();
    }
    running = null;
  };
  const timer = setInterval(() => {
    running ??= run();
  }, everyMs);
  timer.unref();

  return {
    runNow: () => {
      if (stopping.signal.aborted) return;
      again = running !== null;
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };
};

/** The same for a task that always waits for its tick. The returned function ends the schedule and waits for the run in progress. */
export const runEvery = (everyMs: number, task: Task, log: Log): (() => Promise<void>) =>
  createSchedule(everyMs, task, log).stop;
