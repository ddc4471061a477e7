import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * JSON lines on standard output. Credentials are never handed to the log; what is cut here as well is the second
 * lock: header names and fields by which one could slip in with an error object of a library.
 */
export const createLog = (level: LogLevel, destination?: NodeJS.WritableStream): Log => {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    redact: {
      paths: ['authorization', 'key', 'token', 'headers', '*.authorization', '*.key', '*.token', '*.headers'],
      censor: '[cut]',
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
};
