import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError, type RequestCode, requestCodes } from '../../errors.js';
import { redactCredentials } from '../../platform/redact-credentials.js';
import { isDatabaseLost } from '../../platform/database-errors.js';
import { newId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { PublicGraphqlError } from './public-graphql-error.js';

type HttpExtension = { status?: number; spec?: boolean; headers?: Record<string, string> };

/**
 * The one place where an error becomes what callers read: every GraphQL error leaves with `extensions.code` from the
 * closed list. What nobody foresaw becomes INTERNAL with an id and nothing else, and is written to the log under that
 * id, without variables, exactly then.
 */
export const useErrorCodes = (log: Log): Plugin => ({
  onResultProcess: (payload) => {
    const { result } = payload;
    if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return;
    payload.setResult({ ...result, errors: result.errors.map((error) => codeError(error, log)) });
  },
});

/** One error as callers read it; what has been through here before is passed on as it is. */
export const codeError = (error: GraphQLError, log: Log): PublicGraphqlError => {
  if (error instanceof PublicGraphqlError) return error;
  const origin = originOf(error);
  if (origin instanceof GatewayError && origin.code !== 'INTERNAL') {
    const code = requestCodeOf(origin);
    const retry = origin.retryAfterSeconds === null ? {} : { retryAfterSeconds: origin.retryAfterSeconds };
    const after: HttpExtension =
      origin.retryAfterSeconds === null ? {} : { headers: { 'retry-after': `${origin.retryAfterSeconds}` } };
    return rewritten(error, origin.message, code, retry, statusOf[code], after);
  }
  if (isDatabaseLost(origin)) {
    return rewritten(
      error,
      'The database does not answer: try again in a few seconds.',
      'UNAVAILABLE',
      {},
      503,
    );
  }
  if (origin instanceof GraphQLError) {
    const http = httpOf(error);
    const code = http?.status === 413 ? 'LIMIT_EXCEEDED' : http?.status === 403 ? 'FORBIDDEN' : 'BAD_REQUEST';
    return rewritten(error, redactCredentials(error.message), code, {}, http?.status, http);
  }
  const id = newId();
  log.error({ errorId: id, path: error.path, err: loggable(origin) }, 'an operation failed unexpectedly');
  const message = `The gateway failed unexpectedly: give the operator the id ${id}, which is in the log.`;
  return rewritten(error, message, 'INTERNAL', { errorId: id }, 500);
};

/** What yoga and its plugins note about the HTTP answer of an error. */
const httpOf = (error: GraphQLError): HttpExtension | undefined => error.extensions['http'];

/** What was thrown first: GraphQL wraps a resolver's error, at times more than once. */
const originOf = (error: GraphQLError): unknown => {
  let at: unknown = error;
  while (at instanceof GraphQLError && at.originalError !== undefined && at.originalError !== null)
    at = at.originalError;
  return at;
};

const statusOf: Record<RequestCode, number | undefined> = {
  UNAUTHENTICATED: 401,
  UNAVAILABLE: 503,
  INTERNAL: 500,
  FORBIDDEN: undefined,
  BAD_REQUEST: undefined,
  LIMIT_EXCEEDED: undefined,
};

const requestCodeOf = (error: GatewayError): RequestCode => {
  const code = requestCodes.find((one) => one === error.code);
  if (code !== undefined) return code;
  return error.code === 'LEDGER_UNAVAILABLE' ? 'UNAVAILABLE' : 'BAD_REQUEST';
};

const rewritten = (
  error: GraphQLError,
  message: string,
  code: RequestCode,
  facts: Record<string, unknown>,
  status: number | undefined,
  http: HttpExtension = {},
): PublicGraphqlError => {
  // A failed field of an operation that was answered is no failed request: HTTP 200, and the data beside the error.
  const whole = error.path === undefined;
  const headers: Record<string, string> = { ...http.headers };
  if (code === 'UNAUTHENTICATED') headers['www-authenticate'] = 'Bearer realm="firmable-gateway"';
  const forHttp = whole ? { http: { spec: false, ...http, status: status ?? 400, headers } } : {};
  return new PublicGraphqlError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...facts, code, ...forHttp },
  });
};

/** A database driver's message holds the bound parameters of its statement, so only its code and place are logged. */
const loggable = (origin: unknown): Record<string, unknown> => {
  if (!(origin instanceof Error)) return { type: typeof origin };
  const isDatabases = 'query' in origin || 'code' in origin || origin.cause !== undefined;
  const place = origin.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
  return {
    type: origin.name,
    message: isDatabases ? '[cut]' : redactCredentials(origin.message),
    code: 'code' in origin ? origin.code : undefined,
    stack: place,
  };
};
