import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startFlags } from '../bench/processes/start-gateway.js';

const root = path.resolve(import.meta.dirname, '../..');
const small = startFlags(root, 'start:small');
const isOfMemory = (flag: string) => /space|heap/.test(flag);
const withoutLimits = (flags: string[]) => flags.filter((flag) => !isOfMemory(flag));

it('npm run start:small differs from npm start in the limits of memory only', () => {
  expect(withoutLimits(small)).toEqual(withoutLimits(startFlags(root)));
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  expect(scripts['start:small']?.replaceAll(/ --\S+/g, '')).toBe(scripts['start']?.replaceAll(/ --\S+/g, ''));
});

it('docs/operations.md has the same flags for the package', () => {
  const text = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
  expect(text).toContain(`node ${small.filter(isOfMemory).join(' ')} "$(command -v firmable-gateway)" start`);
});

// A gigabyte of objects, each kept for a moment, as those of lookups are.
const program = `
  const kept = [];
  for (let at = 0; at < 50_000; at += 1) kept[at % 500] = Array.from({ length: 500 }, (_, n) => ({ n }));
  console.log(process.resourceUsage().maxRSS);
`;

const peakKb = (flags: string[]): number => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', program], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return Number(stdout);
};

it('takes less memory for the same work', () => {
  // How much less depends on when the collector runs, which other processes delay: the bench measures that.
  const least = Math.min(...[1, 2, 3].map(() => peakKb(small)));
  expect(least).toBeLessThan(peakKb(startFlags(root)));
});
