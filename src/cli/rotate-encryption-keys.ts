import { resealBalanceSecrets } from '../balances/rotate-balance-secrets.js';
import { resealWebhookSecrets } from '../budgets/rotate-webhook-secrets.js';
import { reseal } from '../connections/rotate-encryption-keys.js';
import { createVault } from '../connections/vault.js';
import { resealAnswers } from '../idempotency/rotate-responses.js';
import { runCommand } from './run-command.js';

await runCommand(async ({ store }) => {
  const { database, secrets } = store;
  const vault = createVault({ database, secrets });
  const keys = await reseal({ database, vault });
  const counts = [
    await resealWebhookSecrets({ database, vault }),
    await resealBalanceSecrets({ database, vault }),
  ];
  const webhooks = {
    resealed: counts.reduce((sum, { resealed }) => sum + resealed, 0),
    unchanged: counts.reduce((sum, { unchanged }) => sum + unchanged, 0),
    unopenable: counts.reduce((sum, { unopenable }) => sum + unopenable, 0),
  };
  const answers = await resealAnswers({ database, vault });
  console.log(
    `Sealed ${keys.resealed} keys anew under the first secret; ${keys.unchanged} were under it already. The same for ${webhooks.resealed} webhook secrets; ${webhooks.unchanged} were already. ${answers} answers kept for repeated requests were sealed anew too.`,
  );
  if (keys.unopenable + webhooks.unopenable === 0) return 0;
  console.error(
    `${keys.unopenable} keys and ${webhooks.unopenable} webhook secrets open under none of the secrets: put the lost secret back into GATEWAY_SECRETS, or rotate those connections' keys and set those webhooks of budgets and balances anew.`,
  );
  return 1;
});
