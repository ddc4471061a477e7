import DataLoader from 'dataloader';
import type { AlertMessages } from '../alerts/alert.js';
import type { AlertSender } from '../alerts/send-message.js';
import type { BalanceRefresher } from '../balances/balance.js';
import type { BalanceReader } from '../balances/read-balance.js';
import {
  type BalanceOperations,
  type Proposal,
  proposeResolutions,
} from '../balances/propose-resolutions.js';
import type { ProviderKeys } from '../connections/provider-keys.js';
import type { ManagedProviders } from '../connections/managed-keys.js';
import type { Vault } from '../connections/vault.js';
import type { CircuitBreakers } from '../providers/circuit-breaker.js';
import type { Enrichment } from '../enrichment/lookup.js';
import type { QuoteVerb } from '../enrichment/quotes/quote.js';
import type { CreateJobInput } from '../jobs/create-job.js';
import type { Job } from '../jobs/job.js';
import { getJobs, getSandboxJobs } from '../jobs/read-jobs.js';
import type { LookupRequest } from '../enrichment/lookup-request.js';
import type { Changes } from '../platform/cached-loader.js';
import type { Log } from '../platform/log.js';
import type { Standby } from '../platform/standby.js';
import type { Clock } from '../platform/time.js';
import type { Database } from '../platform/database.js';
import type { Providers } from '../providers/catalogue.js';
import type { WaterfallFinder } from '../waterfalls/create-waterfall-finder.js';
import { getRecordNames, getSnapshots, type Snapshot } from '../records/snapshots.js';
import type { RecordWords } from '../records/write-words.js';
import type { ReportDeps, RunReport } from '../usage/report-queue.js';
import { authorize, type Caller } from '../access/caller.js';
import type { StreamRequest, Subscriptions } from '../subscriptions/subscriptions.js';
import { getSandboxSpend } from '../budgets/read-sandbox-spend.js';
import { type DailyUse, getDailyUse } from '../tokens/daily-use.js';
import { getTokens } from '../tokens/read-tokens.js';
import type { Token } from '../tokens/token.js';
import type { Connection } from '../connections/connection.js';
import {
  getConnections,
  getConnectionsOfAccounts,
  getConnectionsOfProviders,
} from '../connections/read-connections.js';

/** What the API needs of the gateway. */
export type GatewayApp = Enrichment & {
  quote: QuoteVerb;
  createJob: (request: LookupRequest, input: CreateJobInput) => Promise<Job>;
  /** Lets the engine of this instance look for work now. */
  wakeJobs: () => void;
  database: Database;
  clock: Clock;
  vault: Vault;
  providerKeys: ProviderKeys;
  /** Notified of every change to the connections of a workspace, so that it applies from the next lookup. */
  connectionChanges: Pick<Changes, 'note'>;
  providers: Providers;
  waterfalls: WaterfallFinder;
  breakers: Pick<CircuitBreakers, 'healthOf'>;
  refreshBalance: BalanceRefresher;
  readBalance: BalanceReader;
  /** What the balance of each provider includes. */
  operationsOf: BalanceOperations;
  runReport: RunReport;
  recordWords: Pick<RecordWords, 'catchUp'>;
  alertSender: AlertSender;
  /** What the alert of each event says. */
  alertMessages: AlertMessages;
  log: Log;
  subscriptions: Pick<Subscriptions, 'open'>;
  /** The providers that the operator has a key for. */
  managed: ManagedProviders;
  /** Whether sandbox keys are accepted. */
  sandbox: boolean;
  /** What the API shows of the settings. */
  config: { snapshotMaxAgeSeconds: number; publicUrl: string | null };
  /** The version of the gateway. */
  version: string;
  /** Whether the database answers and its migrations are those of this version. */
  migrationsCurrent: () => Promise<boolean>;
  /** Null if there is none. */
  standby: Pick<Standby, 'lagSeconds' | 'fault'> | null;
  /** Records that the sandbox of each provider has. */
  sandboxExamples: Readonly<Record<string, SandboxExamples>>;
};

/** Companies by domain and people by work e-mail that the sandbox of a provider has. */
export type SandboxExamples = { domains: readonly string[]; workEmails: readonly string[] };

