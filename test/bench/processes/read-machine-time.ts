import { readFileSync } from 'node:fs';

/** The time of all processors of the machine since it started, in ticks, and the part of it in which they had no work. */
export type MachineTime = { all: number; idle: number };

/** Null where the system has no /proc/stat. */
export const readMachineTime = (): MachineTime | null => {
  try {
    return parseMachineTime(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return null;
  }
};

/** Reads the first line of /proc/stat. Waiting for the disk counts as idle. Source: proc_stat(5). */
export const parseMachineTime = (text: string): MachineTime => {
  // The last two, of guests, are in the first two already.
  const ticks = (/^cpu +([\d ]+)$/m.exec(text)?.[1] ?? '').split(' ').slice(0, 8).map(Number);
  const all = ticks.reduce((total, some) => total + some, 0);
  return { all, idle: (ticks[3] ?? 0) + (ticks[4] ?? 0) };
};

/** The part of the machine that was idle between two readings. */
export const idleShare = (before: MachineTime | null, after: MachineTime | null): number =>
  before === null || after === null ? Number.NaN : (after.idle - before.idle) / (after.all - before.all);
