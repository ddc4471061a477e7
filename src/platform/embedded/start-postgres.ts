import type { ChildProcess } from 'node:child_process';
import type { Account } from './choose-account.js';
import type { Binaries } from './find-binaries.js';
import { run } from './run.js';

/** Starts the server on a Unix socket in `socketDir`, without a port. It is not ready yet when this returns. */
export const startPostgres = (options: {
  binaries: Binaries;
  account: Account;
  clusterDir: string;
  socketDir: string;
  /** File descriptor of the server's log. */
  output: number;
  connectionsMax: number;
  /** Whether a commit survives a power cut. Off only for tests. */
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
    ...silence,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return run(options.account, [options.binaries.postgres, '-D', options.clusterDir, ...args], options.output);
};

// Statements and their parameters can hold what a record or a sealed key says: none of them reaches the log.
// `terse` drops the DETAIL lines, which quote the values of a row.
const silence = {
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
