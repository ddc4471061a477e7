import { GatewayError } from '../errors.js';

/** How a command ends. docs/command-line.md lists them; the operator's commands use the first three. */
export const exitCodes = {
  done: 0,
  failure: 1,
  usage: 2,
  refused: 3,
  paused: 4,
  rowsFailed: 5,
  connectionLost: 6,
  canceled: 7,
  interrupted: 130,
} as const;

/** Whether an error is a fault of the arguments, or of a file that they name. */
export const isWrongUsage = (error: unknown): boolean =>
  error instanceof GatewayError && (error.code === 'INVALID_INPUT' || error.code === 'BAD_REQUEST');
