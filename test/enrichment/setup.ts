import { randomBytes } from 'node:crypto';
import type { Caller, Role } from '../../src/access/caller.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { createAllowance, unlimited } from '../../src/enrichment/allowance.js';
import type { CircuitBreakers } from '../../src/providers/circuit-breaker.js';
import type { Enrichment } from '../../src/enrichment/lookup.js';
import type { QuoteVerb } from '../../src/enrichment/quotes/quote.js';
import type { BalanceReading } from '../../src/enrichment/deps.js';
import { type LookupRequest, newCounts } from '../../src/enrichment/lookup-request.js';
import type { ManagedKeys } from '../../src/connections/managed-keys.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { Log } from '../../src/platform/log.js';
import type { Clocks } from '../../src/platform/elapsed.js';
import type { Clock } from '../../src/platform/time.js';
import type { Database } from '../../src/platform/database.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import type { Permit } from '../../src/providers/provider.js';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import type { WaterfallFinder } from '../../src/waterfalls/create-waterfall-finder.js';
import { closeAfterFile } from '../support/close-after-file.js';
import { createTestApp } from '../support/create-test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';
import { anyTime } from '../support/any-time.js';

export type EnrichmentApp = {
  database: Database;
  sandbox: Sandbox;
  ledger: Ledger;
  enrichment: Enrichment;
  quote: QuoteVerb;
  breakers: CircuitBreakers;
  waterfalls: WaterfallFinder;
  /** The balances that providers have reported. */
  readings: readonly BalanceReading[];
  /** A workspace with a default connection to a fresh sandbox account, or with `key`. */
  open: (key?: string | null) => Promise<Client>;
};

/** One workspace at the app. */
export type Client = {
  workspaceId: string;
  /** Its Firmable key. */
  key: string;
  connectionId: string | null;
  as: (role: Role) => Caller;
  request: (more?: Partial<Omit<LookupRequest, 'allowance'>> & { maxCredits?: number }) => LookupRequest;
  /** Stores a key, whose prefix says its provider. Returns the connection's id. */
  connect: (key: string, name?: string) => Promise<string>;
  connectAs: (provider: ProviderName, key: string, makeDefault?: boolean) => Promise<string>;
  /** Connections to fresh sandbox accounts of the two other providers; returns their keys and ids. */
  connectRivals: () => Promise<Record<'pdl' | 'apollo', { key: string; id: string }>>;
  /** What the provider itself counts for the account of the key. */
  provider: (key?: string) => { creditsUsed: number; requests: number };
};

export type EnrichmentAppOptions = {
  /** Where keys that are not the sandbox's go: Firmable's, or each provider's. */
  baseUrl?: string;
  baseUrls?: Partial<Record<ProviderName, string>>;
  totalTimeoutMs?: number;
  slowLatencyMs?: number;
  snapshotMaxAgeSeconds?: number;
  lookupTimeoutMs?: number;
  bodyBytesMax?: number;
  managedKeys?: ManagedKeys;
  /** What the circuit breakers go by. */
  clock?: Clock;
  /** What the lifetimes of reservations go by. */
  clocks?: Clocks;
  log?: Log;
  acquirePermit?: () => Promise<Permit>;
};

const nowhere = 'http://127.0.0.1:9';

