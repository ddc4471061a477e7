import type { DatabaseAddress } from '../../src/platform/database.js';
import type { History } from './history.js';
import { makeHistory } from './make-history.js';
import { runHistory } from './run-history.js';
import { openSimulatorDatabase, type SimulatorDatabase } from './simulator-database.js';

const historyMsMax = 40_000;

export type Failure = { history: History; faults: string[] };

/** Runs the histories of `count` seeds from `first` on, `concurrency` at a time; stops at the first failure. */
export const runSeeds = async (
  address: DatabaseAddress,
  seeds: { first: number; count: number; concurrency: number },
  onRun: (completed: number) => void = () => {},
): Promise<Failure | null> => {
  let next = seeds.first;
  let failure: Failure | null = null;
  let completed = 0;
  const run = async (store: SimulatorDatabase): Promise<void> => {
    while (next < seeds.first + seeds.count && failure === null) {
      const seed = next;
      next += 1;
      const history = makeHistory(seed);
      const faults = await runChecked(store, history);
      completed += 1;
      onRun(completed);
      if (faults.length > 0) failure ??= { history, faults };
    }
  };
  const databases = await Promise.all(
    Array.from({ length: seeds.concurrency }, (_, number) => openSimulatorDatabase(address, String(number))),
  );
  try {
    await Promise.all(databases.map(run));
  } finally {
    await Promise.all(databases.map((store) => store.close()));
  }
  return failure;
};

/** Runs a history; returns an error or a timeout as a violation. */
export const runChecked = async (store: SimulatorDatabase, history: History): Promise<string[]> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(() => resolve([`it did not end within ${historyMsMax / 1_000} s`]), historyMsMax);
  });
  try {
    return await Promise.race([runHistory(store, history), late]);
  } catch (error) {
    return [`it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  } finally {
    clearTimeout(timer);
  }
};
