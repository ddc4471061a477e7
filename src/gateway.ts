import { ensureWorkspace } from './access/ensure-workspace.js';
import { createCallerFinder } from './access/find-caller.js';
import { createBalanceRecorder } from './balances/balance-recorder.js';
import { startBalanceWatch } from './balances/keep-watching.js';
import { createBalanceRefresher } from './balances/refresh-balance.js';
import { remainingOfAccount } from './balances/remaining-of-account.js';
import { startBudgetAlertDelivery } from './budgets/keep-delivering.js';
import { limitManagedCredits } from './budgets/limit-managed-credits.js';
import { remainingBudgets } from './budgets/remaining.js';
import type { Config } from './config/config.js';
import { createCredentialResolver } from './connections/choose-credential.js';
import { readManagedKeys, withoutKeys } from './connections/managed-keys.js';
import { createVault } from './connections/vault.js';
import { createTokenOffer } from './demo/create-token-offer.js';
import { demoToken } from './demo/demo-token.js';
import { seedDemo } from './demo/seed-demo.js';
import { createProviderBalances } from './enrichment/provider-balances.js';
import { createCircuitBreakers } from './providers/circuit-breaker.js';
import { createEnrichment } from './enrichment/lookup.js';
import { createProviderKeys } from './enrichment/provider-keys.js';
import { createQuote } from './enrichment/quotes/quote.js';
import {
  type PresumedCharge,
  type ResolvedCharge,
  resolvePresumedCharge,
} from './enrichment/resolve-presumed-charge.js';
import { toPublicId } from './platform/public-ids.js';
import { startRequestCleanup } from './idempotency/delete-expired.js';
import { startLedgerMaintenance } from './ledger/maintenance.js';
import { createLedger, type Ledger } from './ledger/ledger.js';
import { lookUp } from './ledger/look-up.js';
import { createMetrics } from './http/metrics/create-metrics.js';
import { createRateLimiter } from './rate-limit/pace.js';
import { systemClock } from './platform/clock.js';
import { countChanges } from './platform/count-changes.js';
import { withTimeout } from './platform/with-timeout.js';
import type { Log } from './platform/log.js';
import { migrationsCurrent } from './platform/migrate.js';
import type { Store } from './platform/open-store.js';
import { createProviders, type Provider } from './providers/catalogue.js';
import type { Call } from './providers/provider.js';
import { flagship } from './sandbox/samples.js';
import { startSandbox } from './sandbox/start-sandbox.js';
import type { ServerContext } from './http/start-server.js';
import { createWaterfallFinder } from './waterfalls/create-waterfall-finder.js';

export type Context = ServerContext & {
  /** The first ADMIN token, where it was made just now: to be shown once. */
  firstToken: string | null;
  /** The domain of a record that the sandbox knows; null while it is off. */
  sampleDomain: string | null;
  /** Fetches the record of a doubt again: the operator's way to end it. */
  resolvePresumedCharge: (doubt: PresumedCharge) => Promise<ResolvedCharge>;
  /** Finishes and settles what is under way, for at most `timeoutMs`, and lets go of the rooms. The store stays open. */
  close: (timeoutMs?: number) => Promise<void>;
};

const tidyEveryMs = 2_000;
const deliverEveryMs = 2_000;
const clearEveryMs = 60_000;
const webhookTimeoutMs = 5_000;

/**
 * Wires all rooms: the one place where they meet. Any part can be replaced in tests; another ledger only for measuring
 * what this one costs.
 */
