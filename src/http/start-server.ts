import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../access/caller.js';
import type { GatewayApp } from '../graphql/context.js';
import { createSchema } from '../graphql/schema.js';
import type { Log } from '../platform/log.js';
import type { Networks } from '../platform/networks.js';
import {
  assignRequestId,
  createAuthenticateCaller,
  type LimitRequests,
  requestIdHeader,
} from './authenticate-caller.js';
import { assignClientAddress } from './client-address.js';
import { bodyGoesOn, ClosingResponse } from './closing-response.js';
import { handleCors } from './cors.js';
import { createDashboardHandler, isDashboardPage } from './dashboard-handler.js';
import type { Documents } from './documents/create-documents.js';
import { type DocumentsConfig, openDocuments } from './documents/open-documents.js';
import { exportDeps, resultsDeps } from './export-deps.js';
import { createExportHandler } from './export-handler.js';
import { createGraphiqlHandler } from './graphiql/graphiql-handler.js';
import { createGraphqlHandler, type GraphqlHandlerOptions } from './graphql-handler.js';
import { handleMetrics } from './metrics-handler.js';
import type { FinishedRequest } from './metrics/meter-http.js';
import { createOneAtATime } from './one-at-a-time.js';
import { handleReadiness } from './readiness-handler.js';
import { observeRequest } from './observe-request.js';
import type { TokenOffer } from './offered-token.js';
import type { Subscriptions } from '../subscriptions/subscriptions.js';
import { limitBodyTime, serverLimits, urlOf } from './node-server.js';
import { basePathOf, pathOf, withoutBase } from './request-target.js';
import { isRead, type Route, setSecurityHeaders, wantsPage } from './route.js';
import { sendJson } from './send-json.js';
import { createUploadHandler, type UploadsConfig } from './upload-handler.js';

/** What the HTTP server needs of the gateway; src/gateway.ts creates it. */
export type ServerContext = GatewayApp & {
  config: GraphqlHandlerOptions['config'] &
    DocumentsConfig &
    UploadsConfig & {
      host: string;
      port: number;
      keepAliveSeconds: number;
      trustedProxies: Networks | null;
      allowedOrigins: ReadonlySet<string> | null;
      graphiql: boolean;
    };
  log: Log;
  subscriptions: Subscriptions;
  findCaller: (token: string) => Promise<Caller>;
  /** Takes a request of a token's limit; null, or the seconds until the next one is admitted. */
  limitRequests: LimitRequests;
  /** Receives each finished request, for the metrics. */
  meterRequest: (request: FinishedRequest) => void;
  meterTokenRefusal: (reason: string) => void;
  /** The metrics of this process in Prometheus' text format. */
  metricsText: () => Promise<string>;
  /** The demo's token, for GraphiQL's headers and the dashboard's sign-in. */
  offerToken?: TokenOffer;
  /** The folder of the built dashboard, if not where the build writes it. */
  dashboard?: string;
};

export type Server = {
  url: string;
  /**
   * Makes /readyz answer 503, and stops accepting connections after `drainMs`, when subscriptions end. Waits for requests in flight, and closes all
   * connections after `graceMs` in all.
   */
  close: (graceMs: number, drainMs?: number) => Promise<void>;
};

type ServerOptions = {
  /** False: Yoga processes every request, so that tests can compare the two. */
  fastPath?: boolean;
  /** If they have been opened already. */
  documents?: Documents;
};

/**
 * Serves /graphql (the API, and GraphiQL for browsers), the dashboard at /, /export, /uploads, /metrics, /healthz and /readyz.
 * Resolves when it listens; rejects with Node's error (EADDRINUSE, EACCES …) if it cannot, and with INVALID_INPUT
 * for a file of documents that cannot be used.
 */
