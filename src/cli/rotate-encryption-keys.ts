import type { Command } from 'commander';
import { webhookSecrets } from '../alerts/destination.js';
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
    .addHelpText('after', `\nSteps:\n${steps}\n`)
    .addHelpText(
      'after',
      helpAfter('ENCRYPTION_KEYS="$NEW_KEY,$OLD_KEY" firmable-gateway rotate-encryption-keys'),
    )
    .action(rotate);
};

const steps = `  1. Put the new key first in ENCRYPTION_KEYS, keep the present key behind it, and restart every instance.
     The instances go on encrypting under the present key.
  2. Run this command with the same ENCRYPTION_KEYS. It changes nothing while a running instance does not have
     the new key. If it is interrupted, run it again.
  3. When it has succeeded, remove the old key from ENCRYPTION_KEYS, and restart every instance.
To go back after step 2, put the old key first again, keep the new one behind it, and begin at step 1.`;

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
    if (keys.unopenable + webhooks.unopenable === 0) {
      if (secrets.length > 1)
        console.log('Next: remove the other keys from ENCRYPTION_KEYS and restart every instance.');
      return true;
    }
    console.error(
      `No encryption key decrypts ${keys.unopenable} provider keys and ${webhooks.unopenable} webhook secrets: keep all keys, put the missing one back into ENCRYPTION_KEYS and run the command again, or set those connections' keys and create those alert destinations again.`,
    );
    return false;
  });
