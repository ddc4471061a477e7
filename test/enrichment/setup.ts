import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import type { Caller, Role } from '../../src/access/caller.js';
import { createCredentialResolver } from '../../src/connections/choose-credential.js';
import { createConnection } from '../../src/connections/create-connection.js';
import { createVault } from '../../src/connections/vault.js';
import { createAllowance, unlimited } from '../../src/enrichment/allowance.js';
import { type CircuitBreakers, createCircuitBreakers } from '../../src/providers/circuit-breaker.js';
import { createEnrichment, type Enrichment } from '../../src/enrichment/lookup.js';
import { createQuote, type QuoteVerb } from '../../src/enrichment/quotes/quote.js';
import type { BalanceReading } from '../../src/enrichment/deps.js';
import { createProviderKeys } from '../../src/enrichment/provider-services.js';
import type { LookupRequest } from '../../src/enrichment/lookup-request.js';
import { remainingBudgets } from '../../src/budgets/remaining.js';
import type { ManagedKeys } from '../../src/connections/managed-keys.js';
import { createLedger, type Ledger } from '../../src/ledger/ledger.js';
import { findKnownRecords } from '../../src/ledger/known-records.js';
import type { Log } from '../../src/platform/log.js';
import { type Clock, systemClock } from '../../src/platform/time.js';
import type { Database } from '../../src/platform/database.js';
import { createProviders, type Provider, type ProviderName } from '../../src/providers/catalogue.js';
import type { Call, Permit } from '../../src/providers/provider.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { createWaterfallFinder, type WaterfallFinder } from '../../src/waterfalls/create-waterfall-finder.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';
import { anyTime } from '../support/any-time.js';

export type Desk = {
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

/** One workspace at the desk. */
export type Client = {
  workspaceId: string;
  /** Its Firmable key. */
  key: string;
  connectionId: string | null;
  as: (role: Role) => Caller;
  request: (more?: Partial<Omit<LookupRequest, 'allowance'>> & { maxCredits?: number }) => LookupRequest;
  /** Stores a key; which provider's it is is told by its beginning. Answers the connection's id. */
  connect: (key: string, name?: string) => Promise<string>;
  connectAs: (provider: ProviderName, key: string, makeDefault?: boolean) => Promise<string>;
  /** Connections to fresh sandbox accounts of the two rivals; answers their keys and ids. */
  connectRivals: () => Promise<Record<'pdl' | 'apollo', { key: string; id: string }>>;
  /** What the provider itself counts for the account of the key. */
  provider: (key?: string) => { creditsUsed: number; requests: number };
};

export type DeskOptions = {
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
  log?: Log;
  acquirePermit?: () => Promise<Permit>;
};

// One for all desks of a file, which may share a database.
const secret = randomBytes(32);

const nowhere = 'http://127.0.0.1:9';
const upstream = (baseUrl = nowhere) => ({ baseUrl });

/** Asks as the gateway makes them: real connections, ledger, clients and sandbox, on a database of the file's own. */
export const openDesk = async (store: TestDatabase, options: DeskOptions = {}): Promise<Desk> => {
  const { database } = store;
  const sandbox = await startSandbox({
    latencyMs: 0,
    slowLatencyMs: options.slowLatencyMs ?? 400,
    records: 60,
    requestsPerSecond: 100_000,
    requestsPerMinute: 100_000,
  });
  const providers = createProviders({
    log: silentLog,
    sandboxUrls: sandbox.urls,
    upstreams: {
      FIRMABLE: upstream(options.baseUrls?.FIRMABLE ?? options.baseUrl),
      PEOPLE_DATA_LABS: upstream(options.baseUrls?.PEOPLE_DATA_LABS),
      APOLLO: upstream(options.baseUrls?.APOLLO),
    },
    totalTimeoutMs: options.totalTimeoutMs ?? 5_000,
    ...(options.bodyBytesMax === undefined ? {} : { bodyBytesMax: options.bodyBytesMax }),
  });
  const turn = options.acquirePermit ?? (() => Promise.resolve(anyTime));
  const callWith = (_: Provider, key: string): Call => ({ key, acquirePermit: turn });
  const providerKeys = createProviderKeys({ providers, callWith, sandbox: true });
  const vault = createVault({ database, secrets: [secret] });
  const ledger = createLedger(database, silentLog, {
    reservationSeconds: 60,
    ledgerBatchMax: 512,
    reserveTimeoutMs: 1_500,
  });
  const waterfalls = createWaterfallFinder({ database });
  const breakers = createCircuitBreakers(options.clock ?? systemClock);
  const readings: BalanceReading[] = [];
  const { managedKeys = {} } = options;
  const deps = {
    providers,
    resolveCredential: createCredentialResolver({ database, vault, providerKeys, managedKeys }),
    ledger,
    breakers,
    waterfalls,
    providerOfConnection: waterfalls.providerOfConnection,
    callWith,
    reportBalance: (reading: BalanceReading) => {
      readings.push(reading);
    },
    snapshotMaxAgeSeconds: options.snapshotMaxAgeSeconds ?? 86_400,
    lookupTimeoutMs: options.lookupTimeoutMs ?? 45_000,
    log: options.log ?? silentLog,
  };
  closing.push(async () => {
    await ledger.close(2_000);
    await Promise.all(Object.values(providers).map((provider) => provider.close()));
    await sandbox.close();
  });

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
        tally: { charged: 0n, saved: 0n, reserved: 0n },
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
    ledger,
    enrichment: createEnrichment(deps),
    quote: createQuote({
      ...deps,
      findKnownRecords: (wanted) => findKnownRecords(database.sql, wanted),
      remainingBudgets: (caller) => remainingBudgets({ database }, caller),
      balanceOf: () => Promise.resolve(null),
    }),
    breakers,
    waterfalls,
    readings,
    open,
  };
};

/** A key whose account nobody else in the run uses; a temper such as `flaky` is shared by its keys' accounts. */
export const newSandboxKey = (prefix: 'fbl' | 'pdl' | 'apollo' = 'fbl'): string =>
  `${prefix}_sandbox_a${randomBytes(8).toString('hex')}`;

const providerOf = (key: string): ProviderName =>
  key.startsWith('fbl_') ? 'FIRMABLE' : key.startsWith('pdl_') ? 'PEOPLE_DATA_LABS' : 'APOLLO';

/** One database for the file, with its desks closed before it. */
export const openStore = async (): Promise<TestDatabase> => {
  const store = await createTestDatabase();
  stores.push(store);
  return store;
};

const closing: (() => Promise<void>)[] = [];
const stores: TestDatabase[] = [];
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await Promise.all(stores.map((store) => store.close()));
});
