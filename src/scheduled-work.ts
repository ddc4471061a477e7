import { toPublicId } from './access/public-ids.js';
import { startAlertDelivery } from './alerts/outbox.js';
import { createWebhookDispatcher } from './alerts/webhook-dispatcher.js';
import { createBalanceMessage, startBalanceWatch } from './balances/balance-alerts.js';
import { createBudgetMessage } from './budgets/budget-alerts.js';
import type { Vault } from './connections/vault.js';
import { startRequestCleanup } from './idempotency/delete-expired.js';
import { startLedgerMaintenance } from './ledger/maintenance.js';
import type { Proxies } from './platform/choose-proxy.js';
import type { Log } from './platform/log.js';
import type { Store } from './platform/open-store.js';
import { watchDatabase } from './platform/watch-database.js';

const watchEveryMs = 1_000;
const maintenanceEveryMs = 2_000;
const deliverEveryMs = 2_000;
const deleteExpiredEveryMs = 60_000;
const webhookTimeoutMs = 5_000;

/** Starts the scheduled work of an instance; returns the functions that stop it. */
export const startScheduledWork = ({
  store: { database, address },
  proxies,
  vault,
  log,
}: {
  store: Pick<Store, 'database' | 'address'>;
  proxies: Proxies;
  vault: Vault;
  log: Log;
}): (() => Promise<void>)[] => {
  const webhooks = createWebhookDispatcher(proxies);
  const delivery = {
    database,
    vault,
    log,
    timeoutMs: webhookTimeoutMs,
    dispatcherFor: webhooks.dispatcherFor,
    showAlertId: (id: string) => toPublicId('alert', id),
    messages: {
      BUDGET: createBudgetMessage(database, toPublicId),
      BALANCE: createBalanceMessage(database, toPublicId),
    },
  };
  const stopDelivery = startAlertDelivery(delivery, deliverEveryMs);
  return [
    watchDatabase({ database, address }, log, watchEveryMs),
    startLedgerMaintenance(database.sql, log, maintenanceEveryMs),
    startRequestCleanup(database, log, deleteExpiredEveryMs),
    startBalanceWatch({ database, log }, maintenanceEveryMs),
    async () => {
      await stopDelivery();
      await webhooks.close();
    },
  ];
};
