import { GatewayError } from '../errors.js';
import { databaseErrorCode } from './database-errors.js';

/**
 * What went wrong, line by line, for the terminal. Messages of our own say what to do; of any other error only its name, code and
 * place are told, because messages of libraries can quote what must not be shown (Drizzle's hold all parameters).
 */
export const faultLines = (error: unknown): string[] => {
  if (error instanceof GatewayError) return error.message.split('\n');
  if (!(error instanceof Error)) return [`An unexpected fault (${typeof error}): please report it.`];
  const code = databaseErrorCode(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const what = `${error.constructor.name}${code === null ? '' : `, ${code}`}`;
  return [`An unexpected fault (${what}): please report it with the lines below.`, ...frames.slice(0, 8)];
};
