import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import { connect, type DatabaseAddress } from '../database.js';
import { databaseErrorCode } from '../database-errors.js';
import { withTimeout } from '../with-timeout.js';
import type { Cluster } from './prepare-cluster.js';
import { ended } from './run.js';
import { disownStalePid, runningPostgres } from './running-postgres.js';
import { startPostgres } from './start-postgres.js';

const answerTimeoutMs = 60_000;
// Replaying the log after a crash can take minutes, and the server says that it is at it.
const recoveryTimeoutMs = 600_000;
// What is left of a killed server keeps its memory for a moment, and until that is free no new one starts.
const startsTimeoutMs = 6_000;
const startsPauseMs = 200;
// Above the time to connect: postgres.js has states in which it answers nothing, not even that.
const probeTimeoutMs = 6_000;

/**
 * Makes sure that a server answers on the cluster, and returns its address: one that still runs (its gateway was
 * killed, or a command of ours started it) is taken as it is, otherwise one is started. Throws UNAVAILABLE where none
 * answers, and leaves none behind then or when `stopping` is aborted.
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
      const state = await probe({ ...cluster.address, socketDir });
      if (state === 'ANSWERS') return { ...cluster.address, socketDir };
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
      // Otherwise nothing may be left for Node to wait for, and it would end before the fault is told.
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
  const output = openSync(cluster.logFile, 'a', 0o600);
  try {
    const child = startPostgres({ ...cluster, output, connectionsMax, durable: true });
    // Whether it goes when the gateway goes is decided by who holds the cluster, not by who started it.
    child.unref();
    const started: Start = { child, failure: null, end: Promise.resolve() };
    started.end = ended(child).then(({ reason }) => (started.failure = reason));
    return started;
  } finally {
    closeSync(output);
  }
};

/** BUSY: it starts up, recovers or shuts down (57P03), or has no place left (53300). */
const probe = async (address: DatabaseAddress): Promise<'ANSWERS' | 'BUSY' | 'SILENT'> => {
  const sql = connect(address, { max: 1, connect_timeout: 5, onnotice: () => {} });
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
    `The embedded PostgreSQL did not start (${reason}): read postgres.log in DATA_DIR, or set DATABASE_URL to another server.`,
  );
