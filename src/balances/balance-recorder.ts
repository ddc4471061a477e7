import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import type { ReportedBalance } from './balance.js';
import { writeReadings } from './readings.js';

export type BalanceRecorder = {
  /** Returns at once and never throws: no ask waits for it, and none fails by it. */
  reportBalance: (noted: ReportedBalance) => void;
  /** Writes what is not yet written. */
  close: () => Promise<void>;
};

const repeatedAfterMs = 60_000;
const accountsMax = 10_000;

/**
 * Makes what keeps the balances that providers tell: all that is noted within `everyMs` becomes one statement, with one
 * reading for each account. A number that did not change is not written again for a minute. What the database does not
 * take is lost, which the next answer makes good.
 */
export const createBalanceRecorder = (
  { database, log }: { database: Database; log: Log },
  everyMs = 3_000,
): BalanceRecorder => {
  let noted = new Map<string, ReportedBalance & { notedMs: number }>();
  const written = new Map<string, ReportedBalance & { notedMs: number }>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let nextMs = 0;

  const schedule = (): void => {
    if (timer !== null || writing !== null || noted.size === 0) return;
    timer = setTimeout(() => {
      void write();
    }, nextMs - performance.now());
    timer.unref();
  };

  const write = async (): Promise<void> => {
    timer = null;
    const batch = noted;
    noted = new Map();
    nextMs = performance.now() + everyMs;
    writing = writeAll(batch).finally(() => {
      writing = null;
      schedule();
    });
    await writing;
  };

  const writeAll = async (
    batch: ReadonlyMap<string, ReportedBalance & { notedMs: number }>,
  ): Promise<void> => {
    const nowMs = performance.now();
    try {
      const readings = [...batch.values()].map((one) => ({ ...one, agoMs: nowMs - one.notedMs }));
      await writeReadings(database.db, readings);
      for (const [account, one] of batch) remember(account, one);
    } catch {
      log.warn({ accounts: batch.size }, 'balances told by providers could not be written');
    }
  };

  const remember = (account: string, one: ReportedBalance & { notedMs: number }): void => {
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
      const notedMs = performance.now();
      const waiting = noted.get(account);
      const before = waiting ?? written.get(account);
      if (before !== undefined && isSame(before, one) && notedMs - before.notedMs < repeatedAfterMs) return;
      // Answers overtake each other, and within so short a time credits only go down: the least is the latest.
      noted.set(account, {
        ...(waiting !== undefined && waiting.credits < one.credits ? waiting : one),
        notedMs,
      });
      schedule();
    },
    close: async () => {
      await writing;
      if (timer !== null) clearTimeout(timer);
      if (noted.size > 0) await write();
    },
  };
};

const isSame = (a: ReportedBalance, b: ReportedBalance): boolean =>
  a.credits === b.credits && a.source === b.source;
