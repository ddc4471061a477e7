import { and, eq, sql } from 'drizzle-orm';
import { alerts, balancePlans } from '../../schema/tables/index.js';
import { factOf, type TitleOf, type WriteMessage } from '../alerts/alert.js';
import { readDeliveries } from '../alerts/read-alerts.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import type { RaisedWarning, Warning } from './balance.js';
import { isArchived } from '../ledger/archived-entries.js';
import { estimateAccount } from './estimate.js';
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
  for (const place of due) {
    try {
      await raiseBalanceAlerts(db, place);
    } catch (error) {
      // The balance is unknown until the entries are restored. The other accounts are checked all the same.
      if (!isArchived(error)) throw error;
    }
  }
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
    .insert(alerts)
    .values(
      warnings.map(({ startsAt, threshold, monthlyCredits, used }) => ({
        workspaceId: place.workspaceId,
        id: newId(),
        event: 'BALANCE_THRESHOLD' as const,
        subject: place.accountId,
        startsAt,
        threshold,
        facts: {
          monthlyCredits: monthlyCredits.toString(),
          used: used.toString(),
          remaining: remaining.toString(),
          renewsAt: renewsAt.toISOString(),
        },
        raisedAt: asOf,
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

/** Ids as clients see them. */
type ShowId = (kind: 'connection', id: string) => string;

type Account = { provider: string; connections: { id: string; name: string }[] };

/** Creates the writer of a balance's message, with the account's connections as they are now; null if it is gone. */
export const createBalanceMessage =
  ({ sql }: Pick<Database, 'sql'>, showId: ShowId, titleOf: TitleOf): WriteMessage =>
  async (alert) => {
    const [account] = await sql<Account[]>`
      select a.provider, (
        select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) order by n.id), '[]')
        from connections n
        where n.workspace_id = a.workspace_id and n.account_id = a.id and n.deleted_at is null
      ) as connections
      from accounts a
      where a.workspace_id = ${alert.workspaceId} and a.id = ${alert.subject}::uuid`;
    if (account === undefined) return null;
    const [monthlyCredits, used, remaining, renewsAt] = factNames.map((name) => factOf(alert, name));
    const names = account.connections.map(({ name }) => name).join(', ');
    const body = {
      type: 'balance.threshold_reached',
      account: {
        id: alert.subject,
        provider: account.provider,
        connections: account.connections.map(({ id, name }) => ({ id: showId('connection', id), name })),
      },
      threshold: alert.threshold,
      monthlyCredits: Number(monthlyCredits),
      used: Number(used),
      remaining: Number(remaining),
      period: { startsAt: alert.startsAt.toISOString(), renewsAt },
      raisedAt: alert.raisedAt.toISOString(),
    };
    return {
      body,
      title: `${titleOf(account.provider)}: ${alert.threshold}% of the month's credits are used`,
      facts: [
        ['Connections', names],
        ['Used', `${used} of ${monthlyCredits} credits`],
        ['Remaining', `${remaining} credits`],
        ['Renews', renewsAt ?? 'unknown'],
      ],
    };
  };

const factNames = ['monthlyCredits', 'used', 'remaining', 'renewsAt'] as const;

/** Adds to each warning of the present month when its alert was raised, and its deliveries. */
export const readRaised = async (
  db: Pick<Drizzle, 'select'>,
  { workspaceId, accountId }: AccountPlace,
  warnings: readonly Warning[],
): Promise<RaisedWarning[]> => {
  const [first] = warnings;
  if (first === undefined) return [];
  const rows = await db
    .select({
      id: alerts.id,
      threshold: alerts.threshold,
      raisedAt: alerts.raisedAt,
    })
    .from(alerts)
    .where(
      and(
        eq(alerts.workspaceId, workspaceId),
        eq(alerts.event, 'BALANCE_THRESHOLD'),
        eq(alerts.subject, accountId),
        eq(alerts.startsAt, first.startsAt),
      ),
    );
  const deliveries = await readDeliveries(
    db,
    workspaceId,
    rows.map(({ id }) => id),
  );
  return warnings.map((warning) => {
    const raised = rows.find(({ threshold }) => threshold === warning.threshold);
    return {
      ...warning,
      raisedAt: raised?.raisedAt ?? null,
      deliveries: deliveries.get(raised?.id ?? '') ?? [],
    };
  });
};
