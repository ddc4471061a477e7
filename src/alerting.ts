import { toPublicId } from './access/public-ids.js';
import type { AlertMessages, TitleOf } from './alerts/alert.js';
import { createConditionMessages } from './alerts/condition-messages.js';
import { type CallReport, startConditionWatch } from './alerts/condition-watch.js';
import { createEmailSender, type EmailSettings } from './alerts/send-email.js';
import { type AlertSender, createAlertSender } from './alerts/send-message.js';
import { createWebhookDispatcher } from './alerts/webhook-dispatcher.js';
import { createBalanceMessage } from './balances/balance-alerts.js';
import { createBudgetMessage } from './budgets/budget-alerts.js';
import { createPresumedDigest } from './ledger/presumed-digest.js';
import type { Proxies } from './platform/choose-proxy.js';
import type { Database } from './platform/database.js';
import type { Log } from './platform/log.js';

/** What sends alerts, what they say, and what watches calls for them. */
export type Alerting = {
  alertSender: AlertSender;
  alertMessages: AlertMessages;
  /** Receives what each call says of its key and its provider; undefined where nothing is watched. */
  reportCall: ((call: CallReport) => void) | undefined;
  /** Waits for the alerts that are being written, and closes the connections. */
  stop: () => Promise<void>;
};

const webhookTimeoutMs = 5_000;
const conditionsEveryMs = 5_000;

/**
 * Connects the ways out with the messages of each module. `allowPrivate`: webhooks may go to private addresses. `watches`: refused
 * keys and open circuit breakers raise alerts.
 */
export const createAlerting = (
  { database, log }: { database: Pick<Database, 'sql'>; log: Log },
  options: { proxies: Proxies; allowPrivate: boolean; email: EmailSettings | null; titleOf: TitleOf },
  watches: boolean,
): Alerting => {
  const alertSender = createAlertSender({
    webhooks: createWebhookDispatcher(options.proxies, options),
    email: options.email === null ? null : createEmailSender(options.email),
    timeoutMs: webhookTimeoutMs,
  });
  const conditions = watches ? startConditionWatch({ database, log }, conditionsEveryMs) : null;
  return {
    alertSender,
    alertMessages: createAlertMessages(database, options.titleOf),
    reportCall: conditions?.report,
    stop: async () => {
      await Promise.all([conditions?.close(), alertSender.close()]);
    },
  };
};

/** What the alert of each event says. Without `titleOf` providers are named as in the API. */
export const createAlertMessages = (
  database: Pick<Database, 'sql'>,
  titleOf: TitleOf = (provider) => provider,
): AlertMessages => ({
  BUDGET_THRESHOLD: createBudgetMessage(database, toPublicId),
  BALANCE_THRESHOLD: createBalanceMessage(database, toPublicId, titleOf),
  ...createConditionMessages(database, titleOf),
  PRESUMED_CHARGES: createPresumedDigest(titleOf),
});
