import { sql } from 'drizzle-orm';
import { thresholdAlerts } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import { claimWatches } from './claim-watches.js';
import { estimateAccount } from './estimate-account.js';
import type { AccountPlace } from './read-facts.js';

/**
 * Looks at the accounts whose turn has come and writes down each threshold that was reached, once a month, for their
 * webhooks to be told. Any number of instances may do it at once. Answers how many accounts were looked at.
 */
export const watchBalances = async (
  { database: { db } }: { database: Database },
  limits: { rowsMax: number; everySeconds: number } = { rowsMax: 20, everySeconds: 60 },
): Promise<number> => {
  const due = await claimWatches(db, limits);
  for (const place of due) await noteCrossings(db, place);
  return due.length;
};

const noteCrossings = async (db: Database['db'], place: AccountPlace): Promise<void> => {
  const { plan, asOf, remaining, renewsAt, warnings } = await estimateAccount(db, place);
  if (plan === null || remaining === null || renewsAt === null || warnings.length === 0) return;
  await db
    .insert(thresholdAlerts)
    .values(
      warnings.map(({ startsAt, threshold, monthlyCredits, used }) => ({
        workspaceId: place.workspaceId,
        id: newId(),
        kind: 'BALANCE' as const,
        subjectId: place.accountId,
        periodStartsAt: startsAt,
        threshold,
        facts: {
          monthlyCredits: monthlyCredits.toString(),
          used: used.toString(),
          remaining: remaining.toString(),
          renewsAt: renewsAt.toISOString(),
        },
        raisedAt: asOf,
        nextAttemptAt: plan.webhookUrl === null ? null : sql`statement_timestamp()`,
      })),
    )
    .onConflictDoNothing();
};
