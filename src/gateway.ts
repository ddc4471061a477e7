import { ensureWorkspace } from './access/ensure-workspace.js';
import { createCallerFinder } from './access/find-caller.js';
import { recordRestore } from './access/record-restore.js';
import { createAlerting } from './alerting.js';
import { sealPlainAddresses, webhookSecrets } from './alerts/destination.js';
import { createBalanceRecorder } from './balances/balance-recorder.js';
import { createBalanceRefresher } from './balances/refresh-balance.js';
import { createBalanceReader, remainingOfAccount } from './balances/read-balance.js';
import { limitManagedCredits } from './budgets/managed-limits.js';
import { remainingBudgets } from './budgets/read-budgets.js';
import { alertOptionsOf, type Config, managedKeysOf, providerOptionsOf } from './config/config.js';
import { createCredentialResolver } from './connections/resolve-credential.js';
import { readManagedKeys, withoutKeys } from './connections/managed-keys.js';
import { announceInstance } from './connections/instances.js';
import { connectionKeys, logUnknownKeys } from './connections/rotate-encryption-keys.js';
import { createVault, type Vault } from './connections/vault.js';
import type { Replaceable } from './replaceable.js';
import { startScheduledWork } from './scheduled-work.js';
import { createTokenOffer, demoToken, seedDemo } from './demo.js';
import type { EnrichmentDeps } from './enrichment/deps.js';
import { logFailures } from './enrichment/log-failures.js';
import { createEnrichment } from './enrichment/lookup.js';
import { createProviderBalances, createProviderKeys } from './enrichment/provider-services.js';
import { createListQuote, createQuote, type QuoteDeps } from './enrichment/quotes/quote.js';
import type { ResolvedCharge } from './enrichment/resolve-presumed-charge.js';
import { resolvePresumedCharges } from './enrichment/resolve-presumed-charges.js';
import { createSnapshotCache } from './enrichment/snapshot-cache.js';
import { createJob } from './jobs/create-job.js';
import { createJobQuoter } from './jobs/quote-job.js';
import { type JobEngine, startJobEngine } from './jobs/engine.js';
import { createMetrics } from './http/metrics/create-metrics.js';
import type { ServerContext } from './http/start-server.js';
import { createLedger } from './ledger/ledger.js';
import type { PresumedCharge } from './ledger/list-presumed-charges.js';
import { findKnownRecords } from './ledger/known-records.js';
import { systemClock } from './platform/time.js';
import { countChanges } from './platform/cached-loader.js';
import type { Log } from './platform/log.js';
import { migrationsCurrent, readSchema } from './platform/migrate.js';
import type { Store } from './platform/open-store.js';
import { followStandby } from './platform/standby.js';
import { withTimeout } from './platform/with-timeout.js';
import { createProviders, type Provider, titleOf } from './providers/catalogue.js';
import { createCircuitBreakers } from './providers/circuit-breaker.js';
import type { Call } from './providers/provider.js';
import { createLookupCounter } from './rate-limit/lookup-counter.js';
import { createRateLimiter } from './rate-limit/rate-limiter.js';
import { createRequestLimiter } from './rate-limit/request-limiter.js';
import { examplesByProvider, flagship } from './sandbox/samples.js';
import { type Sandbox, startSandbox } from './sandbox/start-sandbox.js';
import { createRecordWords } from './records/write-words.js';
import { createSubscriptions } from './subscriptions/subscriptions.js';
import { createReportQueue } from './usage/report-queue.js';
import { createWaterfallFinder } from './waterfalls/create-waterfall-finder.js';

/** The running gateway: what the HTTP server, the commands and the tests need of it. */
export type Gateway = ServerContext & {
  enrichmentDeps: EnrichmentDeps;
  /** Null while SANDBOX is off. */
  sandboxServer: Sandbox | null;
  /** The first ADMIN token if this start created it: to be shown once. */
  firstToken: string | null;
  /** The domain of a record that the sandbox knows; null while it is off. */
  sampleDomain: string | null;
  /** Fetches the record of a presumed charge again, for the operator's command. */
  resolvePresumedCharges: (charges: readonly PresumedCharge[]) => Promise<Map<string, ResolvedCharge>>;
  /** Runs jobs; null in the process of a command. */
  jobEngine: JobEngine | null;
  /** Finishes and settles the calls in flight, for at most `timeoutMs`, and stops everything. The store stays open. */
  close: (timeoutMs?: number) => Promise<void>;
};

type Base = { config: Config; store: Store; log: Log } & Partial<Replaceable>;