export const createGateway = async (
  base: { config: Config; store: Store; log: Log; ledger?: Ledger },
  parts: Partial<Context> = {},
): Promise<Context> => {
  const { config, store, log } = base;
  const { database, secrets } = store;
  const vault = createVault({ database, secrets });
  await vault.check();

  const hasManaged = managedKeysOf(config).some(({ pasted }) => pasted !== null);
  const isDemo = config.sandbox && store.embedded && config.bootstrapToken === null && !hasManaged;
  const tokenOfDemo = isDemo && secrets[0] !== undefined ? demoToken(secrets[0]) : null;
  const workspace = await ensureWorkspace({ database }, { ...config, firstSecret: tokenOfDemo });

  const sandbox = config.sandbox ? await startSandbox({ log }) : null;
  const providers = createProviders({
    log,
    sandboxUrls: sandbox?.urls ?? {},
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
  const pace = createRateLimiter(database.sql, { maxWaitSeconds: config.rateLimitMaxWaitSeconds });
  const callWith = (provider: Provider, key: string): Call => ({
    key,
    turn: async () => {
      const fingerprint = await vault.fingerprint(provider.name, key);
      return await pace(fingerprint.toString('base64'), provider.requestsPerSecond);
    },
  });
  const providerKeys = createProviderKeys({ providers, callWith, sandbox: config.sandbox });
  const managedKeys = await orClose(sandbox, () => readManagedKeys(providerKeys, managedKeysOf(config)));
  await limitManagedCredits(database, config.managedCredits ?? {});

  const breakers = createCircuitBreakers(systemClock);
  const metrics = createMetrics(breakers);
  const { reservationSeconds, ledgerBatchMax } = config;
  const limits = { reservationSeconds, ledgerBatchMax, reserveTimeoutMs: 1_500 };
  const ledger = metrics.meterLedger(base.ledger ?? createLedger(database, log, limits));
  const stopTidying = startLedgerMaintenance(database.sql, log, tidyEveryMs);
  const stopClearing = startRequestCleanup(database, log, clearEveryMs);
  const stopDelivering = startBudgetAlertDelivery(
    { database, vault, log, timeoutMs: webhookTimeoutMs, showId: toPublicId },
    deliverEveryMs,
  );
  const stopWatching = startBalanceWatch(
    { database, vault, log, timeoutMs: webhookTimeoutMs, showId: toPublicId },
    deliverEveryMs,
  );
  const providerBalances = createProviderBalances({ providers, callWith });
  const refreshBalance = createBalanceRefresher({ database, vault, providerKeys, providerBalances, log });
  const balanceRecorder = createBalanceRecorder({ database, log });
  const waterfalls = createWaterfallFinder({ database });
  const changes = countChanges();
  const deps = {
    providers,
    resolveCredential: createCredentialResolver({ database, vault, providerKeys, managedKeys, changes }),
    waterfalls,
    providerOfConnection: waterfalls.providerOfConnection,
    breakers,
    ledger,
    callWith,
    reportBalance: balanceRecorder.reportBalance,
    snapshotMaxAgeSeconds: config.snapshotMaxAgeSeconds,
    lookupTimeoutMs: config.lookupTimeoutMs,
    log,
  };
  const enrichment = metrics.meterEnrichment(createEnrichment(deps));
  const quote = createQuote({
    ...deps,
    lookUp: (wanted) => lookUp(database.sql, wanted),
    remainingBudgets: (caller) => remainingBudgets({ database }, caller),
    balanceOf: (caller, accountId) => remainingOfAccount({ database }, caller, accountId),
  });
  // Where an operator has keys, the first asks are theirs to pay: a demo's connections would stand in the way.
  if (workspace.created && config.sandbox && workspace.bootstrap !== null && !hasManaged) {
    await seedDemo({ database, vault, providerKeys, enrichment }, workspace.bootstrap);
  }

  let closed = false;
  const findCaller = createCallerFinder({ database, clock: systemClock });
  return {
    config,
    log,
    database,
    clock: systemClock,
    vault,
    providerKeys,
    connectionChanges: changes,
    providers,
    sandbox: config.sandbox,
    managed: withoutKeys(managedKeys),
    waterfalls,
    breakers,
    metricsText: metrics.text,
    refreshBalance,
    ...enrichment,
    quote,
    resolvePresumedCharge: (doubt) => resolvePresumedCharge(deps, doubt),
    findCaller,
    migrationsCurrent: () => migrationsCurrent(database),
    offerToken: tokenOfDemo === null ? null : createTokenOffer({ database, findCaller }, tokenOfDemo),
    firstToken: workspace.secret,
    sampleDomain: config.sandbox ? flagship.domain : null,
    close: async (timeoutMs = config.shutdownSeconds * 1_000) => {
      if (closed) return;
      closed = true;
      await ledger.close(timeoutMs);
      metrics.close();
      await Promise.all([
        stopTidying(),
        stopClearing(),
        stopDelivering(),
        stopWatching(),
        balanceRecorder.close(),
      ]);
      // A call that is still under way has had its time; its reservation tells of the doubt.
      const closing = Promise.all(Object.values(providers).map((provider) => provider.close()));
      await withTimeout(500, closing, () => new Error('a call is still under way')).catch(() => {});
      await sandbox?.close();
    },
    ...parts,
  };
};

const managedKeysOf = (config: Config) => [
  { provider: 'FIRMABLE', variable: 'MANAGED_FIRMABLE_KEY', pasted: config.managedFirmableKey },
  {
    provider: 'PEOPLE_DATA_LABS',
    variable: 'MANAGED_PEOPLEDATALABS_KEY',
    pasted: config.managedPeopleDataLabsKey,
  },
  { provider: 'APOLLO', variable: 'MANAGED_APOLLO_KEY', pasted: config.managedApolloKey },
];

/** Lets go of what was opened where the work fails: nothing else knows of it yet, and it would keep a command alive. */
const orClose = async <Result>(
  opened: { close: () => Promise<void> } | null,
  work: () => Result,
): Promise<Result> => {
  try {
    return work();
  } catch (error) {
    await opened?.close();
    throw error;
  }
};
