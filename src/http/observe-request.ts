import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../access/caller.js';
import { toPublicId } from '../access/public-ids.js';
import type { GatewayContext } from '../graphql/context.js';
import type { Log } from '../platform/log.js';
import { redactCredentials } from '../platform/redact-credentials.js';
import { inSpan, type SpanFacts } from '../platform/tracing/tracing.js';
import { requestIdHeader } from './authenticate-caller.js';
import { clientAddressOf } from './client-address.js';
import { type FinishedRequest, methodLabel } from './metrics/meter-http.js';
import { pathOf } from './request-target.js';

/** What is known of a request when it has ended. Its handler sets the caller, and the context of a GraphQL operation. */
export type RequestRecord = { caller: Caller | null; context: GatewayContext | null };

const records = new WeakMap<IncomingMessage, RequestRecord>();

/** The record of a request that is observed. */
export const recordOf = (request: IncomingMessage): RequestRecord => {
  const record = records.get(request) ?? { caller: null, context: null };
  records.set(request, record);
  return record;
};

/** Monitoring asks for them every few seconds. */
const quietRoutes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
const pathLengthMax = 200;

/**
 * Observes a request while `handle` handles it: one span, one measurement and one log line, when its response is sent or
 * its connection is closed. `route` is the path of its route, without what a client chooses. What a client writes is in
 * the line only, as JSON, which escapes it: the path without its query, and the name of the operation.
 */
export const observeRequest = (
  { meterRequest, log }: { meterRequest: (request: FinishedRequest) => void; log: Log },
  { request, response, route }: { request: IncomingMessage; response: ServerResponse; route: string },
  handle: () => void,
): void => {
  const startedMs = performance.now();
  const method = methodLabel(request.method);
  const { traceparent } = request.headers;
  const options = {
    name: `${method} ${route}`,
    kind: 'SERVER',
    facts: {
      'http.request.method': method,
      'http.route': route,
      'url.scheme': 'http',
      'network.protocol.version': request.httpVersion,
    },
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
  } as const;
  void inSpan(options, async (span) => {
    const closed = new Promise((resolve) => response.once('close', resolve));
    handle();
    // A request that was sent ahead may begin when its connection is gone.
    if (!response.destroyed) await closed;
    const status = response.headersSent ? response.statusCode : null;
    const durationMs = performance.now() - startedMs;
    const record = recordOf(request);
    const isStream = record.context?.operation.type === 'subscription';
    meterRequest({ method, route, status, durationMs: isStream ? null : durationMs });
    span.add({ 'http.response.status_code': status, ...operationFacts(record) });
    if (status === null || status >= 500) span.fail(status === null ? 'closed' : String(status));
    const level = quietRoutes.has(route) ? 'debug' : 'info';
    log[level](lineOf(request, response, record, { method, status, durationMs }), 'request');
  });
};

const operationFacts = ({ context }: RequestRecord): SpanFacts =>
  context === null
    ? {}
    : {
        'graphql.operation.type': context.operation.type,
        'firmable_gateway.lookups': context.lookupRequest.lookups.count,
      };

const lineOf = (
  request: IncomingMessage,
  response: ServerResponse,
  { caller: authenticated, context }: RequestRecord,
  facts: { method: string; status: number | null; durationMs: number },
) => {
  const caller = context?.lookupRequest.caller ?? authenticated;
  return {
    requestId: response.getHeader(requestIdHeader),
    ...facts,
    durationMs: Math.round(facts.durationMs * 10) / 10,
    ...(response.writableFinished ? {} : { aborted: true }),
    path: redactCredentials(pathOf(request.url ?? '/').slice(0, pathLengthMax)),
    remoteAddress: clientAddressOf(request),
    ...(caller === null
      ? {}
      : { tokenId: toPublicId('token', caller.tokenId), workspaceId: caller.workspaceId }),
    ...(context === null ? {} : operationLine(context)),
  };
};

const operationLine = ({ operation, lookupRequest: { lookups, tally } }: GatewayContext) => ({
  operation: operation.name,
  operationType: operation.type,
  lookups: lookups.count,
  creditsCharged: Number(tally.charged),
  creditsSaved: Number(tally.saved),
});
