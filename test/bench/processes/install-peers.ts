import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';

export const peersDir = path.resolve(import.meta.dirname, '../peers');

/**
 * Installs the peers, which have a package of their own so that no user ever downloads them. This is the one step that
 * needs the network, and only where they are missing or the lock file is newer.
 */
export const installPeers = (): void => {
  const installedMs = changedMs('node_modules/.package-lock.json');
  if (installedMs >= changedMs('package-lock.json')) return;
  console.log('Installing the peers into test/bench/peers, once: this needs the network.');
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...quiet], {
      cwd: peersDir,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (cause) {
    throw new Error(
      'The peers could not be installed: run "npm ci" in test/bench/peers where there is a network, then try again.',
      { cause },
    );
  }
};

// Some of the peers' packages ask for a newer Node.js than they need.
const quiet = ['--engine-strict=false', '--loglevel=error'];

const changedMs = (file: string): number =>
  statSync(path.join(peersDir, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
