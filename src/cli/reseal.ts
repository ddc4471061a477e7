import { reseal } from '../connections/reseal.js';
import { createVault } from '../connections/vault.js';
import { runCommand } from './run-command.js';

await runCommand(async ({ store }) => {
  const { database, secrets } = store;
  const count = await reseal({ database, vault: createVault({ database, secrets }) });
  console.log(
    `Sealed ${count.resealed} keys anew under the first secret; ${count.unchanged} were under it already.`,
  );
  if (count.unopenable === 0) return 0;
  console.error(
    `${count.unopenable} keys open under none of the secrets: put the lost secret back into GATEWAY_SECRETS, or rotate their connections' keys.`,
  );
  return 1;
});
