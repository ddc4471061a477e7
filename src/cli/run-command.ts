import { type Config, readConfig, warnOfOldNames } from '../config/config.js';
import { attachStore } from '../platform/attach-store.js';
import { faultLines } from '../platform/explain-fault.js';
import { createLog, type Log } from '../platform/log.js';
import type { Store } from '../platform/open-store.js';

/**
 * Runs an operator's command on the store that the environment names, beside a running gateway or without one.
 * `work` returns the exit code. Faults are told line by line, with exit code 1; a signal ends the command at once.
 */
export const runCommand = async (
  work: (context: { config: Config; store: Store; log: Log }) => Promise<number>,
): Promise<void> => {
  try {
    const config = readConfig(process.env);
    // What a command has to say is its own output: the log is for what goes wrong.
    const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, process.stderr);
    warnOfOldNames(process.env, log);
    const store = await attachStore(config, log);
    const onSignal = (): never => {
      store.drop();
      process.exit(130);
    };
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
    try {
      process.exitCode = await work({ config, store, log });
    } finally {
      await store.close();
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    }
  } catch (error) {
    for (const line of faultLines(error)) console.error(line);
    process.exitCode = 1;
  }
};
