import { rotateBalanceSecrets } from '../balances/rotate-balance-secrets.js';
import { rotateWebhookSecrets } from '../budgets/rotate-webhook-secrets.js';
import { rotateEncryptionKeys } from '../connections/rotate-encryption-keys.js';
import { createVault } from '../connections/vault.js';
import { rotateResponses } from '../idempotency/rotate-responses.js';
import { runCommand } from './run-command.js';

await runCommand(async ({ store }) => {
  const { database, secrets } = store;
  const vault = createVault({ database, secrets });
  const keys = await rotateEncryptionKeys({ database, vault });
  const counts = [
    await rotateWebhookSecrets({ database, vault }),
    await rotateBalanceSecrets({ database, vault }),
  ];
  const webhooks = {
    rotated: counts.reduce((sum, { rotated }) => sum + rotated, 0),
    unchanged: counts.reduce((sum, { unchanged }) => sum + unchanged, 0),
    unopenable: counts.reduce((sum, { unopenable }) => sum + unopenable, 0),
  };
  const answers = await rotateResponses({ database, vault });
  console.log(
    `Sealed ${keys.rotated} keys anew under the first secret; ${keys.unchanged} were under it already. The same for ${webhooks.rotated} webhook secrets; ${webhooks.unchanged} were already. ${answers} answers kept for repeated requests were sealed anew too.`,
  );
  if (keys.unopenable + webhooks.unopenable === 0) return 0;
  console.error(
    `${keys.unopenable} keys and ${webhooks.unopenable} webhook secrets open under none of the secrets: put the lost secret back into ENCRYPTION_KEYS, or rotate those connections' keys and set those webhooks of budgets and balances anew.`,
  );
  return 1;
});