/** What every resolver gets: the gateway, the request, and its loaders. */
export type GatewayContext = {
  app: GatewayApp;
  lookupRequest: LookupRequest;
  loaders: Loaders;
  /** What runs, for the log and traces; null before it runs. The name is the client's, shortened and without credentials. */
  operation: { name: string | null; type: 'query' | 'mutation' | 'subscription' | null };
  /** What the standby showed was as of this instant, of several the earliest; null if it was not read. */
  standbyReads: { asOf: Date | null };
  /** What the stream of a subscription needs of its request; null for a request that takes no stream. */
  stream: StreamRequest | null;
};

/**
 * Reads a report when it is its turn, and notes in the request how old what it shows may be. Callers without a scope that
 * wait for reports of the same `sharedBy` share one read: it is all that the result depends on besides the workspace.
 */
export const readReport = async <Result>(
  { app, lookupRequest: { caller }, standbyReads }: GatewayContext,
  read: (deps: ReportDeps) => Promise<Result>,
  { notBefore, sharedBy }: { notBefore?: Date | null; sharedBy?: readonly unknown[] } = {},
): Promise<Result> => {
  if (sharedBy !== undefined) authorize(caller, 'read');
  const { result, asOf, fromStandby } = await app.runReport(
    caller,
    async (deps) => ({ result: await read(deps), asOf: deps.asOf, fromStandby: deps.fromStandby }),
    {
      notBefore: notBefore ?? null,
      sharedAs: sharedBy === undefined ? null : JSON.stringify([caller.workspaceId, ...sharedBy]),
    },
  );
  if (fromStandby && (standbyReads.asOf === null || asOf < standbyReads.asOf)) standbyReads.asOf = asOf;
  return result;
};

type Find<Item> = (id: string | null) => Promise<Item | null> | null;

/** Batched reads of one request; null for no id and for an id of another workspace. */
export type Loaders = {
  connection: Find<Connection>;
  token: Find<Token>;
  job: Find<Job>;
  /** By the id of a job: whether it is of the sandbox. */
  sandboxJob: Find<boolean>;
  tokenUse: Find<DailyUse>;
  proposal: Find<Proposal>;
  /** By the id of an account. */
  accountConnections: Find<readonly Connection[]>;
  /** By the name of a provider; up to 100 of each. */
  providerConnections: Find<readonly Connection[]>;
  /** By the id of an unlock. */
  recordName: Find<string>;
  snapshots: Find<readonly Snapshot[]>;
  /** By the budget. */
  sandboxSpend: Find<bigint>;
};

export const createLoaders = (
  deps: Pick<GatewayApp, 'database' | 'operationsOf' | 'providers'>,
  caller: Caller,
): Loaders => ({
  connection: finder((ids) => getConnections(deps, caller, ids)),
  accountConnections: finder((ids) => getConnectionsOfAccounts(deps, caller, ids)),
  providerConnections: finder((names) => getConnectionsOfProviders(deps, caller, names)),
  token: finder((ids) => getTokens(deps, caller, ids)),
  job: finder((ids) => getJobs(deps, caller, ids)),
  sandboxJob: finder((ids) => getSandboxJobs(deps, caller, ids)),
  tokenUse: finder((ids) => getDailyUse(deps, caller, ids)),
  proposal: finder((ids) => proposeResolutions(deps, caller.workspaceId, ids)),
  recordName: finder((ids) => getRecordNames(deps, caller, ids)),
  snapshots: finder((ids) => getSnapshots(deps, caller, ids)),
  sandboxSpend: finder((ids) => getSandboxSpend(deps, caller, ids)),
});

const finder = <Item>(read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Item>>): Find<Item> => {
  // Created on first use: most requests need none.
  let loader: DataLoader<string, Item | null> | null = null;
  return (id) => {
    // Not a promise: the executor awaits each, and the object that has it. A report has hundreds of rows without labels.
    if (id === null) return null;
    loader ??= new DataLoader(async (ids) => {
      const found = await read(ids);
      return ids.map((one) => found.get(one) ?? null);
    });
    return loader.load(id);
  };
};
