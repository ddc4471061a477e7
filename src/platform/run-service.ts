import { GatewayError } from '../errors.js';
import { withTimeout } from './with-timeout.js';
import { faultLines } from './explain-fault.js';

/** Something that was opened. `drop` lets go of it at once; `close` takes the time it needs. */
export type Opened = { close: () => Promise<void>; drop?: () => void };

// npm hands a terminal's Ctrl-C on to a process that has had it from the terminal already.
const echoMs = 500;
/** Above every patience that a single close has by itself. */
const closeTimeoutMs = 60_000;
/** Half of what container engines grant by default before they kill. */
const startPatienceMs = 5_000;

/**
 * Runs a service until SIGTERM or SIGINT. `start` opens what it needs and adds each to `opened`; a signal closes them
 * in reverse order, also where it comes while the service still starts: `stopping` tells `start` to give up what it has not
 * added yet, for which it has 5 s. A second signal ends the process at once.
 * Exit code 0 after a signal; 1, with the fault's lines on standard error, after a fault.
 */
export const runService = async (
  start: (opened: Opened[], stopping: AbortSignal) => Promise<void>,
): Promise<void> => {
  const opened: Opened[] = [];
  const stopping = new AbortController();
  const givenUp = new GatewayError('UNAVAILABLE', 'The start was given up at a signal: start again.');
  let signalledAt: number | null = null;

  const dropAndExit = (): never => {
    for (const one of opened.toReversed()) one.drop?.();
    process.exit(1);
  };
  process.on('uncaughtException', (error) => {
    complain(error);
    dropAndExit();
  });

  const asked = new Promise<void>((resolve) => {
    const onSignal = (): void => {
      if (signalledAt !== null && Date.now() - signalledAt > echoMs) dropAndExit();
      signalledAt ??= Date.now();
      stopping.abort(givenUp);
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });

  let code = 0;
  try {
    const starting = start(opened, stopping.signal);
    const patience = asked.then(() => withTimeout(startPatienceMs, starting, () => givenUp));
    await Promise.race([starting, patience]);
    await asked;
  } catch (error) {
    if (error !== givenUp) {
      complain(error);
      code = 1;
    }
  }
  for (const one of opened.toReversed()) {
    try {
      await withTimeout(closeTimeoutMs, one.close(), () => new Error('closing took too long'));
    } catch (error) {
      complain(error);
      one.drop?.();
      code = 1;
    }
  }
  process.exit(code);
};

const complain = (error: unknown): void => {
  for (const line of faultLines(error)) process.stderr.write(`${line}\n`);
};
