import { setTimeout as sleep } from 'node:timers/promises';
import type { Enrichment } from '../enrichment/lookup.js';
import type { Problem } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { createSchedule } from '../platform/run-every.js';
import type { Clock } from '../platform/time.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Providers } from '../providers/catalogue.js';
import { codeOf, failForProblem, hasWork, type JobKey, pauseForProblem } from './change-state.js';
import { type ClaimedChunk, claimChunk, finishChunk, sendNext, tokensToServe } from './chunks.js';
import { type ChunkMessage, type JobQueue, type Message, openQueue } from './queue.js';
import { noEarlierRuns, readEarlierRuns } from './recover-rows.js';
import { repairJobs } from './repair-jobs.js';
import { createJobCallers } from './job-callers.js';
import { followJobs } from './follow-jobs.js';
import { createJobConcurrencies } from './job-concurrency.js';
import { createQuoteRunner, type QuoteJob } from './run-quotes.js';
import { createRowRecorder } from './row-recorder.js';
import { type ChunkEnd, type ChunkRun, createChunkRun, sliceMs } from './run-chunk.js';
import { createSlots } from './slots.js';

export type JobEngineDeps = {
  database: Pick<Database, 'db' | 'sql'>;
  clock: Clock;
  log: Log;
  instanceId: string;
  enrichment: Enrichment;
  providers: Providers;
  /** The most lookups of jobs at a time in this instance. */
  jobConcurrency: number;
  lookupTimeoutMs: number;
  jobTakeoverSeconds: number;
  quoteJob: QuoteJob | null;
};

export type JobEngine = {
  /** Looks for work now: a job was created or resumed in this process. */
  wake: () => void;
  /** Starts nothing more, waits for the lookups in flight, for at most `timeoutMs`, and gives the chunks back. */
  stop: (timeoutMs: number) => Promise<void>;
};

/** How soon each instance sees that a job was paused or canceled elsewhere. */
const tickMs = 250;
const lookEveryMs = 1_000;
const repairEveryMs = 1_000;
const retryMs = 500;
const chunksMax = 16;
// Others begin elsewhere.
const beginningMax = 2;

/**
 * Runs the jobs of all workspaces, together with the other instances. pg-boss is loaded, and its tables are created, when the
 * first job is found; until then an instance looks once a second whether there is one.
 */
