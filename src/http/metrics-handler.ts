import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorize } from '../access/caller.js';
import type { Log } from '../platform/log.js';
import { type AuthenticateCaller, clientOf } from './authenticate-caller.js';
import { recordOf } from './observe-request.js';
import { sendError } from './send-json.js';

/**
 * GET /metrics: the metrics of this process in Prometheus' text format, for any token that may read. They describe the
 * process and no workspace.
 */
export const handleMetrics = async (
  deps: {
    authenticate: AuthenticateCaller;
    metricsText: () => Promise<string>;
    log: Log;
  },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const caller = await deps.authenticate(clientOf(request));
    recordOf(request).caller = caller;
    authorize(caller, 'read');
    const text = await deps.metricsText();
    response.writeHead(200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : text);
  } catch (error) {
    sendError(response, error, deps.log);
  }
};
