import { Command, CommanderError } from 'commander';
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

const usageErrorCode = 2;

/** Runs the subcommand that `args` name; without any, `start`. Sets the exit code: 0 success, 1 failure, 2 wrong usage. */
export const runProgram = async (args: readonly string[]): Promise<void> => {
  try {
    await createProgram().parseAsync(args.length === 0 ? ['start'] : args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : usageErrorCode;
  }
};

const createProgram = (): Command => {
  const program = new Command('firmable-gateway')
    .description('A self-hosted GraphQL gateway that spends provider credits exactly once.')
    .addHelpText('after', helpAfter('firmable-gateway verify'))
    // Before the subcommands, which inherit both.
    .exitOverride()
    .showHelpAfterError('(add --help for the usage)');
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
  return program;
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
