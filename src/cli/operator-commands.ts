import type { Command } from 'commander';
import { addAudit } from './audit.js';
import { addArchiveEntries } from './archive-entries.js';
import { addBackup } from './backup.js';
import { addImportUnlocks } from './import-unlocks.js';
import { addResolvePresumedCharges } from './resolve-presumed-charges.js';
import { addRotateEncryptionKeys } from './rotate-encryption-keys.js';
import { helpAfter } from './run-command.js';
import { addToken } from './token.js';
import { addVerify } from './verify.js';
import { addWorkspace } from './workspace.js';

/** Adds the commands of the operator, which use the settings and the database of the gateway. */
export const addOperatorCommands = (program: Command): void => {
  program.addHelpText('after', helpAfter('firmable-gateway verify'));
  addStart(program);
  addVerify(program);
  addResolvePresumedCharges(program);
  addRotateEncryptionKeys(program);
  addWorkspace(program);
  addToken(program);
  addImportUnlocks(program);
  addAudit(program);
  addBackup(program);
  addArchiveEntries(program);
};

/** Adds `start`. Its modules are loaded when it runs: the other commands need few of them, and start 0.7 s sooner. */
const addStart = (program: Command): void => {
  program
    .command('start')
    .description(
      'Starts the gateway, which runs until SIGTERM or Ctrl-C. This is what runs when no command is named.',
    )
    .addHelpText('after', helpAfter('PORT=8080 firmable-gateway start'))
    .action(async () => {
      const { start } = await import('./start.js');
      await start();
    });
};
