import { type Logger, pino, stdTimeFunctions } from 'pino';
import { spanIds } from './tracing/tracing.js';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * JSON lines on standard output. No code passes credentials to the log; the redaction is a second protection, for
 * headers and fields that an error object of a library could contain.
 */
export const createLog = (level: LogLevel, destination?: NodeJS.WritableStream): Log => {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    // A line that is written within a span has its ids.
    mixin: spanIds,
    redact: {
      paths: ['authorization', 'key', 'token', 'headers', '*.authorization', '*.key', '*.token', '*.headers'],
      censor: '[cut]',
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
};