const announceEveryMs = 5_000;

/** Connects all modules: the only composition root. `replaced` takes the place of fields of the result. */
export const createGateway = async (base: Base, replaced: Partial<Gateway> = {}): Promise<Gateway> => {
  const { config, log, store } = base;
  const vault = createVault({ ...store, log });
  // A command makes its gateway without scheduled work: it ends soon, and no rotation has to wait for it.
  const instance =
    base.maintenance === false
      ? await vault.followDatabase().then(() => ({ id: null, withdraw: async () => {} }))
      : await announceInstance({ ...store, vault, log }, announceEveryMs);
  const sandbox = config.sandbox ? await startSandbox({ log, ...base.sandboxOptions }) : null;
  try {
    return { ...(await connectModules(base, { sandbox, vault, instance })), ...replaced };
  } catch (error) {
    // An open sandbox would keep the process of a command alive.
    await Promise.all([sandbox?.close(), instance.withdraw()]);
    throw error;
  }
};

type Opened = {
  sandbox: Sandbox | null;
  vault: Vault;
  /** The id is null for a command. */
  instance: { id: string | null; withdraw: () => Promise<void> };
};

const connectModules = async (base: Base, { sandbox, vault, instance }: Opened): Promise<Gateway> => {
  const { config, store, log, clock = systemClock } = base;
  const { database, secrets } = store;
  const schema = readSchema();

  await sealPlainAddresses(database.db, vault);
  await logUnknownKeys({ database, vault, log }, [connectionKeys, ...webhookSecrets]);
  const hasManagedKeys = managedKeysOf(config).some(({ pasted }) => pasted !== null);
  const isDemo = config.sandbox && store.embedded && config.bootstrapToken === null && !hasManagedKeys;
  const tokenOfDemo = isDemo && secrets[0] !== undefined ? demoToken(secrets[0]) : null;
  const workspace = await ensureWorkspace({ database }, { ...config, firstSecret: tokenOfDemo });
  if (store.embedded) await recordRestore(database, config.dataDir);
  const findCaller = createCallerFinder({ database, clock });
  const breakers = createCircuitBreakers(clock);
  const subscriptions = createSubscriptions({ database, log }, config);
  const metrics = createMetrics({ version: schema.version, database, breakers, subscriptions });
  const { onExchange } = metrics;
  const providerOptions = { log, onExchange, sandboxUrls: sandbox?.urls ?? {}, ...providerOptionsOf(config) };
  const providers = base.providers ?? createProviders(providerOptions);
  const maxWaitSeconds = Math.min(config.rateLimitMaxWaitSeconds, config.lookupTimeoutMs / 1_000);
  const acquirePermit = base.rateLimiter ?? createRateLimiter(database.sql, { maxWaitSeconds });
  const callWith = (provider: Provider, key: string, yields = false): Call => ({
    key,
    acquirePermit: async (maxWaitMs) => {
      const fingerprint = (await vault.fingerprint(provider.name, key)).toString('base64');
      return await metrics.meterPermit(provider.name, () =>
        acquirePermit(fingerprint, provider.requestsPerSecond, maxWaitMs, yields),
      );
    },
  });
  const providerKeys = createProviderKeys({ providers, callWith, sandbox: config.sandbox });
  const managedKeys = readManagedKeys(providerKeys, managedKeysOf(config));
  await limitManagedCredits(database, config.managedCredits ?? {});

  const ledger = metrics.meterLedger(
    base.ledger ?? createLedger(database, log, { ...config, reserveTimeoutMs: 1_500 }, base.clocks),
  );
  const waterfalls = createWaterfallFinder({ database });
  const connectionChanges = countChanges();
  const credentialDeps = { database, vault, providerKeys, managedKeys, changes: connectionChanges };
  const balanceRecorder = createBalanceRecorder({ database, log });
  const alertOptions = { ...alertOptionsOf(config), titleOf: (name: string) => titleOf(providers, name) };
  const alerting = createAlerting({ database, log }, alertOptions, base.maintenance !== false);
  const enrichmentDeps: EnrichmentDeps = {
    providers,
    resolveCredential: base.resolveCredential ?? createCredentialResolver(credentialDeps),
    waterfalls,
    providerOfConnection: waterfalls.providerOfConnection,
    breakers,
    ledger,
    countLookups: createLookupCounter(database.sql),
    callWith,
    reportBalance: base.reportBalance ?? balanceRecorder.reportBalance,
    reportCall: alerting.reportCall,
    snapshotCache: metrics.meterSnapshotCache(createSnapshotCache(config.snapshotCacheBytesMax)),
    snapshotMaxAgeSeconds: config.snapshotMaxAgeSeconds,
    lookupTimeoutMs: config.lookupTimeoutMs,
    log,
  };
  const enrichment = metrics.meterEnrichment(logFailures(createEnrichment(enrichmentDeps), log));
  const quoteDeps = {
    ...enrichmentDeps,
    findKnownRecords: (wanted) => findKnownRecords(database.sql, wanted),
    remainingBudgets: (caller) => remainingBudgets({ database }, caller),
    balanceOf: (caller, accountId) => remainingOfAccount({ database }, caller, accountId),
  } satisfies QuoteDeps;
  const quote = createQuote(quoteDeps);
  const quoteJob = createJobQuoter({ database, clock, providers, quoteList: createListQuote(quoteDeps) });
  const providerBalances = createProviderBalances({ providers, callWith });
  const refreshBalance = createBalanceRefresher({ database, vault, providerKeys, providerBalances, log });

  // With managed keys the first lookups are the operator's to pay: no demo connection may pay in their place.
  const mayHaveDemo = base.demo !== false && config.sandbox && !hasManagedKeys;
  if (mayHaveDemo && workspace.created && workspace.bootstrap !== null) {
    log.info('adding the records of the demo');
    const seeder = { ...workspace.bootstrap, from: { operator: 'start' } };
    await seedDemo({ database, vault, providerKeys, enrichment }, seeder);
  }

  const following = { ...config, instanceId: instance.id, connectionsMax: database.reportsMax };
  const standby = metrics.meterStandby(followStandby({ primary: database, log }, following));
  const recordWords = createRecordWords({ database, providers, log });
  const balances = { refreshBalance, reporting: providerBalances.reporting };
  const scheduled = { balances, store, vault, log, ...alerting, recordWords, onAttempt: metrics.meterAlert };
  const stops =
    base.maintenance === false ? [alerting.stop] : startScheduledWork({ ...config, ...scheduled });
  const jobDeps = { ...config, database, clock, log, enrichment, providers, quoteJob };
  const jobEngine = instance.id === null ? null : startJobEngine({ ...jobDeps, instanceId: instance.id });
  const wakeJobs = () => jobEngine?.wake();
  let closed = false;
  return {
    ...enrichment,
    config,
    log,
    database,
    clock,
    vault,
    providerKeys,
    connectionChanges,
    providers,
    sandbox: config.sandbox,
    sandboxExamples: examplesByProvider,
    sandboxServer: sandbox,
    standby,
    managed: withoutKeys(managedKeys),
    waterfalls,
    breakers,
    ...alerting,
    enrichmentDeps,
    version: schema.version,
    metricsText: metrics.text,
    meterRequest: metrics.meterRequest,
    meterTokenRefusal: metrics.meterTokenRefusal,
    refreshBalance,
    readBalance: createBalanceReader({ database, refreshBalance }),
    operationsOf: providerBalances.operationsOf,
    quote,
    createJob: (request, input) =>
      createJob({ ...config, ...enrichmentDeps, database, quoteJob, wakeJobs }, request, input),
    wakeJobs,
    recordWords,
    subscriptions,
    runReport: createReportQueue(database, { standby, clock }),
    resolvePresumedCharges: (charges) => resolvePresumedCharges(enrichmentDeps, charges),
    findCaller,
    limitRequests: createRequestLimiter(database.sql),
    migrationsCurrent: () => database.ping().then(() => migrationsCurrent(database, schema)),
    offerToken: tokenOfDemo === null ? null : createTokenOffer({ database, findCaller }, tokenOfDemo),
    firstToken: workspace.secret,
    sampleDomain: config.sandbox ? flagship.domain : null,
    jobEngine,
    close: async (timeoutMs = config.shutdownSeconds * 1_000) => {
      if (closed) return;
      closed = true;
      subscriptions.close();
      // Calls that wait have sent nothing: their reservations must not expire as presumed charges.
      breakers.close();
      await Promise.all([jobEngine?.stop(timeoutMs), ledger.close(timeoutMs)]);
      metrics.close();
      await Promise.all([...stops.map((stop) => stop()), balanceRecorder.close(), standby?.close()]);
      await instance.withdraw();
      // A call still in flight has had its time; its reservation becomes a presumed charge.
      const closing = Promise.all(Object.values(providers).map((provider) => provider.close()));
      await withTimeout(500, closing, () => new Error('a call is still in flight')).catch(() => {});
      await sandbox?.close();
    },
  };
};
