import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import { connect, type DatabaseAddress } from '../database.js';
import { databaseErrorCode } from '../database-errors.js';
import { withTimeout } from '../with-timeout.js';
import type { Cluster } from './prepare-cluster.js';
import { ended, startPostgres } from './start-postgres.js';
import {
  disownStalePid,
  removeStaleSocket,
  type RunningPostgres,
  runningPostgres,
} from './running-postgres.js';

const answerTimeoutMs = 60_000;
// Replaying the log after a crash can take minutes; the server reports that it is starting.
const recoveryTimeoutMs = 600_000;
// A killed server keeps its shared memory for a moment, and until it is freed no new server starts.
const startsTimeoutMs = 6_000;
const startsPauseMs = 200;
// Above the time to connect: postgres.js has states in which it never reports even a timeout.
const probeTimeoutMs = 6_000;

/**
 * Ensures that a server answers on the cluster, and returns its address. A server that still runs (its gateway was
 * killed, or a command started it) is used; otherwise one is started. Throws UNAVAILABLE when none answers. Leaves no
 * server that it started then, or when `stopping` is aborted.
 */
export const reachPostgres = async (
  cluster: Cluster,
  connectionsMax: number,
  stopping: AbortSignal,
): Promise<DatabaseAddress> => {
  const begunAt = Date.now();
  const starts: Start[] = [];
  try {
    for (;;) {
      stopping.throwIfAborted();
      const running = runningPostgres(cluster.clusterDir);
      const socketDir = running?.socketDir ?? cluster.socketDir;
      const address = { ...cluster.address, socketDir };
      const state = await stateOf(address, running);
      if (state === 'ANSWERS') return address;
      const last = starts.at(-1);
      const waitedMs = Date.now() - begunAt;
      if (running === null && (last === undefined || last.failure !== null)) {
        if (last?.failure && waitedMs > startsTimeoutMs) throw unstartable(last.failure);
        if (last !== undefined) await setTimeout(startsPauseMs);
        starts.push(start(cluster, connectionsMax));
      }
      if (waitedMs > (state === 'BUSY' ? recoveryTimeoutMs : answerTimeoutMs)) {
        throw unstartable(`no answer for ${Math.round(waitedMs / 1_000)} s`);
      }
      await setTimeout(20);
    }
  } catch (error) {
    for (const { child } of starts) {
      // Otherwise Node may have nothing left to wait for, and exit before the error is shown.
      child.ref();
      child.kill('SIGINT');
    }
    await Promise.all(starts.map((one) => one.end));
    throw error;
  }
};

type Start = { child: ChildProcess; end: Promise<unknown>; failure: string | null };

const start = (cluster: Cluster, connectionsMax: number): Start => {
  disownStalePid(cluster.clusterDir);
  removeStaleSocket(cluster.socketDir, cluster.clusterDir);
  const output = openSync(cluster.logFile, 'a', 0o600);
  try {
    const child = startPostgres({ ...cluster, output, connectionsMax, durable: true });
    // The owner of the cluster decides when it stops, not the process that started it.
    child.unref();
    const started: Start = { child, failure: null, end: Promise.resolve() };
    started.end = ended(child).then(({ reason }) => (started.failure = reason));
    return started;
  } finally {
    closeSync(output);
  }
};

/** BUSY: it starts, recovers or shuts down (57P03), or has no connection left (53300). */
type ServerState = 'ANSWERS' | 'BUSY' | 'SILENT';

/** Connects only where an answer can be expected: each connection that fails costs as much as several that do not. */
const stateOf = async (
  address: DatabaseAddress & { socketDir: string },
  running: RunningPostgres | null,
): Promise<ServerState> => {
  if (running !== null && !running.isReady) return 'BUSY';
  if (!existsSync(path.join(address.socketDir, '.s.PGSQL.5432'))) return 'SILENT';
  return await probe(address);
};

const probe = async (address: DatabaseAddress): Promise<ServerState> => {
  const sql = connect(address, {
    max: 1,
    connect_timeout: 5,
    prepare: false,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    await withTimeout(probeTimeoutMs, sql`select 1`, () => new Error('no answer'));
    return 'ANSWERS';
  } catch (error) {
    return ['57P03', '53300'].includes(databaseErrorCode(error) ?? '') ? 'BUSY' : 'SILENT';
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const unstartable = (reason: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `The embedded PostgreSQL did not start (${reason}): read postgres.log in DATA_DIR, restore a backup (firmable-gateway restore), or set DATABASE_URL to another server.`,
  );
