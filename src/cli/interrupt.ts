import { exitCodes } from './client-command.js';

/** Ctrl-C, or SIGTERM: the first aborts `signal`, the second ends the process at once. */
export type Interrupt = { signal: AbortSignal; close: () => void };

/** Takes the signals of the process until it is closed. `onLeave` runs before the second ends it. */
export const takeInterrupts = (onLeave: () => void): Interrupt => {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (!controller.signal.aborted) controller.abort();
    else {
      onLeave();
      process.exit(exitCodes.interrupted);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const close = (): void => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  return { signal: controller.signal, close };
};
