import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { Caller } from '../access/caller.js';
import type { GatewayApp } from '../graphql/context.js';
import type { Log } from '../platform/log.js';
import { assignRequestId, createAuthenticateCaller, requestIdHeader } from './authenticate-caller.js';
import { createDashboardHandler, type DashboardFolders } from './dashboard-handler.js';
import { createExportHandler, exportDeps } from './export-handler.js';
import { createGraphiqlHandler } from './graphiql/graphiql-handler.js';
import { createGraphqlHandler } from './graphql-handler.js';
import { handleMetrics } from './metrics-handler.js';
import { handleReadiness } from './readiness-handler.js';
import type { TokenOffer } from './offered-token.js';
import { sendJson } from './send-json.js';

/** What the HTTP server needs of the gateway; src/gateway.ts creates it. */
export type ServerContext = GatewayApp & {
  config: {
    host: string;
    port: number;
    requestBodyBytesMax: number;
    lookupsPerRequestMax: number;
    snapshotMaxAgeSeconds: number;
  };
  log: Log;
  findCaller: (token: string) => Promise<Caller>;
  /** The metrics of this process in Prometheus' text format. */
  metricsText: () => Promise<string>;
  /** Whether the database answers and its migrations are those of this version. */
  migrationsCurrent: () => Promise<boolean>;
  /** The demo's token, for GraphiQL's headers and the dashboard's sign-in. */
  offerToken?: TokenOffer;
  /** Where the dashboard's files are, if not where the build writes them. */
  dashboard?: DashboardFolders;
};

export type Server = {
  url: string;
  /** Stops accepting requests, waits at most `graceMs` for those in flight, then closes all connections. */
  close: (graceMs: number) => Promise<void>;
};

/**
 * Serves /graphql (the API, and GraphiQL for browsers), the dashboard at /, /export, /metrics, /healthz and /readyz.
 * Resolves when it listens; rejects with Node's error (EADDRINUSE, EACCES …) if it cannot. `fastPath: false` sends every
 * request through Yoga's HTTP adapter, so that tests can compare the two.
 */
export const startServer = async (
  context: ServerContext,
  { fastPath = true }: { fastPath?: boolean } = {},
): Promise<Server> => {
  const authenticate = createAuthenticateCaller(context.findCaller, context.log);
  const graphql = createGraphqlHandler({
    app: context,
    authenticate,
    log: context.log,
    lookupsMax: context.config.lookupsPerRequestMax,
    bodyBytesMax: context.config.requestBodyBytesMax,
    fastPath,
  });
  const handleExport = createExportHandler({
    ...context,
    authenticate,
    exports: exportDeps(context, context.config),
  });
  const handleGraphiql = createGraphiqlHandler(context.offerToken ?? null, context.clock);
  const handleDashboard = createDashboardHandler(context.offerToken ?? null, context.dashboard);
  const pending = new Set<ServerResponse>();
  let closing = false;

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setSecurityHeaders(response);
    assignRequestId(request, response);
    pending.add(response);
    response.once('close', () => pending.delete(response));
    if (closing) response.setHeader('connection', 'close');
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const wantsPage = isRead && (request.headers.accept ?? '').includes('text/html');
    if (path === '/graphql' && wantsPage) await handleGraphiql(request, response);
    else if (path === '/graphql') await graphql(request, response);
    else if (path.startsWith('/export/')) await handleExport(request, response);
    else if (path === '/healthz' && isRead) sendJson(response, 200, { status: 'alive' });
    else if (path === '/metrics' && isRead)
      await handleMetrics({ ...context, authenticate }, request, response);
    else if (path === '/readyz' && isRead) await handleReadiness(context.migrationsCurrent, response);
    else if (path === '/' ? wantsPage : isRead && path.startsWith('/dashboard/'))
      await handleDashboard(path, request, response);
    else sendJson(response, 404, { error: 'Not found: the API is at POST /graphql.' });
  };

  const server = createServer(limits, (request, response) => {
    route(request, response).catch((error: unknown) => {
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(context.config.port, context.config.host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    url: urlOf(context.config.host, portOf(server)),
    close: async (graceMs) => {
      closing = true;
      // A connection that stays open after its response would keep the server open for as long as its client wants.
      for (const response of pending) if (!response.headersSent) response.setHeader('connection', 'close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const forceClose = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(forceClose);
    },
  };
};

/** Limits of node:http, so that slow and idle clients do not hold sockets forever. Responses have no time limit. */
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: 5_000,
} as const;

/** The port that the server listens on; it differs from the configured one if that is 0. */
const portOf = (server: HttpServer): number => {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the server does not listen on a port');
  return address.port;
};

const urlOf = (host: string, port: number): string => {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
};

/** Headers of every response: no sniffing, no framing, no referrer, and nothing that a data response could load. */
const setSecurityHeaders = (response: ServerResponse): void => {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
};
