import { and, eq, isNull, sql } from 'drizzle-orm';
import { thresholdAlerts } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
import {
  type Delivered,
  type DeliveryDeps as MessageDeps,
  deliverMessage,
  leaseSecondsFor,
} from '../alerts/deliver-message.js';
import { webhookSecretContext } from '../alerts/webhook-secret.js';
import { claimCrossings, type DueCrossing } from './claim-crossings.js';

/** How ids leave the gateway: rooms know them bare, and outside programs with a prefix. */
type ShowId = (kind: 'connection', id: string) => string;

export type DeliveryDeps = MessageDeps & { database: Database; showId: ShowId };

const rowsMax = 20;

/** Sends the crossings that are due to their accounts' webhooks, as those of budgets are sent. Answers how many. */
export const deliverCrossings = async (deps: DeliveryDeps): Promise<number> => {
  const { db } = deps.database;
  const due = await claimCrossings(db, { rowsMax, leaseSeconds: leaseSecondsFor(deps.timeoutMs) });
  await Promise.all(due.map((crossing) => deliver(deps, crossing)));
  return due.length;
};

const deliver = async (deps: DeliveryDeps, crossing: DueCrossing): Promise<void> => {
  const { workspaceId, accountId: account, threshold, tries } = crossing;
  const delivered = await deliverMessage(deps, {
    url: crossing.webhookUrl,
    secretSealed: crossing.webhookSecretSealed,
    context: webhookSecretContext(workspaceId, account),
    message: messageOf(crossing, deps.showId),
    tries,
    facts: { account, threshold },
  });
  await note(deps.database, crossing, delivered);
};

const messageOf = (crossing: DueCrossing, showId: ShowId): object => ({
  type: 'balance.threshold_crossed',
  // The same for every try, so that a receiver can drop what it has seen.
  deliveryId: `${crossing.accountId}:${crossing.startsAt.toISOString()}:${crossing.threshold}`,
  account: {
    id: crossing.accountId,
    provider: crossing.provider,
    connections: crossing.connections.map(({ id, name }) => ({ id: showId('connection', id), name })),
  },
  threshold: crossing.threshold,
  monthlyCredits: Number(crossing.monthlyCredits),
  used: Number(crossing.used),
  remaining: Number(crossing.remaining),
  period: { startsAt: crossing.startsAt.toISOString(), renewsAt: crossing.renewsAt.toISOString() },
  crossedAt: crossing.crossedAt.toISOString(),
});

const note = async ({ db }: Database, crossing: DueCrossing, delivered: Delivered): Promise<void> => {
  const waitSeconds = typeof delivered === 'object' ? delivered.waitSeconds : null;
  await db
    .update(thresholdAlerts)
    .set({
      deliveredAt: delivered === 'TAKEN' ? sql`clock_timestamp()` : null,
      nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${waitSeconds}::int)`,
    })
    .where(
      and(
        eq(thresholdAlerts.workspaceId, crossing.workspaceId),
        eq(thresholdAlerts.id, crossing.id),
        isNull(thresholdAlerts.deliveredAt),
      ),
    );
};
