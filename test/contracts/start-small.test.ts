import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startFlags, startVariables } from '../bench/processes/start-gateway.js';

const root = path.resolve(import.meta.dirname, '../..');
const small = startFlags(root, 'start:small');
/** One arena for all threads. A threshold that is set stays, so that glibc maps large blocks and returns them. */
const variables = 'MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072';
const isOfMemory = (flag: string) => /space|heap/.test(flag);
const bare = (script: string | undefined) => script?.replaceAll(/ --\S+/g, '');
const withoutLimits = (flags: string[]) => flags.filter((flag) => !isOfMemory(flag));

it('npm run start:small differs from npm start in the limits of memory only', () => {
  expect(withoutLimits(small)).toEqual(withoutLimits(startFlags(root)));
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  expect(bare(scripts['start:small'])).toBe(`${variables} ${bare(scripts['start'])}`);
});

it('is measured by the bench with the same variables', () => {
  const pairs = Object.entries(startVariables('start:small')).map(([name, value]) => `${name}=${value}`);
  expect(pairs.join(' ')).toBe(variables);
});

it('docs/operations.md has the same limits for the package', () => {
  const text = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
  const flags = small.filter(isOfMemory).join(' ');
  expect(text).toContain(`${variables} \\\n  node ${flags} "$(command -v firmable-gateway)" start`);
});

// The bench measures the memory itself: how much it is depends on when V8 collects, which other processes delay.
const heapLimitMb = (flags: string[]): number => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '-p', 'v8.getHeapStatistics().heap_size_limit / 1024 ** 2'],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return Number(stdout);
};

it('limits the young generation to 12 MB instead of 192', () => {
  expect(heapLimitMb(startFlags(root)) - heapLimitMb(small)).toBe(180);
});
