import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdHeader } from './authenticate-caller.js';
import { archivedBeforeHeader, asOfHeader, lastCompleteRowHeader } from './export-handler.js';
import { callerKeyHeaders } from './read-headers.js';
import { sendJson } from './send-json.js';

/** What the response to a preflight allows: the gateway's own headers, and others that libraries of the page add. */
const allowedHeaders = [
  'authorization',
  'content-type',
  ...callerKeyHeaders.map(([, header]) => header),
  'x-workflow',
  'x-max-credits',
  'idempotency-key',
  requestIdHeader,
  'x-graphql-yoga-csrf',
  // Authorization has to be listed beside it: the Fetch standard, "CORS non-wildcard request-header name".
  '*',
].join(', ');

/** The headers of responses that a page may read, besides those that every page may. */
const exposedHeaders = [
  requestIdHeader,
  'retry-after',
  'www-authenticate',
  'content-disposition',
  asOfHeader,
  archivedBeforeHeader,
  lastCompleteRowHeader,
  'accept-encoding',
  'allow',
].join(', ');

/** Short, so that an origin that is taken off the list soon sends no more requests. */
const preflightSeconds = 600;

/**
 * Lets pages of the allowed origins read the response (CORS), and answers their preflights: true if it has answered. The
 * headers are set before anything else is done, so that errors have them as well. Credentials are never allowed: tokens are
 * in a header, so a page needs no cookies. Null: no origin is allowed.
 */
export const handleCors = (
  allowedOrigins: ReadonlySet<string> | null,
  request: IncomingMessage,
  response: ServerResponse,
): boolean => {
  const { origin } = request.headers;
  if (allowedOrigins !== null) response.setHeader('vary', 'origin');
  const isAllowed = origin !== undefined && allowedOrigins?.has(origin) === true;
  if (isAllowed) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposedHeaders);
  }
  if (!isPreflight(request)) return false;
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', 'GET, HEAD, POST');
    response.setHeader('access-control-allow-headers', allowedHeaders);
    response.setHeader('access-control-max-age', preflightSeconds);
    // A page of a public address calls a gateway inside a private network.
    if (request.headers['access-control-request-private-network'] === 'true')
      response.setHeader('access-control-allow-private-network', 'true');
    response.writeHead(204).end();
  } else sendJson(response, 403, { errors: [notAllowed] });
  return true;
};

const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

const notAllowed = {
  message:
    'Pages of this origin may not call the gateway: the operator can list the origin in ALLOWED_ORIGINS, such as https://app.example.com.',
  extensions: { code: 'FORBIDDEN' },
};
