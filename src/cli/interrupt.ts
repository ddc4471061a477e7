import { signalEchoMs } from '../platform/signal-echo.js';
import { exitCodes } from './exit-codes.js';

/** Ctrl-C, or SIGTERM: the first aborts `signal`, another press ends the process at once. */
export type Interrupt = { signal: AbortSignal; close: () => void };

/** Takes the signals of the process until it is closed. `onLeave` runs before it is ended. */
export const takeInterrupts = (onLeave: () => void): Interrupt => {
  const controller = new AbortController();
  let abortedMs: number | null = null;
  const onSignal = (): void => {
    if (abortedMs === null) {
      abortedMs = performance.now();
      controller.abort();
    } else if (performance.now() - abortedMs >= signalEchoMs) {
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
