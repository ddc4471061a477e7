/** Each write wakes the process that reads the lines: 50 ms of them are written at once. */
const delayMs = 50;
const charactersMax = 8_000;
/** pino's number of `info`. */
const infoLevel = 30;

/** What pino writes its lines to; it is given the level of each. */
export type LogOutput = { write: (line: string) => void; lastLevel: number };

/**
 * Makes an output that writes lines together with `write`, 50 ms after the first of them; a warning or an error at once,
 * after the lines before it. What waits when the process exits is written then; a process that is killed loses it.
 */
export const createLogOutput = (write: (lines: string) => void): LogOutput => {
  let waiting = '';
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const lines = waiting;
    waiting = '';
    if (lines !== '') write(lines);
  };
  process.once('exit', flush);
  const output = {
    lastLevel: 0,
    write: (line: string): void => {
      waiting += line;
      if (output.lastLevel > infoLevel || waiting.length >= charactersMax) flush();
      else timer ??= setTimeout(flush, delayMs).unref();
    },
    [Symbol.for('pino.metadata')]: true,
  };
  return output;
};
