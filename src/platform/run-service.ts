import { GatewayError } from '../errors.js';
import { withTimeout } from './with-timeout.js';
import { faultLines } from './explain-fault.js';
import { signalEchoMs } from './signal-echo.js';

/**
 * An open resource. `drop` releases it at once; `close` takes the time it needs, and is given the signal that stops the
 * service; null after an error.
 */
export type Opened = { close: (signal: StopSignal | null) => Promise<void>; drop?: () => void };
type StopSignal = 'SIGTERM' | 'SIGINT';

/** Above the time that any single close takes. */
const closeTimeoutMs = 60_000;
/** Half of what container engines wait by default before they kill. */
const startAbortMs = 5_000;

/**
 * Runs a service until SIGTERM or SIGINT. `start` opens what it needs and adds each resource to `opened`; a signal
 * closes them in reverse order. When it comes during the start, `stopping` is aborted and `start` has 5 s to release
 * what it has not added. A second signal ends the process at once.
 * Exit code 0 after a signal; 1 after an error, with its lines on standard error.
 */
export const runService = async (
  start: (opened: Opened[], stopping: AbortSignal) => Promise<void>,
): Promise<void> => {
  const opened: Opened[] = [];
  const stopping = new AbortController();
  const aborted = new GatewayError('UNAVAILABLE', 'The start was interrupted by a signal: start again.');
  let signalledAt: number | null = null;
  let signal: StopSignal | null = null;

  const dropAndExit = (): never => {
    for (const one of opened.toReversed()) one.drop?.();
    process.exit(1);
  };
  process.on('uncaughtException', (error) => {
    printError(error);
    dropAndExit();
  });

  const signalled = new Promise<void>((resolve) => {
    const onSignal = (received: StopSignal): void => {
      if (signalledAt !== null && Date.now() - signalledAt > signalEchoMs) dropAndExit();
      signalledAt ??= Date.now();
      signal ??= received;
      stopping.abort(aborted);
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });

  let code = 0;
  try {
    const starting = start(opened, stopping.signal);
    const deadline = signalled.then(() => withTimeout(startAbortMs, starting, () => aborted));
    await Promise.race([starting, deadline]);
    await signalled;
  } catch (error) {
    if (error !== aborted) {
      printError(error);
      code = 1;
    }
  }
  for (const one of opened.toReversed()) {
    try {
      await withTimeout(closeTimeoutMs, one.close(signal), () => new Error('closing took too long'));
    } catch (error) {
      printError(error);
      one.drop?.();
      code = 1;
    }
  }
  process.exit(code);
};

const printError = (error: unknown): void => {
  for (const line of faultLines(error)) process.stderr.write(`${line}\n`);
};
