import { readdirSync, readFileSync } from 'node:fs';

export type ProcessStat = { pid: number; parent: number; cpuSeconds: number; pageFaults: number };

export type Usage = {
  /** What the process itself computed since it began. */
  ownCpuSeconds: number;
  /** The same of all that it started: of a gateway, its PostgreSQL. */
  childrenCpuSeconds: number;
  /** How often the kernel had to give them a page of memory, likewise. */
  ownPageFaults: number;
  childrenPageFaults: number;
  residentMb: number;
};

/** What a process and its descendants have used; null where there is no /proc to read it from. */
export const readUsage = (pid: number): Usage | null => {
  const own = readStat(pid);
  if (own === null) return null;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const children = descendantsOf(pid, all);
  return {
    ownCpuSeconds: own.cpuSeconds,
    childrenCpuSeconds: sum(children.map(({ cpuSeconds }) => cpuSeconds)),
    ownPageFaults: own.pageFaults,
    childrenPageFaults: sum(children.map(({ pageFaults }) => pageFaults)),
    residentMb: residentMb(readProc(pid, 'status') ?? ''),
  };
};

// A unit of the kernel's clock towards programs, on every architecture that Node.js is built for.
const ticksPerSecond = 100;

/**
 * Reads a line of /proc/…/stat. What children used that have ended and were waited for counts too, so that nothing is
 * lost when a server's process ends between two readings. Source: proc_pid_stat(5).
 */
export const parseStat = (line: string): ProcessStat => {
  // The second field is a name in brackets, which may hold blanks and brackets itself.
  const [state = '', parent = '', ...rest] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  if (state === '') throw new Error('this is no line of /proc/…/stat');
  const faults = rest.slice(5, 9).map(Number);
  const ticks = rest.slice(9, 13).map(Number);
  return {
    pid: Number.parseInt(line, 10),
    parent: Number(parent),
    cpuSeconds: sum(ticks) / ticksPerSecond,
    pageFaults: sum(faults),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** All that a process started, and what those started. */
export const descendantsOf = (pid: number, all: readonly ProcessStat[]): ProcessStat[] =>
  all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...descendantsOf(child.pid, all)]);

/** Reads the resident set out of /proc/…/status, in MB of 10⁶ bytes. */
export const residentMb = (status: string): number =>
  Math.round((Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024) / 1e5) / 10;

const readStat = (pid: number): ProcessStat | null => {
  const line = readProc(pid, 'stat');
  return line === null ? null : parseStat(line);
};

/** Null where the process has ended, or the system has no such file. */
const readProc = (pid: number, file: 'stat' | 'status'): string | null => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
};
