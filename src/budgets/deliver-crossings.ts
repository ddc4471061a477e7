import type { Database, Sql } from '../platform/database.js';
import {
  type Delivered,
  type DeliveryDeps as MessageDeps,
  deliverMessage,
  leaseSecondsFor,
} from '../alerts/deliver-message.js';
import { webhookSecretContext } from '../alerts/webhook-secret.js';
import { claimCrossings, type DueCrossing } from './claim-crossings.js';
import { crossingMessage, type ShowId } from './crossing-message.js';

export type DeliveryDeps = MessageDeps & { database: Database; showId: ShowId };

const rowsMax = 20;

/**
 * Sends the crossings that are due to their budgets' webhooks, each at least once: any status from 200 to 299 ends it, everything
 * else is tried again later, ten times in all. Any number of instances may do it at once. Answers how many were
 * taken in hand.
 */
export const deliverCrossings = async (deps: DeliveryDeps): Promise<number> => {
  const { sql } = deps.database;
  const due = await claimCrossings(sql, { rowsMax, leaseSeconds: leaseSecondsFor(deps.timeoutMs) });
  await Promise.all(due.map((crossing) => deliver(deps, crossing)));
  return due.length;
};

const deliver = async (deps: DeliveryDeps, crossing: DueCrossing): Promise<void> => {
  const { workspaceId, budgetId: budget, threshold, tries } = crossing;
  const delivered = await deliverMessage(deps, {
    url: crossing.webhookUrl,
    secretSealed: crossing.webhookSecretSealed,
    context: webhookSecretContext(workspaceId, budget),
    message: crossingMessage(crossing, deps.showId),
    tries,
    facts: { budget, threshold },
  });
  await note(deps.database.sql, crossing, delivered);
};

const note = async (sql: Sql, crossing: DueCrossing, delivered: Delivered): Promise<void> => {
  const isTaken = delivered === 'TAKEN';
  const waitSeconds = typeof delivered === 'object' ? delivered.waitSeconds : null;
  await sql`
    update threshold_alerts
    set delivered_at = case when ${isTaken} then clock_timestamp() end,
      next_attempt_at = clock_timestamp() + make_interval(secs => ${waitSeconds}::int)
    where workspace_id = ${crossing.workspaceId} and id = ${crossing.id} and delivered_at is null`;
};
