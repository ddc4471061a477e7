import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './choose-account.js';

/**
 * Starts one of the server's programs under `account`. It gets a session of its own, because Ctrl-C in a terminal goes
 * to every process of the foreground group, and the database must outlive the work that still needs it.
 */
export const run = (account: Account, command: readonly string[], output: number): ChildProcess => {
  const [program = '', ...args] = [...account.prefix, ...command];
  return spawn(program, args, {
    ...account.drop,
    detached: true,
    cwd: '/',
    // Nothing of the gateway's environment: it may hold secrets, and PG* variables would steer the server.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', output, output],
  });
};

/** How a program ended: its exit code, or the reason for which it could not be started or was ended. */
export const ended = (child: ChildProcess): Promise<{ code: number | null; reason: string }> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, reason: error.message }));
    child.once('exit', (code, signal) => resolve({ code, reason: signal ?? `exit code ${code}` }));
  });
