import type { Caller } from '../access/caller.js';
import type { Enrichment } from '../enrichment/lookup.js';
import type { JobWaits } from '../enrichment/lookup-request.js';
import { GatewayError, type Problem, problem } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import type { Providers } from '../providers/catalogue.js';
import type { ClaimedChunk, Lease, RunningJob } from './chunks.js';
import { duplicateOf, type FinishedRow, resultOf } from './finished-row.js';
import type { RowGroup } from './group-rows.js';
import type { JobConcurrency } from './job-concurrency.js';
import { judgeResult } from './judge-result.js';
import { lookUpRow, optionsOf, requestOf } from './look-up-row.js';
import { recordKnownRows } from './record-rows.js';
import type { EarlierRuns } from './recover-rows.js';
import type { SlotUser } from './slots.js';
import { sortRows } from './sort-rows.js';

/** How a run of a chunk ended: all rows have their result, or the rest is to be run again, after a delay or when its turn comes. */
export type ChunkEnd = { state: 'DONE' | 'WAITING' } | { state: 'QUEUED'; delaySeconds: number };

export type ChunkRun = SlotUser & {
  job: RunningJob;
  /** The caller as it is now. */
  setCaller: (caller: Caller) => void;
  /** No more lookups start, and none that waits is sent; those in flight end. `forGood`: the job does not go on. */
  stop: (forGood?: boolean) => void;
  /** How many rows wait for a slot. */
  waiting: () => number;
  /** Resolves when nothing is in flight and nothing more may start. */
  ended: Promise<ChunkEnd>;
};

export type ChunkRunDeps = {
  database: Pick<Database, 'sql'>;
  enrichment: Enrichment;
  providers: Providers;
  log: Log;
  /** Stores results; resolves when they are written. */
  record: (lease: Lease, rows: readonly FinishedRow[]) => Promise<void>;
  /** Stops the job in all instances, with the reason. */
  pause: (job: RunningJob, why: Problem) => Promise<void>;
  /** Ends the job: it cannot go on. */
  fail: (job: RunningJob, why: Problem) => Promise<void>;
};

/** A run starts no further rows after this time, so that long chunks do not keep others waiting. */
export const sliceMs = 5_000;
const triesMax = 3;
/** Before a chunk is run again that has a lookup in flight elsewhere, or in which a row met a fault of the gateway. */
const laterSeconds = 3;
/** No further lookup starts while so many results of a run wait to be stored. */
const unrecordedMax = 500;

/** `repeated`: it was looked up before, so that earlier lookups may have cost something. */
type Waiting = RowGroup & { tries: number; repeated: boolean; dueMs: number };

/**
 * Runs the rows of a chunk that have no result. What needs no lookup is stored before it resolves. Each group of rows with
 * one identifier is one lookup.
 */
