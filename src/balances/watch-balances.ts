import { and, eq, sql } from 'drizzle-orm';
import { balancePlans, thresholdAlerts } from '../../schema/tables/index.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { estimateAccount } from './estimate-account.js';
import type { AccountPlace } from './read-facts.js';

/** Checks the thresholds of balances every `everyMs`; returns the function that stops it and waits for the run in progress. */
export const startBalanceWatch = (
  deps: { database: Database; log: Log },
  everyMs: number,
): (() => Promise<void>) =>
  runEvery(
    everyMs,
    {
      name: 'balance watch',
      run: async (stopping) => {
        while (!stopping.aborted && (await watchBalances(deps)) > 0);
      },
    },
    deps.log,
  );

/**
 * Checks the accounts that are due and raises an alert for each threshold that was reached, once a month. Any number of
 * instances may do it at once. Returns the number of accounts.
 */
export const watchBalances = async (
  { database: { db } }: { database: Database },
  limits: { rowsMax: number; everySeconds: number } = { rowsMax: 20, everySeconds: 60 },
): Promise<number> => {
  const due = await claimWatches(db, limits);
  for (const place of due) await raiseBalanceAlerts(db, place);
  return due.length;
};

/** Makes an account due, because its plan or its readings have changed. */
export const watchSoon = async (
  db: Pick<Drizzle, 'update'>,
  { workspaceId, accountId }: AccountPlace,
): Promise<void> => {
  await db
    .update(balancePlans)
    .set({ checkedAt: null })
    .where(and(eq(balancePlans.workspaceId, workspaceId), eq(balancePlans.accountId, accountId)));
};

const raiseBalanceAlerts = async (db: Database['db'], place: AccountPlace): Promise<void> => {
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

/**
 * Takes up to `rowsMax` accounts with thresholds and a connection that no instance has checked for `everySeconds`. Rows
 * that another instance is taking at this moment are skipped.
 */
const claimWatches = async (
  db: Pick<Drizzle, 'execute'>,
  { rowsMax, everySeconds }: { rowsMax: number; everySeconds: number },
): Promise<AccountPlace[]> => {
  const rows = await db.execute<{ workspace_id: string; account_id: string }>(sql`
    with due as materialized (
      select workspace_id, account_id
      from balance_plans p
      where cardinality(thresholds) > 0
        and (checked_at is null or checked_at < statement_timestamp() - make_interval(secs => ${everySeconds}))
        and exists (
          select from connections n
          where n.workspace_id = p.workspace_id and n.account_id = p.account_id and n.deleted_at is null
        )
      order by checked_at nulls first
      limit ${rowsMax}
      for update skip locked
    )
    update balance_plans p set checked_at = statement_timestamp()
    from due d
    where p.workspace_id = d.workspace_id and p.account_id = d.account_id
    returning p.workspace_id, p.account_id`);
  return rows.map((row) => ({ workspaceId: row.workspace_id, accountId: row.account_id }));
};
