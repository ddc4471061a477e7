import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { GatewayError } from '../errors.js';
import type { Log } from '../platform/log.js';
import { sendJson } from './send-json.js';
import { codeError } from './plugins/use-error-codes.js';

/**
 * Ends a response that is not GraphQL with what went wrong, in the words, codes and masks of the GraphQL surface:
 * `{ error, code }` under the HTTP status of the code.
 */
export const answerError = (response: ServerResponse, error: unknown, log: Log): void => {
  const told = tellError(error, log);
  const code = error instanceof GatewayError ? error.code : told.code;
  const field = error instanceof GatewayError && error.field !== null ? { field: error.field } : {};
  sendJson(response, statuses[code] ?? 400, { error: told.message, code, ...field }, told.headers);
};

/** An error as callers may read it; what nobody foresaw is logged under an id. */
export const tellError = (
  error: unknown,
  log: Log,
): { code: string; message: string; headers: Record<string, string> } => {
  const original = error instanceof Error ? error : new Error('thrown');
  const coded = codeError(new GraphQLError(original.message, { originalError: original }), log);
  const { code, http }: { code?: string; http?: { headers?: Record<string, string> } } = coded.extensions;
  return { code: code ?? 'INTERNAL', message: coded.message, headers: http?.headers ?? {} };
};

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};
