import type { DatabaseAddress } from '../../src/platform/database.js';
import type { History } from './history.js';
import { makeHistory } from './make-history.js';
import { playHistory } from './run-history.js';
import { openSlot, type Slot } from './slot.js';

const historyMsMax = 40_000;

export type Failure = { history: History; faults: string[] };

/** Plays the histories of so many seeds from `firstSeed` on, `slots` at a time; stops at the first that fails. */
export const playSeeds = async (
  address: DatabaseAddress,
  seeds: { first: number; count: number; slots: number },
  onPlayed: (played: number) => void = () => {},
): Promise<Failure | null> => {
  let next = seeds.first;
  let failure: Failure | null = null;
  let played = 0;
  const run = async (slot: Slot): Promise<void> => {
    while (next < seeds.first + seeds.count && failure === null) {
      const seed = next;
      next += 1;
      const history = makeHistory(seed);
      const faults = await play(slot, history);
      played += 1;
      onPlayed(played);
      if (faults.length > 0) failure ??= { history, faults };
    }
  };
  const slots = await Promise.all(
    Array.from({ length: seeds.slots }, (_, number) => openSlot(address, String(number))),
  );
  try {
    await Promise.all(slots.map(run));
  } finally {
    await Promise.all(slots.map((slot) => slot.close()));
  }
  return failure;
};

/** A fault that throws is a fault like the others. */
export const play = async (slot: Slot, history: History): Promise<string[]> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(() => resolve([`it did not end within ${historyMsMax / 1_000} s`]), historyMsMax);
  });
  try {
    return await Promise.race([playHistory(slot, history), late]);
  } catch (error) {
    return [`it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  } finally {
    clearTimeout(timer);
  }
};
