import { balanceWebhookSecrets } from '../balances/set-balance-plan.js';
import { budgetWebhookSecrets } from '../budgets/set-budget.js';
import { connectionKeys, rotateEncryptionKeys } from '../connections/rotate-encryption-keys.js';
import { createVault } from '../connections/vault.js';
import { storedResponses } from '../idempotency/stored-response.js';
import { runCommand } from './run-command.js';

await runCommand(async ({ store }) => {
  const { database, secrets } = store;
  const vault = createVault({ database, secrets });
  const columns = [connectionKeys, budgetWebhookSecrets, balanceWebhookSecrets, storedResponses];
  const { counts } = await rotateEncryptionKeys({ database, vault }, columns);
  const none = { rotated: 0, unchanged: 0, unopenable: 0 };
  const keys = counts.connection ?? none;
  const webhooks = counts['webhook-secret'] ?? none;
  const responses = counts['stored-response'] ?? none;
  console.log(
    `Sealed under the first encryption key: ${keys.rotated} connection keys (${keys.unchanged} already were), ${webhooks.rotated} webhook secrets (${webhooks.unchanged} already were), ${responses.rotated} stored responses (${responses.unchanged} already were).`,
  );
  // A stored response that does not open expires within the day.
  if (keys.unopenable + webhooks.unopenable === 0) return 0;
  console.error(
    `${keys.unopenable} connection keys and ${webhooks.unopenable} webhook secrets open under none of the encryption keys: put the lost key back into ENCRYPTION_KEYS, or rotate those connections' keys and set those webhooks again.`,
  );
  return 1;
});
