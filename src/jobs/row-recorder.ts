import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/database.js';
import { isTransient } from '../platform/database-errors.js';
import type { Lease } from './chunks.js';
import type { FinishedRow } from './finished-row.js';
import { recordRows } from './record-rows.js';

export type RowRecorder = {
  /** Resolves when the rows are stored; rejects when they cannot be. */
  record: (lease: Lease, rows: readonly FinishedRow[]) => Promise<void>;
  /** From now on nothing is tried again. */
  close: () => void;
};

const gatherMs = 40;
const rowsMax = 500;
const retryMs = 500;

/**
 * Stores the results of an instance in batches: those of some milliseconds share a statement, because each writes the counters
 * of its jobs. While the database is lost they are kept and tried again. What is lost with the process is in the ledger.
 */
export const createRowRecorder = (sql: Sql): RowRecorder => {
  type Waiting = { lease: Lease; row: FinishedRow; resolve: () => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let running = false;
  let closed = false;

  const store = async (batch: readonly Waiting[]): Promise<void> => {
    for (;;) {
      try {
        await recordRows(sql, batch);
        return;
      } catch (error) {
        if (closed || !isTransient(error)) throw error;
        await sleep(retryMs);
      }
    }
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      if (waiting.length < rowsMax && !closed) await sleep(gatherMs);
      const batch = waiting.slice(0, rowsMax);
      waiting = waiting.slice(rowsMax);
      await store(batch).then(
        () => {
          for (const { resolve } of batch) resolve();
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
        },
      );
    }
    running = false;
  };

  return {
    record: async (lease, rows) => {
      const stored = rows.map(
        (row) =>
          new Promise<void>((resolve, reject) => {
            waiting.push({ lease, row, resolve, reject });
          }),
      );
      if (!running) void drain();
      await Promise.all(stored);
    },
    close: () => {
      closed = true;
    },
  };
};
