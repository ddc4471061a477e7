import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../processes/build-programs.js';
import type { JobRun } from './run-job.js';

/** Runs a program of test/bench/peers over a list, and returns how long it took and its most memory. */
export const runPeer = async (
  name: 'command-line-client' | 'list-script',
  { from, count }: { from: number; count: number },
  env: Record<string, string>,
): Promise<JobRun> => {
  const file = path.join(root, 'test', 'bench', 'peers', `${name}.mjs`);
  const { stdout } = await promisify(execFile)(process.execPath, [file], {
    env: {
      PATH: process.env['PATH'] ?? '',
      FROM: String(from),
      COUNT: String(count),
      FILE: path.join(tmpdir(), `bench-${name}-${process.pid}.csv`),
      ...env,
    },
  });
  const { seconds, peakMb }: { seconds: number; peakMb: number } = JSON.parse(stdout);
  return { rows: count, seconds, perSecond: count / seconds, peakMb };
};
