import { and, eq } from 'drizzle-orm';
import { thresholdAlerts } from '../../schema/tables/index.js';
import type { DueAlert } from '../alerts/outbox.js';
import type { Database, Drizzle } from '../platform/database.js';
import type { RaisedWarning, Warning } from './balance.js';
import type { AccountPlace } from './read-facts.js';

/** Ids as clients see them. */
type ShowId = (kind: 'connection', id: string) => string;

type Account = { provider: string; connections: { id: string; name: string }[] };

/** Creates the body of a balance's webhook, with the account's connections as they are now; null if it is gone. */
export const createBalanceMessage =
  ({ sql }: Pick<Database, 'sql'>, showId: ShowId) =>
  async ({ workspaceId, subjectId, ...alert }: DueAlert): Promise<object | null> => {
    const [account] = await sql<Account[]>`
      select a.provider, (
        select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) order by n.id), '[]')
        from connections n
        where n.workspace_id = a.workspace_id and n.account_id = a.id and n.deleted_at is null
      ) as connections
      from accounts a
      where a.workspace_id = ${workspaceId} and a.id = ${subjectId}`;
    if (account === undefined) return null;
    const { facts } = alert;
    return {
      type: 'balance.threshold_reached',
      account: {
        id: subjectId,
        provider: account.provider,
        connections: account.connections.map(({ id, name }) => ({ id: showId('connection', id), name })),
      },
      threshold: alert.threshold,
      monthlyCredits: Number(facts['monthlyCredits']),
      used: Number(facts['used']),
      remaining: Number(facts['remaining']),
      period: { startsAt: alert.periodStartsAt.toISOString(), renewsAt: facts['renewsAt'] },
      raisedAt: alert.raisedAt.toISOString(),
    };
  };

/** Adds to each warning of the present month when its alert was raised, and the state of its delivery. */
export const readRaised = async (
  db: Pick<Drizzle, 'select'>,
  { workspaceId, accountId }: AccountPlace,
  warnings: readonly Warning[],
): Promise<RaisedWarning[]> => {
  const [first] = warnings;
  if (first === undefined) return [];
  const rows = await db
    .select({
      threshold: thresholdAlerts.threshold,
      raisedAt: thresholdAlerts.raisedAt,
      attempts: thresholdAlerts.attempts,
      nextAttemptAt: thresholdAlerts.nextAttemptAt,
      deliveredAt: thresholdAlerts.deliveredAt,
    })
    .from(thresholdAlerts)
    .where(
      and(
        eq(thresholdAlerts.workspaceId, workspaceId),
        eq(thresholdAlerts.kind, 'BALANCE'),
        eq(thresholdAlerts.subjectId, accountId),
        eq(thresholdAlerts.periodStartsAt, first.startsAt),
      ),
    );
  return warnings.map((warning) => {
    const raised = rows.find(({ threshold }) => threshold === warning.threshold);
    return { raisedAt: null, attempts: 0, nextAttemptAt: null, deliveredAt: null, ...raised, ...warning };
  });
};
