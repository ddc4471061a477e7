import type { Caller } from '../access/caller.js';
import type { Database } from '../platform/database.js';
import type { Standby } from '../platform/standby.js';
import { type Clock, systemClock } from '../platform/time.js';
import { createTurns, type Turn } from './report-turns.js';

type Options = {
  /** Waits for its turn however many wait: for the next page of an export that has begun. */
  unlimitedWait?: boolean;
  /** Everything that was committed before has to be there: a standby that has not replayed it is not read. */
  notBefore?: Date | null;
  /** All that the result depends on: reads of the same text are shared while they wait. The caller is authorized before. */
  sharedAs?: string | null;
};

/** What a report is read with. */
export type ReportDeps = {
  /** The primary, or one transaction of the standby that ends with the read. */
  database: Database;
  /** What is read includes every change before this instant, by the clock of the primary, and perhaps later ones. */
  asOf: Date;
  /** Whether the standby is read, so that later changes may be missing. */
  fromStandby: boolean;
};

/**
 * Reads a report when it is its turn: from the standby if there is one, or else on the primary's connections for reports. A
 * read that fails on the standby is repeated on the primary. Throws LIMIT_EXCEEDED, with the seconds after which to try
 * again, if too many reports of the token wait, or if it waited too long.
 */
export type RunReport = <Result>(
  caller: Pick<Caller, 'tokenId'>,
  read: (deps: ReportDeps) => Promise<Result>,
  options?: Options,
) => Promise<Result>;

/** Those who wait for the same read. */
type Sharers = {
  count: number;
  /** The read, once it has begun. */
  reading: Promise<unknown> | null;
  begun: Promise<void>;
  begin: () => void;
};

/**
 * Creates the queue of reports, so that however many are requested, they take few connections and little of the
 * database from lookups. Tokens take turns: one that requests thousands of reports delays its own only.
 *
 * Of those who wait for the same read, the first whose turn comes reads for all. Those who come after it has begun are
 * not among them, since the read may miss what was written meanwhile.
 */
export const createReportQueue = (
  database: Database,
  { standby = null, clock = systemClock }: { standby?: Standby | null; clock?: Clock } = {},
): RunReport => {
  const takeTurn = createTurns(database.reportsMax);
  const waiting = new Map<string, Sharers>();

  const readAnywhere = async <Result>(
    read: (deps: ReportDeps) => Promise<Result>,
    notBefore: Date | null,
  ): Promise<Result> => {
    const done = await standby?.read(
      (db, asOf) => read({ database: { ...database, db }, asOf, fromStandby: true }),
      notBefore,
    );
    if (done !== undefined && 'result' in done) return done.result;
    const asOf = standby === null ? clock.now() : standby.now();
    return await read({ database: { ...database, db: database.reports }, asOf, fromStandby: false });
  };

  const share = async <Result>(name: string, turn: Turn, read: () => Promise<Result>): Promise<Result> => {
    const sharers = waiting.get(name) ?? createSharers();
    waiting.set(name, sharers);
    sharers.count += 1;
    try {
      await Promise.race([turn.comes, sharers.begun]);
    } finally {
      sharers.count -= 1;
      if (sharers.count === 0 && sharers.reading === null) waiting.delete(name);
    }
    if (sharers.reading === null) {
      waiting.delete(name);
      sharers.reading = read();
      sharers.begin();
    } else {
      turn.end();
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the name says what is read, and so of which type
    return await (sharers.reading as Promise<Result>);
  };

  return async ({ tokenId }, read, { unlimitedWait = false, notBefore = null, sharedAs = null } = {}) => {
    const turn = takeTurn(tokenId, { unlimitedWait });
    try {
      if (sharedAs !== null) return await share(sharedAs, turn, () => readAnywhere(read, notBefore));
      await turn.comes;
      return await readAnywhere(read, notBefore);
    } finally {
      turn.end();
    }
  };
};

const createSharers = (): Sharers => {
  const begins: (() => void)[] = [];
  const begun = new Promise<void>((resolve) => begins.push(resolve));
  return { count: 0, reading: null, begun, begin: () => begins.forEach((begin) => begin()) };
};
