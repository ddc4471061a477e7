import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { GatewayError } from '../errors.js';
import type { Log } from '../platform/log.js';
import { requestIdHeader } from './authenticate-caller.js';
import { toPublicError } from './plugins/use-error-codes.js';

/** Ends a response with a small JSON body that is not cached. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
};

/**
 * Ends a response outside GraphQL with an error: `{ error, code }` with the messages, codes and masks of GraphQL errors,
 * under the HTTP status of the code, or the route's own status for it.
 */
export const sendError = (
  response: ServerResponse,
  error: unknown,
  log: Log,
  own: Readonly<Record<string, number>> = {},
): void => {
  const described = describeError(error, log.child({ requestId: response.getHeader(requestIdHeader) }));
  const code = error instanceof GatewayError ? error.code : described.code;
  const field = error instanceof GatewayError && error.field !== null ? { field: error.field } : {};
  sendJson(
    response,
    own[code] ?? statusOf(code, described.headers),
    { error: described.message, code, ...field },
    described.headers,
  );
};

/** An error as callers may read it; an unexpected one is logged under an id. */
export const describeError = (
  error: unknown,
  log: Log,
): { code: string; message: string; headers: Record<string, string> } => {
  const originalError = error instanceof Error ? error : new Error('thrown');
  const shown = toPublicError(new GraphQLError(originalError.message, { originalError }), log);
  const { code, http }: { code?: string; http?: { headers?: Record<string, string> } } = shown.extensions;
  return { code: code ?? 'INTERNAL', message: shown.message, headers: http?.headers ?? {} };
};

const statusOf = (code: string, headers: Record<string, string>): number =>
  code === 'LIMIT_EXCEEDED' && headers['retry-after'] !== undefined ? 429 : (statuses[code] ?? 400);

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};
