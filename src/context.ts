import { ensureWorkspace } from './access/ensure-workspace.js';
import { createCallerFinder } from './access/find-caller.js';
import { keepDelivering } from './budgets/keep-delivering.js';
import type { Config } from './config.js';
import { createCredentialChooser } from './connections/choose-credential.js';
import { createVault } from './connections/vault.js';
import { demoToken } from './demo/demo-token.js';
import { seedDemo } from './demo/seed-demo.js';
import { createEnrichment } from './enrichment/create-enrichment.js';
import { createKeyDesk } from './enrichment/create-key-desk.js';
import { type OpenDoubt, type SettledDoubt, settleDoubt } from './enrichment/settle-doubt.js';
import { toPublicId } from './graphql/public-ids.js';
import { keepClearing } from './idempotency/keep-clearing.js';
import { keepTidy } from './ledger/keep-tidy.js';
import { createLedger } from './ledger/ledger.js';
import { createPace } from './pace/pace.js';
import { systemClock } from './platform/clock.js';
import { within } from './platform/deadline.js';
import type { Log } from './platform/log.js';
import { migrationsCurrent } from './platform/migrate.js';
import type { Store } from './platform/open-store.js';
import { createProviders } from './providers/catalogue.js';
import type { Call, Provider } from './providers/provider.js';
import { flagship } from './sandbox/samples.js';
import { startSandbox } from './sandbox/start-sandbox.js';
import type { ServerContext } from './server/start-server.js';

export type Context = ServerContext & {
  /** The first ADMIN token, where it was made just now: to be shown once. */
  firstToken: string | null;
  /** The domain of a record that the sandbox knows; null while it is off. */
  sampleDomain: string | null;
  /** Fetches the record of a doubt again: the operator's way to end it. */
  settleDoubt: (doubt: OpenDoubt) => Promise<SettledDoubt>;
  /** Finishes and settles what is under way, for at most `timeoutMs`, and lets go of the rooms. The store stays open. */
  close: (timeoutMs?: number) => Promise<void>;
};

const tidyEveryMs = 2_000;
const deliverEveryMs = 2_000;
const clearEveryMs = 60_000;
const webhookTimeoutMs = 5_000;

/** Wires all rooms: the one place where they meet. Any part can be replaced in tests. */
export const createContext = async (
  base: { config: Config; store: Store; log: Log },
  parts: Partial<Context> = {},
): Promise<Context> => {
  const { config, store, log } = base;
  const { database, secrets } = store;
  const vault = createVault({ database, secrets });
  await vault.check();

  const isDemo = config.sandbox && store.embedded && config.bootstrapToken === null;
  const tokenOfDemo = isDemo && secrets[0] !== undefined ? demoToken(secrets[0]) : null;
  const workspace = await ensureWorkspace({ database }, { ...config, firstSecret: tokenOfDemo });

  const sandbox = config.sandbox ? await startSandbox({ log }) : null;
  const providers = createProviders({
    firmable: {
      baseUrl: config.firmableBaseUrl,
      sandboxBaseUrl: sandbox?.url ?? null,
      log,
      requestsPerSecond: config.firmableRequestsPerSecond,
      connectTimeoutMs: config.upstreamConnectTimeoutMs,
      totalTimeoutMs: config.upstreamTimeoutMs,
      bodyBytesMax: config.upstreamBodyBytesMax,
    },
  });
  const pace = createPace(database.sql, { patienceSeconds: config.pacePatienceSeconds });
  const callWith = (provider: Provider, key: string): Call => ({
    key,
    turn: async () => {
      const fingerprint = await vault.fingerprint(provider.name, key);
      await pace(fingerprint.toString('base64'), provider.requestsPerSecond);
    },
  });
  const keyDesk = createKeyDesk({ providers, callWith, sandbox: config.sandbox });

  const ledger = createLedger(database, log, {
    reservationSeconds: config.reservationSeconds,
    groupItemsMax: config.groupItemsMax,
    reserveTimeoutMs: 1_500,
  });
  const stopTidying = keepTidy(database.sql, log, tidyEveryMs);
  const stopClearing = keepClearing(database, log, clearEveryMs);
  const stopDelivering = keepDelivering(
    { database, vault, log, timeoutMs: webhookTimeoutMs, showId: toPublicId },
    deliverEveryMs,
  );
  const deps = {
    providers,
    chooseCredential: createCredentialChooser({ database, vault, keyDesk }),
    ledger,
    callWith,
    snapshotMaxAgeSeconds: config.snapshotMaxAgeSeconds,
    log,
  };
  const enrichment = createEnrichment(deps);
  if (workspace.created && config.sandbox && workspace.bootstrap !== null) {
    await seedDemo({ database, vault, keyDesk, enrichment }, workspace.bootstrap);
  }

  let closed = false;
  const findCaller = createCallerFinder({ database, clock: systemClock });
  const isLive = (token: string): Promise<boolean> =>
    findCaller(token).then(
      () => true,
      () => false,
    );
  return {
    config,
    log,
    database,
    clock: systemClock,
    vault,
    keyDesk,
    providers,
    sandbox: config.sandbox,
    ...enrichment,
    settleDoubt: (doubt) => settleDoubt(deps, doubt),
    findCaller,
    migrationsCurrent: () => migrationsCurrent(database),
    demo: tokenOfDemo !== null && (await isLive(tokenOfDemo)) ? { token: tokenOfDemo } : null,
    firstToken: workspace.secret,
    sampleDomain: config.sandbox ? flagship.domain : null,
    close: async (timeoutMs = config.shutdownSeconds * 1_000) => {
      if (closed) return;
      closed = true;
      await ledger.close(timeoutMs);
      await Promise.all([stopTidying(), stopClearing(), stopDelivering()]);
      // A call that is still under way has had its time; its reservation tells of the doubt.
      const closing = Promise.all(Object.values(providers).map((provider) => provider.close()));
      await within(500, closing, () => new Error('a call is still under way')).catch(() => {});
      await sandbox?.close();
    },
    ...parts,
  };
};
