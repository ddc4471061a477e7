import { idempotentRequests } from '../../schema/index.js';
import type { Database } from '../platform/database.js';
import { type Claim, isRun, leaseEnd, leaseSeconds } from './claim-request.js';

/** Prolongs a claim's lease while its run goes on; the verb that it answers stops that. */
export const renewClaim = ({ db }: Pick<Database, 'db'>, claim: Claim): (() => void) => {
  const timer = setInterval(
    () => {
      db.update(idempotentRequests)
        .set({ leaseEndsAt: leaseEnd })
        .where(isRun(claim))
        // The next turn comes before the lease is over.
        .catch(() => {});
    },
    (leaseSeconds * 1_000) / 4,
  );
  timer.unref();
  return () => clearInterval(timer);
};
