import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { GatewayError, type RequestCode, requestCodes } from '../../errors.js';
import { redactCredentials } from '../../platform/redact-credentials.js';
import { isDatabaseLost } from '../../platform/database-errors.js';
import { newId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { requestIdHeader } from '../authenticate-caller.js';

/** A GraphQL error that callers may read: it has a code, is masked if necessary, and is logged if it was unexpected. */
export class PublicGraphqlError extends GraphQLError {}

type HttpExtension = { status?: number; spec?: boolean; headers?: Record<string, string> };

/**
 * Turns every error into the one that callers read: each GraphQL error gets an `extensions.code` of the closed list. An
 * unexpected error becomes INTERNAL with an id, and is logged once under that id, without variables.
 */
export const useErrorCodes = (log: Log): Plugin => ({
  onResultProcess: (payload) => {
    const { result, request, serverContext } = payload;
    if (Array.isArray(result) || !('errors' in result) || result.errors === undefined) return;
    const own = log.child({ requestId: request.headers.get(requestIdHeader) });
    // Yoga puts the parameters there when the request is GraphQL over HTTP.
    const isWellFormed = 'params' in serverContext;
    const errors = result.errors.map((error) => toPublicError(error, own));
    for (const error of errors) chooseStatus(error, isWellFormed);
    payload.setResult({ ...result, errors });
  },
});

/**
 * GraphQL over HTTP responds to a well-formed request with a wrong document or wrong variables with 200 in
 * application/json, and with 400 in application/graphql-response+json: Yoga does so for errors with `spec`. The gateway's
 * own refusals have one status in both.
 */
const chooseStatus = ({ extensions }: PublicGraphqlError, isWellFormed: boolean): void => {
  const http: HttpExtension | undefined = extensions['http'];
  if (http === undefined) return;
  // Apollo's server responds to these as to wrong documents.
  const isPersisted = /^PERSISTED_QUERY_NOT_(SUPPORTED|FOUND)$/.test(String(extensions['code']));
  const spec = isPersisted || (isWellFormed && http.status === 400 && http.spec !== false);
  extensions['http'] = { ...http, spec };
};

/** The error that callers read; one that is public already is returned as it is. */
export const toPublicError = (error: GraphQLError, log: Log): PublicGraphqlError => {
  if (error instanceof PublicGraphqlError) return error;
  const origin = originOf(error);
  if (origin instanceof GatewayError && origin.code !== 'INTERNAL') {
    const code = requestCodeOf(origin);
    const retry = origin.retryAfterSeconds === null ? {} : { retryAfterSeconds: origin.retryAfterSeconds };
    const headers = origin.retryAfterSeconds === null ? {} : { 'retry-after': `${origin.retryAfterSeconds}` };
    return publicError(error, origin.message, code, retry, statusOf[code], { spec: false, headers });
  }
  if (isDatabaseLost(origin)) {
    const message = 'The database does not answer: try again in a few seconds.';
    return publicError(error, message, 'UNAVAILABLE', {}, 503);
  }
  if (origin instanceof GraphQLError) {
    const http = httpOf(error);
    const code = http?.status === 413 ? 'LIMIT_EXCEEDED' : http?.status === 403 ? 'FORBIDDEN' : 'BAD_REQUEST';
    return publicError(error, redactCredentials(error.message), code, {}, http?.status, http);
  }
  const id = newId();
  log.error({ errorId: id, path: error.path, err: loggable(origin) }, 'an operation failed unexpectedly');
  const message = `The gateway failed unexpectedly: report the id ${id} to the operator, who finds it in the log.`;
  return publicError(error, message, 'INTERNAL', { errorId: id }, 500);
};

/** What Yoga and its plugins set for the HTTP response of an error. */
const httpOf = (error: GraphQLError): HttpExtension | undefined => error.extensions['http'];

/** The error that was thrown first: GraphQL wraps a resolver's error, sometimes more than once. */
export const originOf = (error: unknown): unknown => {
  let origin: unknown = error;
  while (
    origin instanceof GraphQLError &&
    origin.originalError !== undefined &&
    origin.originalError !== null
  )
    origin = origin.originalError;
  return origin;
};

const statusOf: Record<RequestCode, number | undefined> = {
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
  FORBIDDEN: undefined,
  BAD_REQUEST: undefined,
  LIMIT_EXCEEDED: undefined,
  ARCHIVED: undefined,
  PERSISTED_QUERY_NOT_SUPPORTED: undefined,
  PERSISTED_QUERY_NOT_FOUND: undefined,
  PERSISTED_QUERY_NOT_IN_LIST: undefined,
};

const requestCodeOf = (error: GatewayError): RequestCode => {
  const code = requestCodes.find((one) => one === error.code);
  if (code !== undefined) return code;
  return error.code === 'LEDGER_UNAVAILABLE' ? 'UNAVAILABLE' : 'BAD_REQUEST';
};

const publicError = (
  error: GraphQLError,
  message: string,
  code: RequestCode,
  facts: Record<string, unknown>,
  status: number | undefined,
  http: HttpExtension = {},
): PublicGraphqlError => {
  // A failed field does not fail its request: the response is HTTP 200, with the data beside the error.
  const whole = error.path === undefined;
  const headers: Record<string, string> = { ...http.headers };
  if (code === 'UNAUTHENTICATED') headers['www-authenticate'] = 'Bearer realm="firmable-gateway"';
  const forHttp = whole ? { http: { ...http, status: status ?? 400, headers } } : {};
  return new PublicGraphqlError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions: { ...facts, code, ...forHttp },
  });
};

/** The message of a database driver contains the parameters of its statement, so only its code and stack are logged. */
const loggable = (origin: unknown): Record<string, unknown> => {
  if (!(origin instanceof Error)) return { type: typeof origin };
  const isDriverError = 'query' in origin || 'code' in origin || origin.cause !== undefined;
  const stack = origin.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
  return {
    type: origin.name,
    message: isDriverError ? '[redacted]' : redactCredentials(origin.message),
    code: 'code' in origin ? origin.code : undefined,
    stack,
  };
};