export const createChunkRun = async (
  deps: ChunkRunDeps,
  { lease, job, rows }: ClaimedChunk,
  earlier: EarlierRuns,
  { caller: callerAtFirst, concurrency }: { caller: Caller; concurrency: JobConcurrency },
): Promise<ChunkRun> => {
  const startedMs = performance.now();
  let caller = callerAtFirst;
  let stopped = false;
  let stoppedForGood = false;
  let failed = false;
  let inFlight = 0;
  // Results that wait to be stored. They hold no slot.
  let unrecorded = 0;
  let waitUntilMs = 0;
  // After a wait one lookup goes first.
  let probing = false;
  const waits: JobWaits = { ...concurrency.waits, isStopped: () => stopped };
  let end: ((end: ChunkEnd) => void) | null = null;
  const ended = new Promise<ChunkEnd>((resolve) => {
    end = resolve;
  });
  const { finished, toLookUp, heldRows } = sortRows(rows, job, earlier, deps.providers);
  let fresh: Waiting[] = toLookUp.map((group) => ({ ...group, tries: 0, repeated: false, dueMs: 0 }));
  let again: Waiting[] = [];
  let at = 0;

  const record = async (
    group: Waiting,
    result: Omit<FinishedRow, 'number' | 'duplicateOf'>,
  ): Promise<void> => {
    const [first, ...others] = group.numbers;
    const duplicates = others.map((number) => duplicateOf(first, number, { number: first, ...result }));
    unrecorded += 1;
    try {
      await deps.record(lease, [{ ...result, number: first, duplicateOf: null }, ...duplicates]);
    } catch (error) {
      await giveBack(group, error);
    } finally {
      unrecorded -= 1;
      endIfIdle();
    }
  };

  const isOver = (): boolean => performance.now() - startedMs > sliceMs;

  const take = (): Waiting | null => {
    const nowMs = performance.now();
    const isFull = (probing && inFlight > 0) || unrecorded >= unrecordedMax || concurrency.isFull();
    if (stopped || nowMs < waitUntilMs || isFull) return null;
    const due = again.findIndex(({ dueMs }) => dueMs <= nowMs);
    if (due >= 0) return again.splice(due, 1)[0] ?? null;
    if (isOver()) return null;
    const group = fresh[at];
    if (group === undefined) return null;
    at += 1;
    return group;
  };

  const endIfIdle = (): void => {
    if (inFlight > 0 || unrecorded > 0) return;
    const open = again.length + fresh.length - at;
    if (open === 0) {
      if (heldRows === 0) end?.({ state: 'DONE' });
      else end?.(stopped ? { state: 'WAITING' } : { state: 'QUEUED', delaySeconds: laterSeconds });
    } else if (stopped) {
      end?.(failed ? { state: 'QUEUED', delaySeconds: laterSeconds } : { state: 'WAITING' });
    } else if (isOver() && again.length === 0) {
      const delayMs = waitUntilMs - performance.now();
      end?.(
        delayMs > 0 ? { state: 'QUEUED', delaySeconds: Math.ceil(delayMs / 1_000) } : { state: 'WAITING' },
      );
    }
  };

  const run = async (group: Waiting): Promise<void> => {
    const [number] = group.numbers;
    const isRepeat = group.repeated || earlier.lookedUp.has(number);
    const jobSeconds = job.ageSeconds + (performance.now() - startedMs) / 1_000 + (isRepeat ? 60 : 0);
    const result = await lookUpRow(deps.enrichment, job, caller, { by: group.by, number, jobSeconds, waits });
    const judgement = judgeResult(result, deps.providers, job.operation);
    if (judgement.kind === 'PAUSE') {
      again.push(group);
      // Once: what was in flight is refused for the same reason, maybe after somebody has acted and resumed the job.
      const isFirst = !stopped;
      stopped = true;
      if (isFirst) await deps.pause(job, judgement.problem);
      return;
    }
    if (judgement.kind === 'WAIT') {
      waitUntilMs = Math.max(waitUntilMs, performance.now() + judgement.delayMs);
      probing = true;
      fresh.push({ ...group, repeated: true });
      return;
    }
    probing = false;
    // What has failed or was not answered is looked up when the job goes on. A presumed charge is a result if it never does.
    const isOpen = judgement.kind === 'RETRY' && !stoppedForGood;
    if (stopped && (isOpen || result.outcome === 'FAILED')) {
      again.push(group);
      return;
    }
    const tries = group.tries + 1;
    if (judgement.kind === 'RETRY' && tries < triesMax && !stopped) {
      again.push({ ...group, tries, repeated: true, dueMs: performance.now() + 250 * 2 ** tries });
      return;
    }
    // A search follows the lookup of its company, an earlier run may have cost something, and a presumed charge may be corrected.
    const hasOthers = lease.runs > 1 || job.operation === 'PEOPLE_SEARCH';
    const sumsEntries = isRepeat || hasOthers || result.receipt.charge === 'PRESUMED';
    void record(group, { ...resultOf(result, group), sumsEntries });
  };

  /** The row stays open, and its chunk is run again. */
  const giveBack = async (group: Waiting, error: unknown): Promise<void> => {
    again.push(group);
    stopped = true;
    if (error instanceof GatewayError && error.code === 'BAD_REQUEST') {
      await deps.fail(job, problem('INVALID_INPUT', error.message));
    } else {
      failed = true;
      const cause = error instanceof Error ? error.name : typeof error;
      deps.log.error({ job: job.id, row: group.numbers[0], cause }, 'row of a job could not be looked up');
    }
  };

  const runSafely = async (group: Waiting): Promise<void> => {
    try {
      await run(group);
    } catch (error) {
      await giveBack(group, error);
    } finally {
      inFlight -= 1;
      concurrency.ended();
      endIfIdle();
    }
  };

  /** Rows whose record is known are finished at once: in the first run, as no other instance may have just bought them. */
  const takeKnown = async (): Promise<void> => {
    const groups = fresh.filter(({ numbers: [first] }) => !earlier.lookedUp.has(first));
    if (groups.length === 0 || stopped || lease.runs > 1 || job.operation === 'PEOPLE_SEARCH') return;
    let stored: ReadonlySet<number> = new Set();
    const lookups = {
      operation: job.operation,
      by: groups.map(({ by }) => by),
      options: optionsOf(job, job.ageSeconds),
    };
    await deps.enrichment.lookUpKnown(requestOf(job, caller, 0, waits), lookups, async (query) => {
      stored = await recordKnownRows(deps.database.sql, lease, groups, query);
      return stored.size;
    });
    fresh = fresh.filter(({ numbers: [first] }) => !stored.has(first));
  };

  if (finished.length > 0) await deps.record(lease, finished);
  await takeKnown();
  return {
    group: lease.tokenId,
    job,
    ended,
    next: () => {
      const group = take();
      if (group === null) {
        endIfIdle();
        return null;
      }
      inFlight += 1;
      concurrency.started();
      return () => runSafely(group);
    },
    setCaller: (now) => {
      caller = now;
    },
    stop: (forGood = false) => {
      stopped = true;
      stoppedForGood ||= forGood;
      endIfIdle();
    },
    waiting: () => fresh.length - at + again.length,
  };
};
