import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { type Decision, type DecisionRow, readDecision } from './rows.js';
import type { ReservationRequest } from './types.js';

/**
 * Reserves credits for one request in one statement, as `reserveBatch` does for a batch of one. The SQL function
 * `reserve_one` decides two cases by itself, and starts a fraction of the plans of `reserve_credits` then: nothing is known
 * of the lookup key and every budget that applies has room, or the record has a young snapshot. It passes everything else on.
 */
export const reserveOne = async (
  sql: Sql,
  lifeSeconds: number,
  request: ReservationRequest,
): Promise<Decision> => {
  const { labels } = request;
  // It would be stored as U+FFFD, and two keys as one. reserve_credits refuses it, too.
  if (!request.lookupKey.isWellFormed()) throw new Error('the lookup key has a lone surrogate');
  // Numbers as text: a type that depends on the value would be another prepared statement. The client would cut an instant
  // to milliseconds.
  const [row] = await withQueryTimeout(sql<DecisionRow[]>`
    select *, fetched_at::text as fetched_at_text from reserve_one(
      ${lifeSeconds}, ${request.workspaceId}, ${request.id}, ${request.accountId}, ${request.lookupKey},
      ${request.variant}, ${request.credits.toString()}, ${request.refetchCredits.toString()},
      ${request.looksUpAgain}, ${request.mayCharge}, ${request.maxAgeSeconds}, ${request.cached?.unlockId ?? null},
      ${request.cached?.fetchedAt ?? null}::text::timestamptz, ${labels.lookupId}, ${labels.step},
      ${labels.jobRow}, ${labels.operation}, ${labels.provider}, ${labels.connectionId}, ${labels.payer},
      ${labels.sandbox}, ${labels.tokenId}, ${labels.workflow}, ${labels.jobId})`);
  if (row === undefined) throw new Error('reserve_one returned no row');
  return readDecision(row, request);
};
