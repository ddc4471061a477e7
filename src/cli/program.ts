import { Command, CommanderError } from 'commander';
import { addBalance } from './balance.js';
import { exitCodes } from './exit-codes.js';
import { addEnrich } from './enrich.js';
import { addJobs } from './jobs.js';
import { addLookup } from './lookup.js';
import { addUsage } from './usage.js';

/** Runs the subcommand that `args` name; without any, `start`. Sets the exit code: 0 success, 1 failure, 2 wrong usage. */
export const runProgram = async (args: readonly string[]): Promise<void> => {
  try {
    const program = await createProgram(args);
    await program.parseAsync(args.length === 0 ? ['start'] : args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
};

/** The commands that call a gateway over HTTP. They load no module of the database, and start 0.2 s sooner. */
const clientCommands = {
  enrich: addEnrich,
  jobs: addJobs,
  usage: addUsage,
  balance: addBalance,
  lookup: addLookup,
};

/** The command line for these arguments: with the operator's commands only where they are needed. */
export const createProgram = async (args: readonly string[]): Promise<Command> => {
  const isJson = args.includes('--json');
  const program = new Command('firmable-gateway')
    .description('A self-hosted GraphQL gateway that spends provider credits exactly once.')
    // Before the subcommands, which inherit all.
    .exitOverride()
    .showHelpAfterError(isJson ? false : '(add --help for the usage)');
  if (isJson) program.configureOutput({ outputError: printJsonError });
  if (!Object.hasOwn(clientCommands, args[0] ?? '')) {
    const { addOperatorCommands } = await import('./operator-commands.js');
    addOperatorCommands(program);
  }
  for (const add of Object.values(clientCommands)) add(program);
  return program;
};

const printJsonError = (text: string, write: (text: string) => void): void => {
  const message = text.replace(/^error: /, '').trim();
  write(`${JSON.stringify({ error: { code: 'INVALID_INPUT', message, exitCode: exitCodes.usage } })}\n`);
};
