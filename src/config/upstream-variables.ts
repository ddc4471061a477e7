import type { z } from 'zod';
import * as shapes from './variable-shapes.js';
import { apolloUpstream } from '../providers/apollo/upstream.js';
import { firmableUpstream } from '../providers/firmable/upstream.js';
import { peopleDataLabsUpstream } from '../providers/people-data-labs/upstream.js';
import { variables } from './variable.js';

/** The fields of the configuration that concern the providers and how they are asked. */
export const upstreamVariables = {
  firmableBaseUrl: shapes.serviceUrl().register(variables, {
    name: 'FIRMABLE_BASE_URL',
    default: firmableUpstream.baseUrl,
    meaning: 'Where Firmable answers. Another address is for tests.',
  }),
  peopleDataLabsBaseUrl: shapes.serviceUrl().register(variables, {
    name: 'PEOPLEDATALABS_BASE_URL',
    default: peopleDataLabsUpstream.baseUrl,
    meaning: 'Where People Data Labs answers. Another address is for tests.',
  }),
  apolloBaseUrl: shapes.serviceUrl().register(variables, {
    name: 'APOLLO_BASE_URL',
    default: apolloUpstream.baseUrl,
    meaning: 'Where Apollo answers. Another address is for tests.',
  }),
  firmableRequestsPerSecond: shapes.wholeNumber(0, 1_000).register(variables, {
    name: 'FIRMABLE_REQUESTS_PER_SECOND',
    default: String(firmableUpstream.requestsPerSecond),
    meaning:
      'The most requests to Firmable in any second per key, over all instances. Firmable allows 50. 0: no limit, for tests at another address.',
  }),
  peopleDataLabsRequestsPerSecond: shapes.wholeNumber(1, 1_000).register(variables, {
    name: 'PEOPLEDATALABS_REQUESTS_PER_SECOND',
    default: String(peopleDataLabsUpstream.requestsPerSecond),
    meaning:
      'The same for People Data Labs, which allows paying accounts 1,000 a minute, and free ones 100: set 1 for those.',
  }),
  apolloRequestsPerSecond: shapes.wholeNumber(1, 1_000).register(variables, {
    name: 'APOLLO_REQUESTS_PER_SECOND',
    default: String(apolloUpstream.requestsPerSecond),
    meaning:
      'The same for Apollo, which allows paying teams 1,000 a minute, and free ones 50: set 1 for those.',
  }),
  managedFirmableKey: shapes.someText().nullable().register(variables, {
    name: 'MANAGED_FIRMABLE_KEY',
    default: null,
    meaning:
      "The operator's own Firmable key: it pays where a workspace has no connection of its own. Each workspace pays its first time.",
  }),
  managedPeopleDataLabsKey: shapes.someText().nullable().register(variables, {
    name: 'MANAGED_PEOPLEDATALABS_KEY',
    default: null,
    meaning: 'The same for People Data Labs.',
  }),
  managedApolloKey: shapes.someText().nullable().register(variables, {
    name: 'MANAGED_APOLLO_KEY',
    default: null,
    meaning: 'The same for Apollo.',
  }),
  managedCredits: shapes.creditsOf(['FREE', 'STARTER', 'EXPLORER', 'PRO']).nullable().register(variables, {
    name: 'MANAGED_CREDITS',
    default: null,
    meaning:
      "How many credits of the operator's keys a workspace may spend in a month (UTC), by its plan: FREE=100,STARTER=2000. A plan that is left out has no limit.",
  }),
  upstreamConnectTimeoutMs: shapes.wholeNumber(1, 60_000).register(variables, {
    name: 'UPSTREAM_CONNECT_TIMEOUT_MS',
    default: '3000',
    meaning: 'How long a connection to a provider may take to open.',
  }),
  upstreamTimeoutMs: shapes.wholeNumber(1, 600_000).register(variables, {
    name: 'UPSTREAM_TIMEOUT_MS',
    default: '20000',
    meaning: 'How long one question to a provider may take in all, retries included.',
  }),
  lookupTimeoutMs: shapes.wholeNumber(100, 600_000).register(variables, {
    name: 'LOOKUP_TIMEOUT_MS',
    default: '45000',
    meaning:
      'How long one ask may take over all steps of its waterfall; what is not asked by then is left out.',
  }),
  upstreamBodyBytesMax: shapes.wholeNumber(1_000, 100_000_000).register(variables, {
    name: 'UPSTREAM_BODY_BYTES_MAX',
    default: '5000000',
    meaning: 'The largest answer read from a provider.',
  }),
  rateLimitMaxWaitSeconds: shapes.wholeNumber(0, 3_600).register(variables, {
    name: 'RATE_LIMIT_MAX_WAIT_SECONDS',
    default: '20',
    meaning: 'How long an ask waits for its turn before it is refused as RATE_LIMITED.',
  }),
} as const;

type UpstreamConfig = Readonly<z.output<z.ZodObject<typeof upstreamVariables>>>;

/** The options of the provider clients. */
export const providerOptionsOf = (config: UpstreamConfig) => ({
  upstreams: {
    FIRMABLE: { baseUrl: config.firmableBaseUrl, requestsPerSecond: config.firmableRequestsPerSecond },
    PEOPLE_DATA_LABS: {
      baseUrl: config.peopleDataLabsBaseUrl,
      requestsPerSecond: config.peopleDataLabsRequestsPerSecond,
    },
    APOLLO: { baseUrl: config.apolloBaseUrl, requestsPerSecond: config.apolloRequestsPerSecond },
  },
  connectTimeoutMs: config.upstreamConnectTimeoutMs,
  totalTimeoutMs: config.upstreamTimeoutMs,
  bodyBytesMax: config.upstreamBodyBytesMax,
});

/** The operator's own key of each provider as it was pasted, with its variable; null: none. */
export const managedKeysOf = (config: UpstreamConfig) => [
  { provider: 'FIRMABLE', variable: 'MANAGED_FIRMABLE_KEY', pasted: config.managedFirmableKey },
  {
    provider: 'PEOPLE_DATA_LABS',
    variable: 'MANAGED_PEOPLEDATALABS_KEY',
    pasted: config.managedPeopleDataLabsKey,
  },
  { provider: 'APOLLO', variable: 'MANAGED_APOLLO_KEY', pasted: config.managedApolloKey },
];
