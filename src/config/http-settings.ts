import { registry } from './setting.js';
import * as shapes from './setting-shapes.js';

const onOrOff = () => shapes.oneOf(['on', 'off']).transform((text) => text === 'on');

/** The settings of the HTTP server. */
export const httpSettings = {
  port: shapes.wholeNumber(0, 65_535).register(registry, {
    name: 'PORT',
    default: '4000',
    description: 'The port to listen on. 0 selects a free port.',
  }),
  host: shapes.hostName().register(registry, {
    name: 'HOST',
    default: '127.0.0.1',
    description: 'The address to listen on. 0.0.0.0: all addresses, so that other machines can connect.',
  }),
  publicUrl: shapes.serviceUrl().nullable().register(registry, {
    name: 'PUBLIC_URL',
    default: null,
    description:
      'The address at which people open the gateway, if a reverse proxy is in front of it: https://tools.example.com/firmable. With a path, the dashboard and GraphiQL work below it, whether the proxy removes the path or sends it along. Unset: the path is /.',
  }),
  trustedProxies: shapes.proxyNetworks().nullable().register(registry, {
    name: 'TRUSTED_PROXIES',
    default: null,
    description:
      "The reverse proxies in front of the gateway: addresses and networks (10.0.0.0/8), separated by commas. The client's address in logs is read from X-Forwarded-For, or Forwarded, only behind them. Unset: it is the address that connects.",
  }),
  allowedOrigins: shapes.origins().nullable().register(registry, {
    name: 'ALLOWED_ORIGINS',
    default: null,
    description:
      'The origins whose pages may call /graphql, /uploads and /export from the browser (CORS), separated by commas, each as browsers write it: https://app.example.com,http://localhost:3000. Unset: none.',
  }),
  graphiql: onOrOff().register(registry, {
    name: 'GRAPHIQL',
    default: 'on',
    description: 'Whether GraphiQL is served at /graphql to browsers: on or off.',
  }),
  introspection: onOrOff().register(registry, {
    name: 'INTROSPECTION',
    default: 'on',
    description:
      'Whether documents may read the schema (__schema, __type): on or off. GraphiQL needs it for its documentation and completion, and code generators that read the API from the gateway.',
  }),
  persistedDocuments: shapes.oneOf(['automatic', 'allowlist', 'off']).register(registry, {
    name: 'PERSISTED_DOCUMENTS',
    default: 'automatic',
    description:
      'automatic: clients may register documents and send their hashes (APQ). allowlist: only the documents of PERSISTED_DOCUMENTS_FILE and of the dashboard run. off: a hash in place of a document is refused. The default is allowlist if PERSISTED_DOCUMENTS_FILE is set.',
  }),
  persistedDocumentsFile: shapes.anyText().nullable().register(registry, {
    name: 'PERSISTED_DOCUMENTS_FILE',
    default: null,
    description:
      "The file of documents that clients may name by an id: Apollo's manifest, or the file that graphql-codegen or relay-compiler writes. It is read at the start.",
  }),
  requestBodyBytesMax: shapes.wholeNumber(1_000, 100_000_000).register(registry, {
    name: 'REQUEST_BODY_BYTES_MAX',
    default: '1000000',
    description: 'The maximum size of a request body.',
  }),
  uploadBytesMax: shapes.wholeNumber(1_000, 10_000_000_000).register(registry, {
    name: 'UPLOAD_BYTES_MAX',
    default: '250000000',
    description:
      'The maximum size of a file that is sent to /uploads, also when it is decompressed. Files are read as streams, so memory does not grow with them.',
  }),
  uploadRowsMax: shapes.wholeNumber(1, 10_000_000).register(registry, {
    name: 'UPLOAD_ROWS_MAX',
    default: '1000000',
    description: 'The maximum number of rows of such a file.',
  }),
  uploadStoredBytesMax: shapes.wholeNumber(0, 1_000_000_000_000_000).register(registry, {
    name: 'UPLOAD_STORED_BYTES_MAX',
    default: '10000000000',
    description:
      'The maximum size of all lists of a workspace together, as they are stored: those of its jobs and those that are not used yet. 0: no limit.',
  }),
  uploadKeepHours: shapes.wholeNumber(1, 8_760).register(registry, {
    name: 'UPLOAD_KEEP_HOURS',
    default: '24',
    description:
      'The time after which an uploaded list is deleted if no job uses it. One that a job uses is kept as long as the job.',
  }),
  lookupsPerRequestMax: shapes.wholeNumber(1, 10_000).register(registry, {
    name: 'LOOKUPS_PER_REQUEST_MAX',
    oldName: 'ASKS_PER_REQUEST_MAX',
    default: '100',
    description: 'The maximum number of lookups in one request, over all its fields.',
  }),
  subscriptionsPerTokenMax: shapes.wholeNumber(1, 10_000).register(registry, {
    name: 'SUBSCRIPTIONS_PER_TOKEN_MAX',
    default: '20',
    description: 'The maximum number of subscriptions that a token may have open at one instance.',
  }),
  keepAliveSeconds: shapes.wholeNumber(1, 3_600).register(registry, {
    name: 'KEEP_ALIVE_SECONDS',
    default: '65',
    description:
      'The time after which an idle connection of a client is closed. Behind a load balancer, set it above the idle timeout of the load balancer.',
  }),
};
