import { type DeliveryDeps, deliverAlerts } from '../../src/alerts/outbox.js';
import { createBalanceMessage } from '../../src/balances/balance-alerts.js';
import { createBudgetMessage } from '../../src/budgets/budget-alerts.js';
import type { Vault } from '../../src/connections/vault.js';
import type { Database } from '../../src/platform/database.js';
import { silentLog } from '../support/silent-log.js';

export { deliverAlerts };

/** Delivery as the gateway wires it, with a short timeout and ids that show their kind. */
export const deliveryOf = (deps: { database: Database; vault: Pick<Vault, 'open'> }): DeliveryDeps => ({
  ...deps,
  log: silentLog,
  timeoutMs: 300,
  showAlertId: (id) => `alert!${id}`,
  messages: {
    BUDGET: createBudgetMessage(deps.database, (kind, id) => `${kind}!${id}`),
    BALANCE: createBalanceMessage(deps.database, (kind, id) => `${kind}!${id}`),
  },
});
