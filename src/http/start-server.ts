import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { Caller } from '../access/caller.js';
import type { GatewayApp } from '../graphql/context.js';
import type { Log } from '../platform/log.js';
import { createDashboardHandler, type DashboardPlace } from './dashboard-handler.js';
import { createExportHandler } from './export-handler.js';
import { createGraphiqlHandler } from './graphiql/graphiql-handler.js';
import { sendJson } from './send-json.js';
import { handleMetrics } from './metrics-handler.js';
import { handleReadiness } from './readiness-handler.js';
import { createGraphqlHandler } from './graphql-handler.js';
import { exportDeps } from './export-deps.js';
import { setSecurityHeaders } from './set-security-headers.js';

/** What the HTTP edge needs of the gateway; src/gateway.ts makes it. */
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
  /** What the process has counted, as Prometheus reads it. */
  metricsText: () => string;
  /** Whether the database answers and holds exactly our migrations. */
  migrationsCurrent: () => Promise<boolean>;
  /** The sandbox demo's token, for GraphiQL's headers and the dashboard's sign-in; null, or one of null: not now. */
  offerToken?: (() => Promise<string | null>) | null;
  /** Where the dashboard's files lie, if not where the build leaves them. */
  dashboard?: DashboardPlace;
};

export type Server = {
  url: string;
  /** Stops accepting, lets requests under way finish for at most `graceMs`, then cuts what is left. */
  close: (graceMs: number) => Promise<void>;
};

/**
 * Serves /graphql (the API, and GraphiQL for browsers), the dashboard at /, /export, /metrics, /healthz and /readyz. Resolves once it listens; rejects with
 * Node's own error (EADDRINUSE, EACCES …) where it cannot. `fastPath: false` sends every request through Yoga's own door,
 * so that tests can compare the two.
 */
export const startServer = async (
  context: ServerContext,
  { fastPath = true }: { fastPath?: boolean } = {},
): Promise<Server> => {
  const graphql = createGraphqlHandler({
    app: context,
    findCaller: context.findCaller,
    log: context.log,
    asksMax: context.config.lookupsPerRequestMax,
    bodyBytesMax: context.config.requestBodyBytesMax,
    fastPath,
  });
  const handleExport = createExportHandler({ ...context, exports: exportDeps(context, context.config) });
  const handleGraphiql = createGraphiqlHandler(context.offerToken ?? null, context.clock);
  const handleDashboard = createDashboardHandler(context.offerToken ?? null, context.dashboard);
  const pending = new Set<ServerResponse>();
  let closing = false;

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setSecurityHeaders(response);
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
    else if (path === '/metrics' && isRead) await handleMetrics(context, request, response);
    else if (path === '/readyz' && isRead) await handleReadiness(context.migrationsCurrent, response);
    else if (path === '/' ? wantsPage : isRead && path.startsWith('/dashboard/'))
      await handleDashboard(path, request, response);
    else sendJson(response, 404, { error: 'There is nothing here: the API is at POST /graphql.' });
  };

  const server = createServer(limits, (request, response) => {
    route(request, response).catch((error: unknown) => {
      context.log.error(
        { type: error instanceof Error ? error.name : typeof error },
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
      // A connection kept alive after its answer would hold the server open for as long as its client likes.
      for (const response of pending) if (!response.headersSent) response.setHeader('connection', 'close');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
};

/** Bounds of node:http: slow and idle clients cannot hold sockets for ever. An answer may take as long as it takes. */
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: 5_000,
} as const;

/** The port it really listens on: another one than asked for where that was 0. */
const portOf = (server: HttpServer): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
};

const urlOf = (host: string, port: number): string => {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
};
