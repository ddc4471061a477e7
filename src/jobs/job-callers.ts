import { authorize, type Caller } from '../access/caller.js';
import { readCallerOfToken } from '../access/find-caller.js';
import { GatewayError, isProblemCode, type Problem, problem } from '../errors.js';
import { createCachedLoader } from '../platform/cached-loader.js';
import type { Database } from '../platform/database.js';
import type { Clock } from '../platform/time.js';
import type { RunningJob } from './chunks.js';

const cacheMs = 500;

/**
 * Makes the function that finds the caller of a job: its token as it is now, at most half a second old. Returns the problem
 * where the token may not run it any more: it was revoked, has expired, or its role may not enrich.
 */
export const createJobCallers = (deps: {
  database: Pick<Database, 'db'>;
  clock: Clock;
}): ((job: RunningJob) => Promise<Caller | Problem>) => {
  const cached = createCachedLoader<Caller>({ ttlMs: cacheMs, max: 1_000 });
  return async ({ workspaceId, tokenId }) => {
    try {
      return await cached(`${workspaceId} ${tokenId}`, async () => {
        const caller = await readCallerOfToken(deps, { workspaceId, tokenId });
        authorize(caller, 'enrich');
        return caller;
      });
    } catch (error) {
      if (error instanceof GatewayError && isProblemCode(error.code) && error.code === 'FORBIDDEN')
        return problem(error.code, error.message);
      throw error;
    }
  };
};
