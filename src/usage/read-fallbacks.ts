import { and, gte, lt, sql } from 'drizzle-orm';
import { usageFallbacks } from '../../schema/tables/index.js';
import { authorize, type Caller } from '../access/caller.js';
import { refuseArchived, requireEntries } from '../ledger/archived-entries.js';
import type { Database } from '../platform/database.js';
import type { Period } from './period.js';
import { type EntryFilter, matchingLabels } from './entry-filter.js';

/** The results of one provider in lookups that another one had missed before it. */
export type Fallback = {
  /** The provider that missed. */
  missedBy: string;
  /** The provider that was called afterwards. */
  provider: string;
  attempts: bigint;
  found: bigint;
  creditsCharged: bigint;
};

/**
 * The results of providers after each other's misses: for each pair, the attempts of one that followed a NOT_FOUND of the
 * other in the same waterfall, each counted once. The later attempt decides whether a lookup is in the period. Filters
 * by workflow, token, operation and sandbox apply; filters by attempt are ignored, since each pair has two attempts.
 * Throws FORBIDDEN, BAD_REQUEST, and ARCHIVED.
 */
export const readFallbacks = async (
  { database }: { database: Database },
  caller: Caller,
  { from, to, filter }: Period & { filter: Omit<EntryFilter, 'from' | 'to'> },
): Promise<Fallback[]> => {
  authorize(caller, 'read');
  const { workflow, tokenId, operation, sandbox } = filter;
  const without = filter.without?.filter((label) => label === 'WORKFLOW');
  const { missedBy, provider, outcome, isAttempt, credits, occurredAt } = usageFallbacks;
  return await refuseArchived(() =>
    database.db
      .select({
        missedBy,
        provider,
        attempts: sql`count(*) filter (where ${isAttempt})`.mapWith(BigInt),
        found: sql`count(*) filter (where ${isAttempt} and ${outcome} = 'FOUND')`.mapWith(BigInt),
        creditsCharged: sql`sum(${credits})`.mapWith(BigInt),
      })
      .from(usageFallbacks)
      .where(
        and(
          matchingLabels(usageFallbacks, caller, { workflow, tokenId, operation, sandbox, without }),
          gte(occurredAt, from),
          lt(occurredAt, to),
          requireEntries(caller, from, to),
        ),
      )
      .groupBy(missedBy, provider)
      .orderBy(missedBy, provider),
  );
};
