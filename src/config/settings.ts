import * as z from 'zod';
import { connectionsMin } from '../platform/database.js';
import { upstreams } from '../providers/upstreams.js';
import { alertSettings } from './alert-settings.js';
import { httpSettings } from './http-settings.js';
import { jobSettings } from './job-settings.js';
import { registry } from './setting.js';
import * as shapes from './setting-shapes.js';
import { tracingSettings } from './tracing-settings.js';

/** Every setting: the field of the configuration, the shape of its text, and its documentation. */
export const settingsShape = z.object({
  ...httpSettings,
  databaseUrl: shapes.databaseUrl().nullable().register(registry, {
    name: 'DATABASE_URL',
    default: null,
    description:
      'The PostgreSQL database to use, version 15 or newer. Unset: the gateway starts its own PostgreSQL in DATA_DIR.',
  }),
  databaseReadUrl: shapes.databaseUrl('standby').nullable().register(registry, {
    name: 'DATABASE_READ_URL',
    default: null,
    description:
      'A standby of DATABASE_URL, by streaming replication. Reports, exports and pages of lists are read from it. Unset: all is read from DATABASE_URL.',
  }),
  databaseReadLagMaxSeconds: shapes.wholeNumber(1, 86_400).register(registry, {
    name: 'DATABASE_READ_LAG_MAX_SECONDS',
    default: '30',
    description: 'The maximum age of what is read from the standby. While it is older, DATABASE_URL is read.',
  }),
  dataDir: shapes.anyText().register(registry, {
    name: 'DATA_DIR',
    default: './data',
    description:
      'The folder of the embedded PostgreSQL and of the encryption key that the first start generates.',
  }),
  encryptionKeys: shapes.encryptionKeys().nullable().register(registry, {
    name: 'ENCRYPTION_KEYS',
    oldName: 'GATEWAY_SECRETS',
    default: null,
    description:
      'The keys that encrypt stored provider keys and webhook secrets: 32 random bytes each, in base64, comma-separated. All decrypt. The first is the one that rotate-encryption-keys moves to. Required with DATABASE_URL. Otherwise the first start generates one.',
  }),
  bootstrapToken: shapes.token().nullable().register(registry, {
    name: 'GATEWAY_BOOTSTRAP_TOKEN',
    default: null,
    description: 'The first ADMIN token. Unset: the first start generates one and prints it once.',
  }),
  firmableBaseUrl: shapes.serviceUrl().register(registry, {
    name: 'FIRMABLE_BASE_URL',
    default: upstreams.FIRMABLE.baseUrl,
    description: 'The URL of the Firmable API. Change it for tests only.',
  }),
  peopleDataLabsBaseUrl: shapes.serviceUrl().register(registry, {
    name: 'PEOPLEDATALABS_BASE_URL',
    default: upstreams.PEOPLE_DATA_LABS.baseUrl,
    description: 'The URL of the People Data Labs API. Change it for tests only.',
  }),
  apolloBaseUrl: shapes.serviceUrl().register(registry, {
    name: 'APOLLO_BASE_URL',
    default: upstreams.APOLLO.baseUrl,
    description: 'The URL of the Apollo API. Change it for tests only.',
  }),
  firmableRequestsPerSecond: shapes.wholeNumber(0, 1_000).register(registry, {
    name: 'FIRMABLE_REQUESTS_PER_SECOND',
    default: String(upstreams.FIRMABLE.requestsPerSecond),
    description:
      'The maximum number of requests to Firmable per second and key, over all instances. Firmable allows 50. 0: no limit, for tests at another URL.',
  }),
  peopleDataLabsRequestsPerSecond: shapes.wholeNumber(1, 1_000).register(registry, {
    name: 'PEOPLEDATALABS_REQUESTS_PER_SECOND',
    default: String(upstreams.PEOPLE_DATA_LABS.requestsPerSecond),
    description:
      'The same for People Data Labs, which allows 1,000 a minute on paid accounts and 100 on free accounts. From 1 to 1,000: set 1 for a free account.',
  }),
  apolloRequestsPerSecond: shapes.wholeNumber(1, 1_000).register(registry, {
    name: 'APOLLO_REQUESTS_PER_SECOND',
    default: String(upstreams.APOLLO.requestsPerSecond),
    description:
      'The same for Apollo, which allows 1,000 a minute on paid accounts and 50 on free accounts. From 1 to 1,000: set 1 for a free account.',
  }),
  managedFirmableKey: shapes.anyText().nullable().register(registry, {
    name: 'MANAGED_FIRMABLE_KEY',
    default: null,
    description:
      "The operator's own Firmable key. It pays for workspaces without a default connection. Each workspace is charged for its first lookup of a record.",
  }),
  managedPeopleDataLabsKey: shapes.anyText().nullable().register(registry, {
    name: 'MANAGED_PEOPLEDATALABS_KEY',
    default: null,
    description: 'The same for People Data Labs.',
  }),
  managedApolloKey: shapes.anyText().nullable().register(registry, {
    name: 'MANAGED_APOLLO_KEY',
    default: null,
    description: 'The same for Apollo.',
  }),
  managedCredits: shapes.creditsByName(['FREE', 'STARTER', 'EXPLORER', 'PRO']).nullable().register(registry, {
    name: 'MANAGED_CREDITS',
    default: null,
    description:
      "The maximum number of credits of the operator's keys that a workspace may spend in a month (UTC), by plan: FREE=100,STARTER=2000. A plan that is not listed has no limit.",
  }),
  httpsProxy: shapes.proxyUrl().nullable().register(registry, {
    name: 'HTTPS_PROXY',
    lowerCase: true,
    default: null,
    description:
      'The proxy for https addresses of providers and webhooks: http://user:password@proxy:3128. The lower-case name is read as well, and goes first. Unset: HTTP_PROXY.',
  }),
  httpProxy: shapes.proxyUrl().nullable().register(registry, {
    name: 'HTTP_PROXY',
    lowerCase: true,
    default: null,
    description:
      'The proxy for http addresses of providers and webhooks. The lower-case name is read as well.',
  }),
  noProxy: shapes.anyText().nullable().register(registry, {
    name: 'NO_PROXY',
    lowerCase: true,
    default: null,
    description:
      'Hosts that are called without a proxy, separated by commas: a host with its subdomains, with or without a port, a network such as 10.0.0.0/8, or *. The lower-case name is read as well.',
  }),
  ...alertSettings,
  upstreamConnectTimeoutMs: shapes.wholeNumber(1, 60_000).register(registry, {
    name: 'UPSTREAM_CONNECT_TIMEOUT_MS',
    default: '3000',
    description: 'The time limit for opening a connection to a provider.',
  }),
  upstreamTimeoutMs: shapes.wholeNumber(1, 600_000).register(registry, {
    name: 'UPSTREAM_TIMEOUT_MS',
    default: '20000',
    description: 'The time limit for one query to a provider, retries included.',
  }),
  lookupTimeoutMs: shapes.wholeNumber(100, 600_000).register(registry, {
    name: 'LOOKUP_TIMEOUT_MS',
    oldName: 'ASK_TIMEOUT_MS',
    default: '50000',
    description:
      'The time limit for one lookup over all steps of its waterfall. Steps that have not started by then are skipped.',
  }),
  upstreamBodyBytesMax: shapes.wholeNumber(1_000, 100_000_000).register(registry, {
    name: 'UPSTREAM_BODY_BYTES_MAX',
    default: '5000000',
    description: 'The maximum size of a response body from a provider.',
  }),
  rateLimitMaxWaitSeconds: shapes.wholeNumber(0, 3_600).register(registry, {
    name: 'RATE_LIMIT_MAX_WAIT_SECONDS',
    oldName: 'PACE_PATIENCE_SECONDS',
    default: '600',
    description:
      "The maximum time a lookup waits for a permit within the provider's rate limit, at most LOOKUP_TIMEOUT_MS. A lookup that would wait longer fails with RATE_LIMITED at once.",
  }),
  sandbox: shapes
    .oneOf(['on', 'off'])
    .transform((text) => text === 'on')
    .register(registry, {
      name: 'SANDBOX',
      default: 'on',
      description:
        'on: keys that begin with fbl_sandbox_, pdl_sandbox_ or apollo_sandbox_ go to the built-in sandbox. off: they are refused. The default is off if NODE_ENV is production.',
    }),
  snapshotMaxAgeSeconds: shapes.duration(3_650 * 86_400).register(registry, {
    name: 'SNAPSHOT_MAX_AGE',
    default: '30d',
    description:
      'The maximum age of a cached snapshot of a record (30d, 12h, 900s; a number without a unit is seconds). An older one is fetched again, without a charge if the provider allows it. 0: no snapshot is stored, so that a provider that charges for every fetch is paid at every lookup.',
  }),
  snapshotCacheBytesMax: shapes.wholeNumber(0, 10_000_000_000).register(registry, {
    name: 'SNAPSHOT_CACHE_BYTES_MAX',
    default: '64000000',
    description:
      'The maximum memory, in bytes, for snapshots that an instance keeps decoded. A lookup returns one only after PostgreSQL has confirmed that it is the present one. 0: none is kept.',
  }),
  reservationSeconds: shapes.wholeNumber(3, 86_400).register(registry, {
    name: 'RESERVATION_SECONDS',
    default: '60',
    description:
      'The time after which a reservation expires if its lookup never settled. It is renewed while its instance runs, so it only expires when the instance stands still, is killed or loses the database. Below 60, UPSTREAM_TIMEOUT_MS is shortened to fit, unless you set it.',
  }),
  ...jobSettings,
  ...tracingSettings,
  logLevel: shapes.oneOf(['debug', 'info', 'warn', 'error', 'silent']).register(registry, {
    name: 'LOG_LEVEL',
    default: 'info',
    description: 'The minimum level of the lines that are logged: debug, info, warn, error or silent.',
  }),
  databaseConnectionsMax: shapes.wholeNumber(connectionsMin, 500).register(registry, {
    name: 'DATABASE_CONNECTIONS_MAX',
    default: '18',
    description:
      "The maximum number of PostgreSQL connections of one instance, all together. Five instances of 18 fit PostgreSQL's default of 100. Where the server has too few for all instances, each opens an equal share.",
  }),
  ledgerBatchMax: shapes.wholeNumber(1, 10_000).register(registry, {
    name: 'LEDGER_BATCH_MAX',
    oldName: 'GROUP_ITEMS_MAX',
    default: '256',
    description: 'The maximum number of lookups that share one ledger statement.',
  }),
  shutdownSeconds: shapes.wholeNumber(0, 600).register(registry, {
    name: 'SHUTDOWN_SECONDS',
    default: '8',
    description:
      'The time limit for a stop, SHUTDOWN_DRAIN_SECONDS included: requests in flight finish, then connections are closed. The default fits the 10 seconds that containers are given.',
  }),
  shutdownDrainSeconds: shapes.wholeNumber(0, 600).register(registry, {
    name: 'SHUTDOWN_DRAIN_SECONDS',
    default: '2',
    description:
      'After SIGTERM, /readyz answers 503 and the gateway still accepts connections for this time, so that load balancers notice. Shorter than SHUTDOWN_SECONDS, and by default at most half of it. Ctrl-C does not wait.',
  }),
});

/** Every setting with the field of the configuration it sets. */
export const settings = Object.entries(settingsShape.shape).map(([field, shape]) => {
  const setting = registry.get(shape);
  if (setting === undefined) throw new Error(`the field ${field} has no setting`);
  return { field, ...setting };
});
