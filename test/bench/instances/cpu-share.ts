import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A part of one core that a process may use and not exceed, by a control group of Linux. */
export type CpuShare = {
  /** Puts a process and the threads that it has into the group, or takes it out again. */
  confine: (pid: number) => void;
  release: (pid: number) => void;
  /** The kernel's periods so far, and in how many of them the share was used up. */
  periods: () => { all: number; throttled: number };
  remove: () => void;
};

// Long enough to be worth its switches, and short enough not to show as a latency of its own.
const periodUs = 20_000;

/**
 * Makes a group of `share` cores. Returns why it cannot where the kernel's control groups are not to be written: it needs
 * root, and a machine or a container that lets root do it. Sources: cgroup-v2.rst and sched-bwc.rst of the kernel.
 */
export const makeCpuShare = (name: string, share: number): CpuShare | { unavailable: string } => {
  const hierarchy = hierarchies.find(({ control }) => existsSync(control));
  if (hierarchy === undefined) return { unavailable: 'no cpu controller is mounted in /sys/fs/cgroup' };
  const group = path.join(hierarchy.root, `firmable-gateway-bench-${process.pid}-${name}`);
  try {
    hierarchy.prepare();
    mkdirSync(group);
    hierarchy.limit(group, Math.round(share * periodUs));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (existsSync(group)) rmdirSync(group);
    return { unavailable: `${hierarchy.root} cannot be written (${code})` };
  }
  return {
    confine: moveTo(group),
    release: moveTo(hierarchy.root),
    periods: () => {
      const text = readFileSync(path.join(group, 'cpu.stat'), 'utf8');
      const count = (field: string) => Number(new RegExp(`^${field} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
      return { all: count('nr_periods'), throttled: count('nr_throttled') };
    },
    remove: () => rmdirSync(group),
  };
};

const moveTo =
  (group: string) =>
  (pid: number): void =>
    writeFileSync(path.join(group, 'cgroup.procs'), String(pid));

type Hierarchy = {
  root: string;
  /** A file that the hierarchy has where it can limit the CPU. */
  control: string;
  prepare: () => void;
  limit: (group: string, quotaUs: number) => void;
};

const [two, one] = ['/sys/fs/cgroup', '/sys/fs/cgroup/cpu'];

const hierarchies: readonly Hierarchy[] = [
  {
    root: one,
    control: `${one}/cgroup.procs`,
    prepare: () => {},
    limit: (group, quotaUs) => {
      writeFileSync(path.join(group, 'cpu.cfs_period_us'), String(periodUs));
      writeFileSync(path.join(group, 'cpu.cfs_quota_us'), String(quotaUs));
    },
  },
  {
    root: two,
    control: `${two}/cgroup.controllers`,
    prepare: () => writeFileSync(path.join(two, 'cgroup.subtree_control'), '+cpu'),
    limit: (group, quotaUs) => writeFileSync(path.join(group, 'cpu.max'), `${quotaUs} ${periodUs}`),
  },
];
