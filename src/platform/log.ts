import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';
import { createLogOutput } from './log-output.js';
import { spanIds } from './tracing/tracing.js';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * JSON lines on standard output. No code passes credentials to the log; cutting them here is a second protection, for
 * headers and fields that an error object of a library could contain.
 */
export const createLog = (level: LogLevel, destination: DestinationStream = standardOutput()): Log => {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    // A line that is written within a span has its ids.
    mixin: spanIds,
    mixinMergeStrategy: (facts: object, ids: ReturnType<typeof spanIds>) =>
      ids.spanId === undefined ? facts : { ...ids, ...facts },
    formatters: { log: cutSecrets },
    // An error is redacted when it has been made an object.
    serializers: {
      err: (error: unknown) =>
        error instanceof Error ? cutSecrets({ ...stdSerializers.err(error) }) : error,
    },
  };
  return pino(options, destination);
};

/** One for all logs of the process, so that their lines keep their order. Opened by the first. */
const standard: { output: DestinationStream | null } = { output: null };

const standardOutput = (): DestinationStream => {
  standard.output ??= openStandardOutput();
  return standard.output;
};

const openStandardOutput = (): DestinationStream => {
  const output = pino.destination({ dest: process.stdout.fd, sync: true });
  return createLogOutput((lines) => output.write(lines));
};

type Facts = Readonly<Record<string, unknown>>;

const secretNames: ReadonlySet<string> = new Set(['authorization', 'key', 'token', 'headers']);

/**
 * The facts of a line with `[cut]` in place of those that are named like a credential, also one level down; the same object
 * where there are none. pino's own redaction copies each object and parses its paths for each line: that was 18 of the
 * 257 KB that a lookup allocated.
 */
const cutSecrets = (facts: Facts): Facts =>
  replaceValues(facts, (fact, name) =>
    isFacts(fact) && !(name === 'err' && fact instanceof Error)
      ? replaceValues(fact, (value) => value)
      : fact,
  );

const replaceValues = (facts: Facts, replace: (value: unknown, name: string) => unknown): Facts => {
  let replaced: Record<string, unknown> | null = null;
  for (const name in facts) {
    const value = facts[name];
    const safe = value !== undefined && secretNames.has(name) ? '[cut]' : replace(value, name);
    if (safe === value) continue;
    replaced ??= { ...facts };
    replaced[name] = safe;
  }
  return replaced ?? facts;
};

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null;
