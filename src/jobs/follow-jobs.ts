import type { Caller } from '../access/caller.js';
import type { Problem } from '../errors.js';
import type { Sql } from '../platform/database.js';
import { readStates } from './change-state.js';
import { markRunning, type RunningJob } from './chunks.js';
import type { ChunkRun } from './run-chunk.js';

type Deps = {
  sql: Sql;
  callerOf: (job: RunningJob) => Promise<Caller | Problem>;
  pause: (job: RunningJob, why: Problem) => Promise<void>;
};

/**
 * Makes the runs of this instance follow their jobs: those that were paused, canceled or deleted start nothing more, and a
 * token that was revoked or changed has its present scopes and limits from now on.
 */
export const followJobs = async (
  { sql, callerOf, pause }: Deps,
  runs: ReadonlySet<ChunkRun>,
  jobs: ReadonlyMap<string, RunningJob>,
): Promise<void> => {
  if (jobs.size === 0) return;
  const keys = [...jobs.values()].map(({ workspaceId, id }) => ({ workspaceId, id }));
  const states = await readStates(sql, keys);
  for (const run of runs) {
    const state = states.get(run.job.id) ?? '';
    if (!runningStates.has(state)) run.stop(state === 'CANCELED');
  }
  const resumed = keys.filter(({ id }) => states.get(id) === 'QUEUED');
  if (resumed.length > 0) await markRunning(sql, resumed);
  for (const job of jobs.values()) {
    const caller = await callerOf(job);
    if ('code' in caller) await pause(job, caller);
    else for (const run of runs) if (run.job.tokenId === job.tokenId) run.setCaller(caller);
  }
};

const runningStates: ReadonlySet<string> = new Set(['QUEUED', 'RUNNING']);
