import { setTimeout as sleep } from 'node:timers/promises';
import { authorize, type Caller } from '../access/caller.js';
import { readCallerOfToken } from '../access/find-caller.js';
import type { Enrichment } from '../enrichment/lookup.js';
import { GatewayError, isProblemCode, type Problem, problem } from '../errors.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import type { Database } from '../platform/database.js';
import { databaseErrorCode } from '../platform/database-errors.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import type { Clock } from '../platform/time.js';
import { withTimeout } from '../platform/with-timeout.js';
import type { Providers } from '../providers/catalogue.js';
import { failForProblem, hasWork, pauseForProblem, readStates } from './change-state.js';
import {
  type ClaimedChunk,
  claimChunk,
  finishChunk,
  markRunning,
  type RunningJob,
  sendNext,
  tokensToServe,
} from './chunks.js';
import { type ChunkMessage, type JobQueue, type Message, openQueue } from './queue.js';
import { noEarlierRuns, readEarlierRuns } from './recover-rows.js';
import { repairJobs } from './repair-jobs.js';
import { createQuoteRunner, type QuoteJob } from './run-quotes.js';
import { createRowRecorder } from './row-recorder.js';
import { type ChunkRun, createChunkRun, sliceMs } from './run-chunk.js';
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
const repairEveryMs = 2_000;
const retryMs = 500;
const chunksMax = 16;
// Others begin elsewhere.
const beginningMax = 2;
const callerCacheMs = 500;

/**
 * Runs the jobs of all workspaces, together with the other instances. pg-boss is loaded, and its tables are created, when the
 * first job is found; until then an instance looks once a second whether there is one.
 */
export const startJobEngine = (deps: JobEngineDeps): JobEngine => {
  const { database, log, instanceId } = deps;
  const { sql } = database;
  const slots = createSlots(deps.jobConcurrency);
  const recorder = createRowRecorder(sql);
  const callers = createCachedLoader<Caller>({ ttlMs: callerCacheMs, max: 1_000 });
  const runs = new Set<ChunkRun>();
  const chunks = new Set<Promise<void>>();
  const stopping = new AbortController();
  let queue: JobQueue | null = null;
  let active = false;
  let lookAtMs = 0;
  let repairAtMs = 0;
  let pumping = false;
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
    (job: RunningJob, why: Problem): void => {
      for (const run of runs) if (run.job.id === job.id) run.stop();
      log.info({ job: job.id, code: why.code }, event);
      void persist(() => change(sql, job, why)).catch(() => {});
    };
  const pause = stopWith(pauseForProblem, 'job paused');
  const fail = stopWith(failForProblem, 'job failed');

  const callerOf = ({ workspaceId, tokenId }: RunningJob): Promise<Caller> =>
    callers(`${workspaceId} ${tokenId}`, async () => {
      const caller = await readCallerOfToken(deps, { workspaceId, tokenId });
      authorize(caller, 'enrich');
      return caller;
    });

  const quotes = createQuoteRunner({ ...deps, stopping: stopping.signal });
  const runDeps = { ...deps, record: recorder.record, pause, fail };

  const begin = async (claimed: ClaimedChunk): Promise<ChunkRun> => {
    const { lease, job, rows } = claimed;
    const [from, to] = [rows[0]?.number ?? 0, rows.at(-1)?.number ?? 0];
    const caller = await callerOf(job);
    const earlier = lease.runs === 1 ? noEarlierRuns : await readEarlierRuns(sql, lease, { from, to });
    return await createChunkRun(runDeps, claimed, earlier, caller);
  };

  const runChunk = async (opened: JobQueue, claimed: ClaimedChunk): Promise<void> => {
    const { lease, job } = claimed;
    const ended = await begin(claimed).then(
      async (run) => {
        runs.add(run);
        if (stopping.signal.aborted) run.stop();
        slots.add(run);
        return await run.ended.finally(() => {
          runs.delete(run);
          slots.remove(run);
        });
      },
      (error: unknown) => {
        if (error instanceof GatewayError && error.code === 'FORBIDDEN') pause(job, problemOf(error));
        else log.debug({ code: databaseErrorCode(error) }, 'chunk of a job could not be begun');
        return { state: 'QUEUED' as const, delaySeconds: 1 };
      },
    );
    await persist(() => finishChunk({ sql, queue: opened }, lease, ended));
    void pump(false);
  };

  const waitingRows = (): number => [...runs].reduce((sum, run) => sum + run.waiting(), 0);

  const take = async (opened: JobQueue, message: Message<ChunkMessage>): Promise<void> => {
    const claimed = await claimChunk({ sql, queue: opened, instanceId }, message);
    if (claimed === null) return;
    const chunk = runChunk(opened, claimed)
      .catch((error: unknown) => {
        log.warn({ code: databaseErrorCode(error) }, 'chunk of a job could not be given back');
      })
      .finally(() => chunks.delete(chunk));
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
        if (message === undefined) break;
        await take(queue, message);
      }
    } catch (error) {
      log.debug({ code: databaseErrorCode(error) }, 'messages of jobs could not be taken');
    } finally {
      pumping = false;
    }
  };

  const followStates = async (): Promise<void> => {
    const jobs = new Map([...runs].map(({ job }) => [job.id, job]));
    if (jobs.size === 0) return;
    const keys = [...jobs.values()].map(({ workspaceId, id }) => ({ workspaceId, id }));
    const states = await readStates(sql, keys);
    for (const run of runs) if (!runningStates.has(states.get(run.job.id) ?? '')) run.stop();
    const resumed = keys.filter(({ id }) => states.get(id) === 'QUEUED');
    if (resumed.length > 0) await markRunning(sql, resumed);
    for (const job of jobs.values()) await followCaller(job);
  };

  /** A token that was revoked or changed: its scopes and limits apply from now on. */
  const followCaller = async (job: RunningJob): Promise<void> => {
    try {
      const caller = await callerOf(job);
      for (const run of runs) if (run.job.tokenId === job.tokenId) run.setCaller(caller);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (error.code === 'FORBIDDEN') pause(job, problemOf(error));
    }
  };

  const look = async (): Promise<void> => {
    active = runs.size > 0 || (await hasWork(sql));
    if (!active) return;
    queue ??= await openQueue(sql, { chunkSeconds: (sliceMs + 3 * deps.lookupTimeoutMs) / 1_000 + 25 });
    if (performance.now() >= repairAtMs) {
      repairAtMs = performance.now() + repairEveryMs;
      const { takenOver } = await repairJobs({ sql, queue, instanceId });
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
    await followStates();
    const opened = queue;
    quotes.start(opened);
    await pump(true);
    slots.fill();
  };

  const stopTicks = runEvery(tickMs, { name: 'jobs', run: tick }, log);
  return {
    wake: () => {
      lookAtMs = 0;
      active = true;
    },
    stop: async (timeoutMs) => {
      stopping.abort();
      for (const run of runs) run.stop();
      await stopTicks();
      const all = Promise.allSettled([...chunks, quotes.ended()]);
      await withTimeout(timeoutMs, all, () => new Error('a job is still in flight')).catch(() => {});
      closed = true;
      recorder.close();
    },
  };
};

const runningStates: ReadonlySet<string> = new Set(['QUEUED', 'RUNNING']);

const problemOf = ({ code, message }: GatewayError): Problem =>
  problem(isProblemCode(code) ? code : 'FORBIDDEN', message);