export const startServer = async (context: ServerContext, options: ServerOptions = {}): Promise<Server> => {
  const authenticate = createAuthenticateCaller(context, context.log);
  const { fastPath = true, documents = await openDocuments(context.config, context.dashboard) } = options;
  const schema = createSchema();
  const graphql = createGraphqlHandler({
    app: context,
    authenticate,
    log: context.log,
    config: context.config,
    documents,
    schema,
    fastPath,
  });
  const handleExport = createExportHandler({
    ...context,
    authenticate,
    exports: exportDeps(context, context.config),
    results: resultsDeps(context, schema),
  });
  const upload = createUploadHandler({ ...context, authenticate });
  const { offerToken = null, clock } = context;
  const basePath = basePathOf(context.config.publicUrl);
  const handleGraphiql = createGraphiqlHandler({ offerToken, basePath, clock });
  const handleDashboard = createDashboardHandler({ offerToken, basePath, folder: context.dashboard });
  const pending = new Set<ServerResponse>();
  let closing = false;

  const routes: readonly Route[] = [
    {
      // Without CORS, because the page may contain the demo's token.
      route: '/graphql',
      matches: (path, request) =>
        path.startsWith('/graphiql/') || (path === '/graphql' && wantsPage(request)),
      readOnly: true,
      handle: context.config.graphiql
        ? handleGraphiql
        : (_, response) => sendJson(response, 404, graphiqlOff),
    },
    { route: '/graphql', matches: (path) => path === '/graphql', cors: true, handle: graphql },
    { route: '/export', matches: (path) => path.startsWith('/export/'), cors: true, handle: handleExport },
    {
      route: '/uploads',
      matches: (path) => path === '/uploads',
      cors: true,
      largeBody: true,
      handle: upload,
    },
    {
      route: '/healthz',
      matches: (path) => path === '/healthz',
      readOnly: true,
      handle: (_, response) => sendJson(response, 200, { status: 'alive', version: context.version }),
    },
    {
      route: '/readyz',
      matches: (path) => path === '/readyz',
      readOnly: true,
      handle: (_, response) => handleReadiness({ ...context, closing }, response),
    },
    {
      route: '/metrics',
      matches: (path) => path === '/metrics',
      readOnly: true,
      handle: (request, response) => handleMetrics({ ...context, authenticate }, request, response),
    },
    {
      route: '/dashboard',
      matches: (path, request) =>
        path.startsWith('/dashboard/') || (isDashboardPage(path) && wantsPage(request)),
      readOnly: true,
      handle: handleDashboard,
    },
  ];

  const respond = async (
    route: Route | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    // A body that came with the headers has ended by the next turn, so that its connection may stay open.
    if (bodyGoesOn(request)) await nextTurn();
    if (route?.largeBody !== true && bodyGoesOn(request)) limitBodyTime(request);
    if (route === undefined) sendJson(response, 404, notFound);
    else if (route.cors === true && handleCors(context.config.allowedOrigins, request, response)) return;
    else if (route.readOnly === true && !isRead(request))
      sendJson(response, 405, methodNotAllowed, { allow: 'GET, HEAD' });
    else await route.handle(request, response, pathOf(request.url ?? '/'));
  };

  const start = (request: IncomingMessage, response: ServerResponse): void => {
    request.url = withoutBase(request.url ?? '/', basePath);
    setSecurityHeaders(response);
    assignRequestId(request, response);
    assignClientAddress(request, context.config.trustedProxies);
    pending.add(response);
    response.once('close', () => pending.delete(response));
    if (closing) response.setHeader('connection', 'close');
    const path = pathOf(request.url ?? '/');
    const route = routes.find(({ matches }) => matches(path, request));
    observeRequest(context, { request, response, route: route?.route ?? 'other' }, () => {
      respond(route, request, response).catch((error: unknown) => {
        context.log.error(
          {
            requestId: response.getHeader(requestIdHeader),
            type: error instanceof Error ? error.name : typeof error,
          },
          'a request failed unexpectedly',
        );
        if (!response.headersSent)
          sendJson(response, 500, { error: 'The gateway failed unexpectedly: see its log.' });
        else response.destroy();
      });
    });
  };
  const oneAtATime = createOneAtATime();
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    oneAtATime(response, () => start(request, response));
  const server = createServer(
    {
      ...serverLimits,
      keepAliveTimeout: context.config.keepAliveSeconds * 1_000,
      ServerResponse: ClosingResponse,
    },
    handle,
  );
  // Without a listener, node:http would ask for the body before the request is authenticated.
  server.on('checkContinue', handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(context.config.port, context.config.host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    url: urlOf(server, context.config.host),
    close: async (graceMs, drainMs = 0) => {
      closing = true;
      // A connection that stays open after its response would keep the server open for as long as its client wants.
      for (const response of pending) if (!response.headersSent) response.setHeader('connection', 'close');
      const forceClose = setTimeout(() => server.closeAllConnections(), graceMs);
      await sleep(Math.min(drainMs, graceMs));
      context.subscriptions.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
      clearTimeout(forceClose);
    },
  };
};

const notFound = { error: 'Not found: the API is at POST /graphql.' };
const graphiqlOff = { error: 'GraphiQL is off: the API is at POST /graphql. Set GRAPHIQL=on.' };
const methodNotAllowed = { error: 'Method not allowed: send GET.' };