export const startJobEngine = (deps: JobEngineDeps): JobEngine => {
  const { database, log, instanceId } = deps;
  const { sql } = database;
  const slots = createSlots(deps.jobConcurrency);
  const recorder = createRowRecorder(sql);
  const runs = new Set<ChunkRun>();
  const chunks = new Set<Promise<void>>();
  const concurrencies = createJobConcurrencies(deps.jobConcurrency);
  const held = new Set<string>();
  const stopping = new AbortController();
  let queue: JobQueue | null = null;
  let active = false;
  let lookAtMs = 0;
  let repairAtMs = 0;
  let pumping = false;
  // The queue was empty, and nothing has ended since.
  let drained = false;
  let closed = false;

  /** A change that must be written: tried again while the database is lost. */
  const persist = async (change: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        await change();
        return;
      } catch (error) {
        if (closed) throw error;
        await sleep(retryMs);
      }
    }
  };

  const stopWith =
    (change: typeof pauseForProblem, event: string) =>
    async (job: JobKey, why: Problem): Promise<void> => {
      for (const run of runs) if (run.job.id === job.id) run.stop();
      log.info({ job: job.id, code: why.code }, event);
      await persist(() => change(sql, job, why)).catch(() => {});
    };
  const pause = stopWith(pauseForProblem, 'job paused');
  const fail = stopWith(failForProblem, 'job failed');

  const callerOf = createJobCallers(deps);
  const quotes = createQuoteRunner({ ...deps, stopping: stopping.signal });
  const record: typeof recorder.record = async (lease, rows) => {
    await recorder.record(lease, rows);
    if (!drained) void pump(false);
  };
  const runDeps = { ...deps, record, pause, fail };

  const run = async (claimed: ClaimedChunk): Promise<ChunkEnd> => {
    const { lease, job, rows } = claimed;
    const caller = await callerOf(job);
    if ('code' in caller) {
      await pause(job, caller);
      return { state: 'WAITING' };
    }
    const [from, to] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0];
    const earlier = lease.runs === 1 ? noEarlierRuns : await readEarlierRuns(sql, lease, { from, to });
    const concurrency = concurrencies.of(job.id);
    const begun = await createChunkRun(runDeps, claimed, earlier, { caller, concurrency });
    runs.add(begun);
    if (stopping.signal.aborted) begun.stop();
    slots.add(begun);
    return await begun.ended.finally(() => {
      runs.delete(begun);
      slots.remove(begun);
    });
  };

  const runChunk = async (opened: JobQueue, claimed: ClaimedChunk): Promise<void> => {
    const end = await run(claimed).catch((error: unknown): ChunkEnd => {
      log.warn({ job: claimed.job.id, code: codeOf(error) }, 'chunk of a job could not be run');
      return { state: 'QUEUED', delaySeconds: 1 };
    });
    await persist(() => finishChunk({ sql, queue: opened }, claimed.lease, end));
    // One more in its place: short lists do not wait for the next tick behind the rows of a long one.
    drained = false;
    void pump(true);
  };

  const waitingRows = (): number => [...runs].reduce((sum, run) => sum + run.waiting(), 0);

  const take = async (opened: JobQueue, message: Message<ChunkMessage>): Promise<void> => {
    // Known before it is claimed: what this instance has claimed and does not know is lost.
    held.add(message.id);
    const claimed = await claimChunk({ sql, queue: opened, instanceId, fail }, message).catch(
      (error: unknown) => {
        held.delete(message.id);
        throw error;
      },
    );
    const work = claimed === null ? Promise.resolve() : runChunk(opened, claimed);
    const chunk = work
      .catch((error: unknown) => {
        log.warn({ code: codeOf(error) }, 'chunk of a job could not be given back');
      })
      .finally(() => {
        held.delete(message.id);
        chunks.delete(chunk);
      });
    chunks.add(chunk);
  };

  /** Takes messages until enough rows wait for a slot; `extra`: one more, should those wait for something slow. */
  const pump = async (extra: boolean): Promise<void> => {
    if (pumping || queue === null || stopping.signal.aborted) return;
    pumping = true;
    try {
      let more = extra ? 1 : 0;
      while (!stopping.signal.aborted && chunks.size < chunksMax) {
        const wantsMore = chunks.size - runs.size < beginningMax && waitingRows() < deps.jobConcurrency;
        if (!wantsMore && more === 0) break;
        if (!wantsMore) more -= 1;
        const [message] = await queue.fetchChunks(1);
        drained = message === undefined;
        if (message === undefined) break;
        await take(queue, message);
      }
    } catch (error) {
      log.debug({ code: codeOf(error) }, 'messages of jobs could not be taken');
    } finally {
      pumping = false;
    }
  };

  const look = async (): Promise<void> => {
    active = runs.size > 0 || (await hasWork(sql));
    if (!active) return;
    queue ??= await openQueue(sql, { chunkSeconds: (sliceMs + 3 * deps.lookupTimeoutMs) / 1_000 + 25 });
    if (performance.now() >= repairAtMs) {
      repairAtMs = performance.now() + repairEveryMs;
      const { takenOver } = await repairJobs({
        sql,
        queue,
        instanceId,
        held,
        takeoverSeconds: deps.jobTakeoverSeconds,
      });
      if (takenOver > 0) log.info({ chunks: takenOver }, 'chunks of jobs taken over');
    }
    for (const token of await tokensToServe(sql)) {
      const opened = queue;
      await sql.begin((tx) => sendNext(tx, opened, token));
    }
    await quotes.send(queue);
  };

  const tick = async (): Promise<void> => {
    if (performance.now() >= lookAtMs) {
      lookAtMs = performance.now() + lookEveryMs;
      await look();
    }
    if (!active || queue === null) return;
    const running = new Map([...runs].map(({ job }) => [job.id, job]));
    concurrencies.keep(new Set(running.keys()));
    await followJobs({ sql, callerOf, pause }, runs, running);
    const opened = queue;
    quotes.start(opened);
    await pump(true);
    slots.fill();
  };

  const ticks = createSchedule(tickMs, { name: 'jobs', run: tick }, log);
  return {
    wake: () => {
      lookAtMs = 0;
      ticks.runNow();
    },
    stop: async (timeoutMs) => {
      stopping.abort();
      for (const run of runs) run.stop();
      await ticks.stop();
      const all = Promise.allSettled([...chunks, quotes.ended()]);
      await withTimeout(timeoutMs, all, () => new Error('a job is still in flight')).catch(() => {});
      closed = true;
      recorder.close();
    },
  };
};
