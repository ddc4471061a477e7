import { createAlertMessages } from '../../src/alerting.js';
import type { Caller } from '../../src/access/caller.js';
import { createDestination, type DestinationCreated } from '../../src/alerts/change-destination.js';
import type { CreateDestinationInput } from '../../src/alerts/destination-input.js';
import { type DeliveryDeps, deliverAlerts } from '../../src/alerts/outbox.js';
import { type AlertSender, createAlertSender } from '../../src/alerts/send-message.js';
import { createWebhookDispatcher, type WebhookDispatcher } from '../../src/alerts/webhook-dispatcher.js';
import type { Vault } from '../../src/connections/vault.js';
import { noProxies } from '../../src/platform/choose-proxy.js';
import type { Database } from '../../src/platform/database.js';
import { silentLog } from '../support/silent-log.js';

export { deliverAlerts };

/** The way out that the gateway has with WEBHOOK_PRIVATE_ADDRESSES=on, with a short timeout. */
export const senderOf = (
  webhooks: WebhookDispatcher = createWebhookDispatcher(noProxies, { allowPrivate: true }),
  timeoutMs = 2_000,
): AlertSender => createAlertSender({ webhooks, email: null, timeoutMs });

/** Delivery as the gateway wires it. */
export const deliveryOf = (
  deps: { database: Database; vault: Pick<Vault, 'open'> },
  alertSender: AlertSender = senderOf(),
): DeliveryDeps & { alertSender: AlertSender } => ({
  ...deps,
  log: silentLog,
  alertSender,
  onAttempt: () => {},
  messages: createAlertMessages(deps.database),
});

/** Creates a destination with what a test does not care about filled in: a signed webhook for everything. */
export const destinationFor = (
  deps: { database: Database; vault: Pick<Vault, 'seal'>; alertSender?: AlertSender },
  caller: Caller,
  input: Partial<CreateDestinationInput>,
): Promise<DestinationCreated> =>
  createDestination({ alertSender: senderOf(), ...deps }, caller, {
    kind: 'WEBHOOK',
    name: `destination ${Math.random()}`,
    ...input,
  });

/** What is left of the wait is rounded up to five seconds. */
export type Queue = { attempts: number; waitSeconds: number | null; delivered: boolean };

/** The state of the one delivery in a database. */
export const queueOf = async ({ sql }: Pick<Database, 'sql'>): Promise<Queue | undefined> => {
  const [row] = await sql<Queue[]>`
    select attempts, delivered_at is not null as delivered,
      ceil(extract(epoch from next_attempt_at - clock_timestamp()) / 5)::int * 5 as "waitSeconds"
    from alert_deliveries`;
  return row;
};

/** Makes the next attempts due. */
export const passTime = ({ sql }: Pick<Database, 'sql'>) =>
  sql`update alert_deliveries set next_attempt_at = clock_timestamp() where next_attempt_at is not null`;
