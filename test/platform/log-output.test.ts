import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.js';
import { createLogOutput } from '../../src/platform/log-output.js';

const open = () => {
  const written: string[] = [];
  const log = createLog(
    'info',
    createLogOutput((lines) => written.push(lines)),
  );
  /** The messages of each write. */
  const messages = (): string[][] =>
    written.map((lines) =>
      lines
        .trimEnd()
        .split('\n')
        .map((line): string => JSON.parse(line).msg),
    );
  return { log, messages };
};

test('writes lines together, in their order', async () => {
  const { log, messages } = open();
  log.info('a');
  log.child({ of: 'child' }).info('b');
  expect(messages()).toEqual([]);
  await expect.poll(messages).toEqual([['a', 'b']]);
  log.info('c');
  await expect.poll(messages).toEqual([['a', 'b'], ['c']]);
});

test('writes a warning and an error at once, after what waits', () => {
  const { log, messages } = open();
  log.info('a');
  log.warn('b');
  log.error('c');
  expect(messages()).toEqual([['a', 'b'], ['c']]);
});

test('does not let lines wait that are long together', () => {
  const { log, messages } = open();
  const long = 'x'.repeat(5_000);
  log.info(long);
  log.info(long);
  expect(messages()).toEqual([[long, long]]);
});

test('writes what waits when the process exits', async () => {
  const program = path.join(import.meta.dirname, 'log-and-exit.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line): string => JSON.parse(line).msg),
  ).toEqual(['first', 'second']);
});
