import type { Caller } from '../access/caller.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Standby } from '../platform/standby.js';
import { type Clock, systemClock } from '../platform/time.js';

type Options = {
  /** Waits for its turn however many wait: for the next page of an export that has begun. */
  patient?: boolean;
  /** Everything that was committed before has to be there: a standby that has not replayed it is not read. */
  notBefore?: Date | null;
  /** All that the result depends on: reads that wait with the same text become one. The caller is authorized before. */
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

/** Far more than a page of reports has, and than are read in the time that a client waits. */
const waitingMax = 200;
const waitMs = 30_000;
const retryAfterSeconds = 10;

/**
 * Creates the queue of reports, so that however many are requested, they take few connections and little of the
 * database from lookups. Tokens take turns: one that requests thousands of reports delays its own only. No token reads
 * on all connections at once. A read that has begun is not shared any more: it may miss what was written since.
 */
export const createReportQueue = (
  database: Database,
  { standby = null, clock = systemClock }: { standby?: Standby | null; clock?: Clock } = {},
): RunReport => {
  const concurrentMax = database.reportsMax;
  const ofTokenMax = Math.max(1, concurrentMax - 1);
  /** The waiting reports of each token; the tokens in the order of their turns. */
  const waiting = new Map<string, Set<() => void>>();
  const running = new Map<string, number>();
  /** The waiting reads that may be shared. */
  const shared = new Map<string, Promise<unknown>>();

  const canStart = (token: string): boolean =>
    sum(running.values()) < concurrentMax && (running.get(token) ?? 0) < ofTokenMax;

  const startNext = (): void => {
    for (const [token, starts] of waiting) {
      const [start] = starts;
      if (start === undefined || !canStart(token)) continue;
      starts.delete(start);
      waiting.delete(token);
      if (starts.size > 0) waiting.set(token, starts);
      start();
    }
  };

  const start = (token: string): void => {
    running.set(token, (running.get(token) ?? 0) + 1);
  };

  const end = (token: string): void => {
    const left = (running.get(token) ?? 0) - 1;
    if (left > 0) running.set(token, left);
    else running.delete(token);
    startNext();
  };

  const takeTurn = (token: string, patient: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const starts = waiting.get(token) ?? new Set();
      if (!patient && starts.size >= waitingMax) {
        reject(tooMany());
        return;
      }
      const begin = (): void => {
        clearTimeout(timeout);
        start(token);
        resolve();
      };
      const timeout = patient
        ? undefined
        : setTimeout(() => {
            starts.delete(begin);
            reject(tooMany());
          }, waitMs);
      waiting.set(token, starts.add(begin));
    });

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

  const readInTurn = async <Result>(
    tokenId: string,
    read: (deps: ReportDeps) => Promise<Result>,
    { patient, notBefore, leaveQueue }: { patient: boolean; notBefore: Date | null; leaveQueue: () => void },
  ): Promise<Result> => {
    try {
      if (canStart(tokenId)) start(tokenId);
      else await takeTurn(tokenId, patient);
    } finally {
      leaveQueue();
    }
    try {
      return await readAnywhere(read, notBefore);
    } finally {
      end(tokenId);
    }
  };

  return <Result>(
    { tokenId }: Pick<Caller, 'tokenId'>,
    read: (deps: ReportDeps) => Promise<Result>,
    { patient = false, notBefore = null, sharedAs = null }: Options = {},
  ) => {
    if (sharedAs === null) return readInTurn(tokenId, read, { patient, notBefore, leaveQueue: () => {} });
    const other = shared.get(sharedAs);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text says what is read, and so of which type
    if (other !== undefined) return other as Promise<Result>;
    let waits = true;
    const leaveQueue = (): void => {
      waits = false;
      shared.delete(sharedAs);
    };
    const reading = readInTurn(tokenId, read, { patient, notBefore, leaveQueue });
    if (waits) shared.set(sharedAs, reading);
    return reading;
  };
};

const sum = (counts: Iterable<number>): number => {
  let total = 0;
  for (const count of counts) total += count;
  return total;
};

const tooMany = (): GatewayError =>
  new GatewayError(
    'LIMIT_EXCEEDED',
    `Too many reports of this token wait to be read: request fewer at once, and try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
