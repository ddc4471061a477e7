import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FinishedRequest } from './metrics/meter-http.js';

/** What is known of a request when it has ended. Its handler sets it. */
export type RequestRecord = {
  /** The path of its route, without what a client chooses; `other` where there is no such route. */
  route: string;
};

/** Starts to observe a request: it is measured once, when its response is sent or its connection is closed. */
export const observeRequest = (
  { meterRequest }: { meterRequest: (request: FinishedRequest) => void },
  request: IncomingMessage,
  response: ServerResponse,
): RequestRecord => {
  const startedMs = performance.now();
  const record: RequestRecord = { route: 'other' };
  response.once('close', () => {
    meterRequest({
      method: request.method ?? 'other',
      route: record.route,
      status: response.headersSent ? response.statusCode : null,
      durationMs: performance.now() - startedMs,
    });
  });
  return record;
};
