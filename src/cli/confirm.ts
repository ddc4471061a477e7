import { closeSync, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { createInterface } from 'node:readline';

/** A terminal to ask a person on; null where there is none. Standard input that brings the list is not one. */
export const openTerminal = ({ usesInput }: { usesInput: boolean }): NodeJS.ReadStream | null => {
  if (!process.stderr.isTTY) return null;
  if (!usesInput) return process.stdin.isTTY ? process.stdin : null;
  try {
    const descriptor = openSync('/dev/tty', 'r');
    try {
      return new ReadStream(descriptor);
    } catch {
      closeSync(descriptor);
      return null;
    }
  } catch {
    return null;
  }
};

/** Asks a question on standard error. Anything but yes is no, also the end of the input. Rejects when the signal is aborted. */
export const confirm = (
  terminal: NodeJS.ReadStream,
  question: string,
  signal: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve, reject) => {
    // Without line editing the terminal stays as it is, and Ctrl-C stays a signal.
    const lines = createInterface({ input: terminal, terminal: false });
    const onAbort = (): void => {
      reject(new Error('interrupted', { cause: signal.reason }));
      lines.close();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    process.stderr.write(`${question} [y/N] `);
    let answer: string | null = null;
    lines.once('line', (line) => {
      answer = line.trim().toLowerCase();
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', onAbort);
      terminal.pause();
      if (answer === null) process.stderr.write('\n');
      resolve(answer === 'y' || answer === 'yes');
    });
  });
