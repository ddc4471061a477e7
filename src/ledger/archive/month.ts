import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { databaseErrorCode } from '../../platform/database-errors.js';

/** A calendar month (UTC), such as 2025-01. The ids of its entries begin with an instant in it. */
export type Month = string;

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The partition of the month's entries. */
export const partitionOf = (month: Month): string => `entries_${month.replace('-', '_')}`;

/** The first day of the month, as PostgreSQL reads a date. */
export const firstDayOf = (month: Month): string => `${month}-01`;

/** The sums of the entries of one workspace in a month, as the SQL function summarize_entries returns them. */
export type MonthSums = {
  workspaceId: string;
  entries: string;
  lookups: string;
  attempts: string;
  fromSnapshot: string;
  credits: string;
  saved: string;
  digest: string;
  budgets: string;
  occurred: string;
};

/** The sums of a table of entries, for each workspace. */
export const summarize = async (tx: Transaction, table: string): Promise<MonthSums[]> => [
  ...(await tx<MonthSums[]>`
    select workspace_id as "workspaceId", entries::text, lookups::text, attempts::text,
      from_snapshot::text as "fromSnapshot", credits::text, saved::text, digest::text, budgets::text, occurred::text
    from summarize_entries(${table}::text::regclass) order by workspace_id`),
];

/**
 * Runs one step of the archive: a transaction without the timeouts of ordinary statements, in which texts of instants do
 * not depend on the server's settings. One at a time for each database.
 */
export const inArchiveTransaction = async <Result>(
  sql: Sql,
  run: (tx: Transaction) => Promise<Result>,
): Promise<Result> =>
  await sql
    .begin(async (tx) => {
      await tx.unsafe(`
      set local statement_timeout = 0;
      set local idle_in_transaction_session_timeout = 0;
      set local timezone = 'UTC';
      set local datestyle = 'ISO, YMD';
      set local lock_timeout = '5s'`);
      const [lock] = await tx<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('firmable-gateway archive', 0)) as taken`;
      if (lock?.taken !== true) {
        throw new GatewayError(
          'UNAVAILABLE',
          'Another archive or restore of entries is running: wait for its end.',
        );
      }
      // postgres.js unwraps lists of promises in the type of the result.
      return { result: await run(tx) };
    })
    .then(({ result }) => result);

const attemptsMax = 120;

/**
 * Locks the table of entries for the rest of the transaction, to detach or attach a partition. The lock waits for every
 * reader and writer, and each lookup then waits behind it. So an attempt ends before anybody notices, and another is made.
 * PostgreSQL detaches a partition without this lock only from a table without a default partition. Throws UNAVAILABLE when
 * entries are being read all the time.
 */
export const lockEntries = async (tx: Transaction): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await tx.savepoint(async (inner) => {
        await inner`set local lock_timeout = '100ms'`;
        await inner`lock table entries in access exclusive mode`;
      });
      return;
    } catch (error) {
      if (databaseErrorCode(error) !== '55P03') throw error;
      if (attempt === attemptsMax) throw busy();
      await sleep(100 + Math.random() * 200);
    }
  }
};

const busy = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'A statement reads entries all the time, such as verify or pg_dump: nothing was changed. Run the command again when it has ended.',
  );
