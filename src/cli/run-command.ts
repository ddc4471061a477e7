import { type Config, readConfig, warnOfOldNames } from '../config/config.js';
import { attachStore } from '../platform/attach-store.js';
import { faultLines } from '../platform/explain-fault.js';
import { createLog, type Log } from '../platform/log.js';
import type { Store } from '../platform/open-store.js';
import { exitCodes, isWrongUsage } from './exit-codes.js';

/**
 * Runs a command on the store that the environment names, beside a running gateway or without one. `work` returns
 * whether it succeeded. Faults are printed line by line, with exit code 2 for wrong arguments and 1 for all others, also of
 * the settings. A signal ends the process at once.
 */
export const runCommand = (
  work: (context: { config: Config; store: Store; log: Log }) => Promise<boolean>,
): Promise<void> =>
  runWithoutStore(async ({ config, log }) => {
    const store = await attachStore(config, log);
    const onSignal = (): never => {
      store.drop();
      process.exit(130);
    };
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
    try {
      return await work({ config, store, log });
    } finally {
      await store.close();
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    }
  });

/** The same for a command that opens no database. */
export const runWithoutStore = async (
  work: (context: { config: Config; log: Log }) => Promise<boolean>,
): Promise<void> => {
  let hasSettings = false;
  try {
    const config = readConfig(process.env);
    hasSettings = true;
    // Results go to standard output; the log reports faults only.
    const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, process.stderr);
    warnOfOldNames(process.env, log);
    process.exitCode = (await work({ config, log })) ? exitCodes.done : exitCodes.failure;
  } catch (error) {
    for (const line of faultLines(error)) console.error(line);
    process.exitCode = hasSettings && isWrongUsage(error) ? exitCodes.usage : exitCodes.failure;
  }
};

/** The end of every help text: examples, settings and exit codes. */
export const helpAfter = (...examples: string[]): string => `
Examples:
${examples.map((example) => `  $ ${example}`).join('\n')}

Settings are read from the environment, as by the gateway (docs/configuration.md).
Exit codes: 0 success, 1 failure, 2 wrong usage.`;
