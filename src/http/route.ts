import type { IncomingMessage, ServerResponse } from 'node:http';

/** One route of the server. */
export type Route = {
  /** Its path, for metrics and traces. */
  route: string;
  matches: (path: string, request: IncomingMessage) => boolean;
  /** Whether it takes GET and HEAD only. */
  readOnly?: true;
  /** Whether pages of ALLOWED_ORIGINS may call it. */
  cors?: true;
  /** Whether its body may take longer than that of other requests. */
  largeBody?: true;
  handle: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void;
};

export const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Browsers accept text/html before anything else. Programs that accept it after JSON get JSON: n8n sends such a header. */
export const wantsPage = (request: IncomingMessage): boolean => {
  const accept = request.headers.accept ?? '';
  const [page, json] = [
    accept.indexOf('text/html'),
    accept.search(/application\/(?:graphql-response\+)?json/),
  ];
  return isRead(request) && page !== -1 && (json === -1 || page < json);
};

/** Headers of every response: no sniffing, no framing, no referrer, and nothing that a data response could load. */
export const setSecurityHeaders = (response: ServerResponse): void => {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
};
