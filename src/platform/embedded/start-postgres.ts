import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './choose-account.js';
import type { Binaries } from './find-binaries.js';

/** Starts the server on a Unix socket in `socketDir`, without a port. It may not be ready when this returns. */
export const startPostgres = (options: {
  binaries: Binaries;
  account: Account;
  clusterDir: string;
  socketDir: string;
  /** File descriptor of the server's log. */
  output: number;
  connectionsMax: number;
  /** Whether a commit survives a power cut. Off only in tests. */
  durable: boolean;
}): ChildProcess => {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: options.socketDir,
    unix_socket_permissions: '0700',
    port: 5432,
    max_connections: options.connectionsMax,
    fsync: options.durable ? 'on' : 'off',
    synchronous_commit: options.durable ? 'on' : 'off',
    full_page_writes: options.durable ? 'on' : 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...quietSettings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return run(options.account, [options.binaries.postgres, '-D', options.clusterDir, ...args], options.output);
};

// Statements and their parameters can contain records and sealed keys: none of them is logged. `terse` drops the
// DETAIL lines, which quote the values of a row.
const quietSettings = {
  logging_collector: 'off',
  log_destination: 'stderr',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: -1,
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_min_messages: 'warning',
  log_checkpoints: 'off',
} as const;

/**
 * Starts one of the server's programs under `account`, in a session of its own, because Ctrl-C in a terminal goes to
 * every process of the foreground group, and the database must outlive the work that still needs it.
 */
export const run = (account: Account, command: readonly string[], output: number): ChildProcess => {
  const [program = '', ...args] = [...account.prefix, ...command];
  return spawn(program, args, {
    ...account.drop,
    detached: true,
    cwd: '/',
    // Nothing of the gateway's environment: it may hold secrets, and PG* variables would configure the server.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...allocatorSettings },
    stdio: ['ignore', output, output],
  });
};

/**
 * Settings of glibc's allocator, ignored by others: memory that a statement has freed stays with its process, for the
 * next one. By default it goes back to the system, and each batch of snapshots faults its pages in again.
 * Source: mallopt(3).
 */
const allocatorSettings = {
  MALLOC_MMAP_THRESHOLD_: String(256 * 1024 ** 2),
  MALLOC_TRIM_THRESHOLD_: String(512 * 1024 ** 2),
  MALLOC_TOP_PAD_: String(1024 ** 2),
} as const;

/** The end of a program: its exit code, or why it could not be started or was ended. */
export const ended = (child: ChildProcess): Promise<{ code: number | null; reason: string }> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, reason: error.message }));
    child.once('exit', (code, signal) => resolve({ code, reason: signal ?? `exit code ${code}` }));
  });