/** Lookups through the gateway's own composition root: real connections, ledger, clients and sandbox. */
export const openApp = async (
  store: TestDatabase,
  options: EnrichmentAppOptions = {},
): Promise<EnrichmentApp> => {
  const { baseUrls = {}, managedKeys = {}, acquirePermit = () => Promise.resolve(anyTime) } = options;
  const readings: BalanceReading[] = [];
  const app = await createTestApp({
    database: store,
    config: {
      firmableBaseUrl: baseUrls.FIRMABLE ?? options.baseUrl ?? nowhere,
      peopleDataLabsBaseUrl: baseUrls.PEOPLE_DATA_LABS ?? nowhere,
      apolloBaseUrl: baseUrls.APOLLO ?? nowhere,
      upstreamTimeoutMs: options.totalTimeoutMs ?? 5_000,
      upstreamBodyBytesMax: options.bodyBytesMax ?? 5_000_000,
      snapshotMaxAgeSeconds: options.snapshotMaxAgeSeconds ?? 86_400,
      lookupTimeoutMs: options.lookupTimeoutMs ?? 45_000,
      managedFirmableKey: managedKeys['FIRMABLE']?.key ?? null,
      managedPeopleDataLabsKey: managedKeys['PEOPLE_DATA_LABS']?.key ?? null,
      managedApolloKey: managedKeys['APOLLO']?.key ?? null,
    },
    sandboxOptions: {
      latencyMs: 0,
      slowLatencyMs: options.slowLatencyMs ?? 400,
      records: 60,
      requestsPerSecond: 100_000,
      requestsPerMinute: 100_000,
    },
    rateLimiter: acquirePermit,
    reportBalance: (reading) => {
      readings.push(reading);
    },
    maintenance: false,
    demo: false,
    log: options.log ?? silentLog,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.clocks === undefined ? {} : { clocks: options.clocks }),
  });
  const { database, vault, providerKeys, sandboxServer: sandbox } = app.gateway;
  if (sandbox === null) throw new Error('the sandbox is off');
  closeAfterFile(app.close);

  const open = async (given?: string | null): Promise<Client> => {
    const workspace = await createWorkspace(database);
    const key = given ?? newSandboxKey();
    const connect = async (pasted: string, name = `c${randomBytes(4).toString('hex')}`): Promise<string> => {
      const input = { provider: providerOf(pasted), name, key: pasted, verify: false };
      return (await createConnection({ database, vault, providerKeys }, workspace.as.ADMIN, input)).id;
    };
    const connectAs = async (
      provider: ProviderName,
      pasted: string,
      makeDefault = false,
    ): Promise<string> => {
      const name = `c${randomBytes(4).toString('hex')}`;
      const input = { provider, name, key: pasted, verify: false, makeDefault };
      return (await createConnection({ database, vault, providerKeys }, workspace.as.ADMIN, input)).id;
    };
    const connectFresh = async (prefix: 'pdl' | 'apollo') => {
      const fresh = newSandboxKey(prefix);
      return { key: fresh, id: await connect(fresh) };
    };
    return {
      workspaceId: workspace.id,
      key,
      connectionId: given === null ? null : await connect(key),
      as: (role) => workspace.as[role],
      request: ({ maxCredits, ...more } = {}) => ({
        caller: workspace.as.MEMBER,
        callerKeys: {},
        workflow: null,
        allowance: maxCredits === undefined ? unlimited : createAllowance(BigInt(maxCredits)),
        requestId: null,
        maySpend: true,
        ...newCounts(),
        ...more,
      }),
      connect,
      connectAs,
      connectRivals: async () => ({ pdl: await connectFresh('pdl'), apollo: await connectFresh('apollo') }),
      provider: (of = key) => sandbox.account(of),
    };
  };
  return {
    database,
    sandbox,
    ledger: app.gateway.enrichmentDeps.ledger,
    enrichment: app.gateway,
    quote: app.gateway.quote,
    breakers: app.gateway.enrichmentDeps.breakers,
    waterfalls: app.gateway.waterfalls,
    readings,
    open,
  };
};

/** A key whose account nobody else in the run uses; a temper such as `flaky` is shared by its keys' accounts. */
export const newSandboxKey = (prefix: 'fbl' | 'pdl' | 'apollo' = 'fbl'): string =>
  `${prefix}_sandbox_a${randomBytes(8).toString('hex')}`;

const providerOf = (key: string): ProviderName =>
  key.startsWith('fbl_') ? 'FIRMABLE' : key.startsWith('pdl_') ? 'PEOPLE_DATA_LABS' : 'APOLLO';

/** A database that is closed after the test file, as its apps are. */
export const openStore = async (): Promise<TestDatabase> => {
  const store = await createTestDatabase();
  closeAfterFile(store.close);
  return store;
};
