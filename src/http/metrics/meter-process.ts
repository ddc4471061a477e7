import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { destinationKinds } from '../../alerts/alert.js';
import { attemptResults, type DeliveryDeps } from '../../alerts/outbox.js';
import { batchRun, type BatchRun } from '../../platform/batcher.js';
import type { Database } from '../../platform/database.js';
import type { Standby } from '../../platform/standby.js';
import type { Meters } from './meter.js';

const itemBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Measures the batches of the process; returns the function that stops it. */
export const meterBatches = ({ histogram }: Meters): (() => void) => {
  const items = histogram(
    'batch_items',
    'Items that share one database statement, by kind of item.',
    ['batch'],
    itemBuckets,
  );
  const durations = histogram(
    'batch_duration_seconds',
    'Duration of these statements, with the wait for a connection.',
    ['batch'],
    durationBuckets,
  );
  const onBatch = (message: unknown): void => {
    if (!isRun(message)) return;
    items.observe({ batch: message.name }, message.items);
    durations.observe({ batch: message.name }, message.durationMs / 1_000);
  };
  subscribe(batchRun, onBatch);
  return () => void unsubscribe(batchRun, onBatch);
};

const isRun = (message: unknown): message is BatchRun =>
  typeof message === 'object' && message !== null && 'durationMs' in message;

/** Shows the version, and the connections of the pools. */
export const meterProcess = (
  { gauge }: Meters,
  { version, poolCounts }: { version: string; poolCounts: Database['poolCounts'] },
): void => {
  gauge('build_info', 'The version of the gateway and of Node.js; always 1.', ['version', 'node'], (info) => {
    info.set({ version, node: process.versions.node }, 1);
  });
  const pools = () =>
    Object.entries(poolCounts()).map(([pool, counts]) => ({ pool: poolNames[pool] ?? pool, ...counts }));
  gauge(
    'database_connections',
    'Open connections to the database by pool and state.',
    ['pool', 'state'],
    (gauge) => {
      for (const { pool, busy, idle } of pools()) {
        gauge.set({ pool, state: 'busy' }, busy);
        gauge.set({ pool, state: 'idle' }, idle);
      }
    },
  );
  gauge('database_connections_max', 'Connections that a pool may open.', ['pool'], (gauge) => {
    for (const { pool, max } of pools()) gauge.set({ pool }, max);
  });
  gauge('database_queries_waiting', 'Queries that wait for a connection, by pool.', ['pool'], (gauge) => {
    for (const { pool, waiting } of pools()) gauge.set({ pool }, waiting);
  });
};

/** Measures a standby; returns the same one, whose reads are counted. Without one the metrics have no values. */
export const meterStandby =
  ({ counter, gauge }: Meters) =>
  (standby: Standby | null): Standby | null => {
    const reads = counter(
      'report_reads_total',
      'Reads of reports, exports and lists, with a standby, by server and why the primary was read.',
      ['server', 'reason'],
    );
    gauge(
      'standby_readable',
      'Whether the standby is read; 0 while the primary is.',
      ['host'],
      (readable) => {
        if (standby !== null) readable.set({ host: standby.host }, standby.fault() === null ? 1 : 0);
      },
    );
    gauge('standby_lag_seconds', 'Age of what the standby showed at its last check.', ['host'], (lag) => {
      const seconds = standby?.lagSeconds() ?? null;
      if (standby !== null && seconds !== null) lag.set({ host: standby.host }, seconds);
    });
    if (standby === null) return null;
    return {
      ...standby,
      read: async (work, notBefore) => {
        const done = await standby.read(work, notBefore);
        const reason = 'fault' in done ? done.fault : 'none';
        reads.inc({ server: reason === 'none' ? 'standby' : 'primary', reason });
        return done;
      },
    };
  };

/** What each pool is for. */
const poolNames: Readonly<Record<string, string>> = { sql: 'ledger', db: 'general', reports: 'reports' };

/** Makes the function that counts attempts to deliver alerts. Every series begins at 0, so that its first increase is seen. */
export const meterAlerts = ({ counter }: Meters): DeliveryDeps['onAttempt'] => {
  const attempts = counter(
    'alert_deliveries_total',
    'Attempts to deliver alerts by kind of the destination and result.',
    ['kind', 'result'],
  );
  for (const kind of destinationKinds) {
    for (const result of attemptResults) attempts.inc({ kind, result }, 0);
  }
  return (kind, result) => attempts.inc({ kind, result });
};
