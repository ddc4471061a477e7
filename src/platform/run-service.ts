import { within } from './deadline.js';
import { faultLines } from './fault-lines.js';

/** Something that was opened. `drop` lets go of it at once; `close` takes the time it needs. */
export type Opened = { close: () => Promise<void>; drop?: () => void };

// npm hands a terminal's Ctrl-C on to a process that has had it from the terminal already.
const echoMs = 500;
/** Above every patience that a single close has by itself. */
const closeTimeoutMs = 60_000;

/**
 * Runs a service until SIGTERM or SIGINT. `start` opens what it needs and adds each to `opened`; a signal closes them
 * in reverse order, also where it comes while the service still starts. A second signal ends the process at once.
 * Exit code 0 after a signal; 1, with the fault's lines on standard error, after a fault.
 */
export const runService = async (start: (opened: Opened[]) => Promise<void>): Promise<void> => {
  const opened: Opened[] = [];
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
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });

  let code = 0;
  try {
    await start(opened);
    await asked;
  } catch (error) {
    complain(error);
    code = 1;
  }
  for (const one of opened.toReversed()) {
    try {
      await within(closeTimeoutMs, one.close(), () => new Error('closing took too long'));
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
