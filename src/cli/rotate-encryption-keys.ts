import type { Command } from 'commander';
import { webhookSecrets } from '../alerts/webhook-endpoints.js';
import { connectionKeys, rotateEncryptionKeys } from '../connections/rotate-encryption-keys.js';
import { createVault } from '../connections/vault.js';
import { storedResponses } from '../idempotency/stored-response.js';
import { helpAfter, runCommand } from './run-command.js';

/** Adds `rotate-encryption-keys`. */
export const addRotateEncryptionKeys = (program: Command): void => {
  program
    .command('rotate-encryption-keys')
    .description(
      'Encrypts every stored provider key, webhook secret and response anew under the first of ENCRYPTION_KEYS. The others can then be removed.',
    )
    .addHelpText(
      'after',
      helpAfter('ENCRYPTION_KEYS="$NEW_KEY,$OLD_KEY" firmable-gateway rotate-encryption-keys'),
    )
    .action(rotate);
};

const rotate = (): Promise<void> =>
  runCommand(async ({ store }) => {
    const { database, secrets } = store;
    const vault = createVault({ database, secrets });
    const columns = [connectionKeys, ...webhookSecrets, storedResponses];
    const { counts } = await rotateEncryptionKeys({ database, vault }, columns);
    const none = { rotated: 0, unchanged: 0, unopenable: 0 };
    const keys = counts.connection ?? none;
    const webhooks = counts['webhook-secret'] ?? none;
    const responses = counts['stored-response'] ?? none;
    console.log(
      `Encrypted anew under the first encryption key: ${keys.rotated} provider keys (${keys.unchanged} already were), ${webhooks.rotated} webhook secrets (${webhooks.unchanged} already were) and ${responses.rotated} stored responses (${responses.unchanged} already were).`,
    );
    // A stored response that cannot be decrypted expires within the day.
    if (keys.unopenable + webhooks.unopenable === 0) return true;
    console.error(
      `No encryption key decrypts ${keys.unopenable} provider keys and ${webhooks.unopenable} webhook secrets: put the missing key back into ENCRYPTION_KEYS, or set those connections' keys and the webhooks of those budgets and balances again.`,
    );
    return false;
  });
