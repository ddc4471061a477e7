import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { descendantsOf, parseStat, readUsage, residentMb } from './read-usage.js';

const line =
  '4711 (node) (x y) S 815 4711 815 34816 4711 4194304 100 200 3 4 1250 250 30 20 20 0 11 0 5 1000 2000 18446744073709551615';

describe('the reading of /proc', () => {
  it('finds the fields behind a name with blanks and brackets, and counts ended children', () => {
    expect(parseStat(line)).toEqual({ pid: 4_711, parent: 815, cpuSeconds: 15.5, pageFaults: 307 });
    expect(() => parseStat('')).toThrow('no line');
  });

  it('finds all that a process started, and what those started, and nothing else', () => {
    const all = [
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 1],
    ].map(([pid = 0, parent = 0]) => ({ pid, parent, cpuSeconds: 0, pageFaults: 0 }));
    expect(descendantsOf(2, all).map(({ pid }) => pid)).toEqual([3, 4]);
  });

  it('reads the resident set in MB', () => {
    expect(residentMb('Name:\tnode\nVmHWM:\t  200000 kB\nVmRSS:\t  123456 kB\n')).toBe(126.4);
  });

  it.skipIf(!existsSync('/proc/self/stat'))('agrees with what a process knows of itself', async () => {
    const work =
      'const until = performance.now() + 300; while (performance.now() < until); ' +
      'console.log(JSON.stringify(process.cpuUsage())); process.stdin.resume();';
    const child = spawn(process.execPath, ['-e', work], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const [reported]: Buffer[] = await once(child.stdout, 'data');
      const cpu: { user: number; system: number } = JSON.parse(String(reported));
      const read = readUsage(child.pid ?? 0);
      // The kernel counts in hundredths of a second, and the process went on a little after it looked.
      expect(read?.ownCpuSeconds).toBeGreaterThan((cpu.user + cpu.system) / 1e6 - 0.05);
      expect(read?.ownCpuSeconds).toBeLessThan((cpu.user + cpu.system) / 1e6 + 2);
      expect(read?.residentMb).toBeGreaterThan(10);
      expect(read?.ownPageFaults).toBeGreaterThan(100);
      expect(readUsage(process.pid)?.childrenCpuSeconds).toBeGreaterThanOrEqual(
        read?.ownCpuSeconds ?? Infinity,
      );
    } finally {
      child.kill();
      await once(child, 'exit');
    }
    expect(readUsage(child.pid ?? 0)).toBeNull();
  });
});
