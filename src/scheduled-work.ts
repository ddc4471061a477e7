import type { Alerting } from './alerting.js';
import { type DeliveryDeps, startAlertDelivery } from './alerts/outbox.js';
import { startBalanceWatch } from './balances/balance-alerts.js';
import { startBalanceReading } from './balances/read-due-balances.js';
import type { BalanceRefresher } from './balances/balance.js';
import type { Vault } from './connections/vault.js';
import { startRequestCleanup } from './idempotency/delete-expired.js';
import { startLedgerMaintenance } from './ledger/maintenance.js';
import { startPresumedDigest } from './ledger/presumed-digest.js';
import { startJobCleanup } from './jobs/delete-job.js';
import type { Log } from './platform/log.js';
import type { Store } from './platform/open-store.js';
import type { RecordWords } from './records/write-words.js';
import { watchDatabase } from './platform/watch-database.js';
import { startUploadCleanup } from './uploads/delete-unused.js';
import { startUsageRollup } from './usage/roll-up-usage.js';

const watchEveryMs = 1_000;
const maintenanceEveryMs = 2_000;
const deliverEveryMs = 2_000;
const digestEveryMs = 10_000;
const balancesEveryMs = 20_000;
const recordWordsEveryMs = 2_000;
const rollUpEveryMs = 30_000;
const deleteExpiredEveryMs = 60_000;

/** Starts the scheduled work of an instance; returns the functions that stop it. */
export const startScheduledWork = ({
  store: { database, address },
  vault,
  log,
  alertSender,
  alertMessages,
  stop,
  onAttempt,
  balances,
  recordWords,
  uploadKeepHours,
  jobKeepDays,
}: {
  store: Pick<Store, 'database' | 'address'>;
  vault: Vault;
  log: Log;
  onAttempt: DeliveryDeps['onAttempt'];
  balances: { refreshBalance: BalanceRefresher; reporting: readonly string[] };
  recordWords: RecordWords;
  uploadKeepHours: number;
  jobKeepDays: number;
} & Alerting): (() => Promise<void>)[] => {
  const delivery = { database, vault, log, alertSender, messages: alertMessages, onAttempt };
  const stopDelivery = startAlertDelivery(delivery, deliverEveryMs);
  return [
    watchDatabase({ database, address }, log, watchEveryMs),
    startLedgerMaintenance(database.sql, log, maintenanceEveryMs),
    startUsageRollup(database.sql, log, rollUpEveryMs),
    startRequestCleanup(database, log, deleteExpiredEveryMs),
    startJobCleanup({ database, log, keepDays: jobKeepDays }, deleteExpiredEveryMs),
    startUploadCleanup({ database, log, keepHours: uploadKeepHours }, deleteExpiredEveryMs),
    startBalanceWatch({ database, log }, maintenanceEveryMs),
    startBalanceReading({ database, log, ...balances }, balancesEveryMs),
    recordWords.start(recordWordsEveryMs),
    startPresumedDigest(database.sql, log, digestEveryMs),
    async () => {
      await stopDelivery();
      await stop();
    },
  ];
};
