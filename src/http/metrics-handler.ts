import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorize, type Caller } from '../access/caller.js';
import type { Log } from '../platform/log.js';
import { answerError } from './send-graphql-error.js';
import { bearerToken } from './bearer-token.js';

/**
 * GET /metrics: what this process has counted, in Prometheus' text format, for any token that may read. It tells of the
 * whole process and of no workspace.
 */
export const handleMetrics = async (
  parts: { findCaller: (token: string) => Promise<Caller>; metricsText: () => string; log: Log },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    authorize(await parts.findCaller(bearerToken(request.headers.authorization ?? null)), 'read');
    response.writeHead(200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : parts.metricsText());
  } catch (error) {
    answerError(response, error, parts.log);
  }
};
