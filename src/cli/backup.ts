import path from 'node:path';
import type { Command } from 'commander';
import { GatewayError } from '../errors.js';
import { backUp, restore } from '../platform/embedded/backup.js';
import { readPath } from './read-argument.js';
import { helpAfter, runCommand, runWithoutStore } from './run-command.js';

/** Adds `backup` and `restore`. */
export const addBackup = (program: Command): void => {
  program
    .command('backup')
    .description(
      'Copies the embedded database and its encryption keys into a new folder, beside a running gateway.',
    )
    .argument('<folder>', 'a folder that does not exist, or is empty', readPath)
    .addHelpText('after', helpAfter('firmable-gateway backup /backups/monday'))
    .action(makeBackup);
  program
    .command('restore')
    .description('Restores a backup into DATA_DIR, which must not have a database.')
    .argument('<folder>', 'a folder that the command backup has made', readPath)
    .addHelpText('after', helpAfter('DATA_DIR=/srv/gateway firmable-gateway restore /backups/monday'))
    .action(restoreBackup);
};

const makeBackup = (folder: string): Promise<void> =>
  runCommand(async ({ config, store }) => {
    if (!store.embedded) throw notEmbedded('pg_dump, and keep ENCRYPTION_KEYS apart from it');
    const made = await backUp(path.resolve(config.dataDir), store.address, path.resolve(folder), new Date());
    console.log(`Backed up into ${path.resolve(folder)}.`);
    console.log(
      made.hasKeys
        ? 'It contains the encryption keys: keep it where only the operator can read it.'
        : 'It does not contain the encryption keys, which are in ENCRYPTION_KEYS: keep those, too.',
    );
    return true;
  });

const restoreBackup = (folder: string): Promise<void> =>
  runWithoutStore(async ({ config }) => {
    if (config.databaseUrl !== null) throw notEmbedded('pg_restore');
    const made = restore(path.resolve(folder), path.resolve(config.dataDir), new Date());
    console.log(`Restored the backup of ${made.madeAt} into ${path.resolve(config.dataDir)}.`);
    console.log('Start the gateway, and check the ledger with: firmable-gateway verify');
    if (!made.hasKeys) console.log('Set ENCRYPTION_KEYS to the value of that time first.');
    return true;
  });

const notEmbedded = (tool: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `DATABASE_URL is set, and this command is for the embedded database: use ${tool}.`,
  );
