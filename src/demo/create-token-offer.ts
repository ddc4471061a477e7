import type { Caller } from '../access/caller.js';
import { hasMetRealKey } from '../connections/has-met-real-key.js';
import type { Database } from '../platform/database.js';
import { withTimeout } from '../platform/with-timeout.js';

const lookupTimeoutMs = 1_500;

/**
 * Makes the offer of the demo's token to a page: null ends it, for good as soon as the workspace has met a real key,
 * because the token then opens more than a demo; and while it is revoked, or the database does not answer within 3 s.
 */
export const createTokenOffer = (
  deps: { database: Database; findCaller: (token: string) => Promise<Caller> },
  token: string,
): (() => Promise<string | null>) => {
  let isOver = false;
  return async () => {
    if (isOver) return null;
    try {
      const { workspaceId } = await deps.findCaller(token);
      isOver = await withTimeout(lookupTimeoutMs, hasMetRealKey(deps.database, workspaceId), late);
      return isOver ? null : token;
    } catch {
      return null;
    }
  };
};

const late = (): Error => new Error('the database has not answered yet');
