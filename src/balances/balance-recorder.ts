import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import type { ReportedBalance } from './balance.js';
import { writeReadings } from './readings.js';

export type BalanceRecorder = {
  /** Returns at once and never throws: no lookup waits for it or fails because of it. */
  reportBalance: (noted: ReportedBalance) => void;
  /** Writes the pending readings. */
  close: () => Promise<void>;
};

const repeatedAfterMs = 60_000;
const accountsMax = 10_000;

/**
 * Creates the recorder of the balances that providers report: all reports within `everyMs` become one statement, with
 * one reading for each account. An unchanged balance is not written again for a minute. Readings that cannot be written
 * are lost; the next response replaces them.
 */
export const createBalanceRecorder = (
  { database, log }: { database: Database; log: Log },
  everyMs = 3_000,
): BalanceRecorder => {
  let pending = new Map<string, ReportedBalance & { reportedMs: number }>();
  const written = new Map<string, ReportedBalance & { reportedMs: number }>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let nextMs = 0;

  const schedule = (): void => {
    if (timer !== null || writing !== null || pending.size === 0) return;
    timer = setTimeout(() => {
      void write();
    }, nextMs - performance.now());
    timer.unref();
  };

  const write = async (): Promise<void> => {
    timer = null;
    const batch = pending;
    pending = new Map();
    nextMs = performance.now() + everyMs;
    writing = writeAll(batch).finally(() => {
      writing = null;
      schedule();
    });
    await writing;
  };

  const writeAll = async (
    batch: ReadonlyMap<string, ReportedBalance & { reportedMs: number }>,
  ): Promise<void> => {
    const nowMs = performance.now();
    try {
      const readings = [...batch.values()].map((one) => ({ ...one, agoMs: nowMs - one.reportedMs }));
      await writeReadings(database.db, readings);
      for (const [account, one] of batch) remember(account, one);
    } catch {
      log.warn({ accounts: batch.size }, 'reported balances could not be written');
    }
  };

  const remember = (account: string, one: ReportedBalance & { reportedMs: number }): void => {
    written.delete(account);
    written.set(account, one);
    for (const oldest of written.keys()) {
      if (written.size <= accountsMax) break;
      written.delete(oldest);
    }
  };

  return {
    reportBalance: (one) => {
      const account = `${one.workspaceId} ${one.accountId}`;
      const reportedMs = performance.now();
      const waiting = pending.get(account);
      const before = waiting ?? written.get(account);
      if (before !== undefined && isSame(before, one) && reportedMs - before.reportedMs < repeatedAfterMs)
        return;
      // Responses overtake each other, and in so short a time credits only decrease: the minimum is the latest.
      pending.set(account, {
        ...(waiting !== undefined && waiting.credits < one.credits ? waiting : one),
        reportedMs,
      });
      schedule();
    },
    close: async () => {
      await writing;
      if (timer !== null) clearTimeout(timer);
      if (pending.size > 0) await write();
    },
  };
};

const isSame = (a: ReportedBalance, b: ReportedBalance): boolean =>
  a.credits === b.credits && a.source === b.source;
