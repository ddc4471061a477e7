import { beforeAll } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createAllowance, unlimited } from '../../src/enrichment/allowance.js';
import type { Enrichment } from '../../src/enrichment/lookup.js';
import type { QuoteVerb } from '../../src/enrichment/quotes/quote.js';
import { type LookupRequest, newCounts } from '../../src/enrichment/lookup-request.js';
import { newId } from '../../src/platform/ids.js';
import type { Provider, ProviderName } from '../../src/providers/catalogue.js';
import { createWorkspace } from '../support/workspace.js';
import { closeAfterFile } from '../support/close-after-file.js';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import type { TestDatabase } from '../support/database.js';
import { createFakeProviders, type FakeProviders, type Script } from '../support/fake-providers.js';
import { openStore } from './setup.js';
import { anyTime } from '../support/any-time.js';

/** The scripted providers of each scenario, by the key of its lookups. */
const scripted = new Map<string, FakeProviders>();
const unscripted = createFakeProviders(() => ({ kind: 'BROKEN' })).providers;
const routed = (name: ProviderName): Provider => ({
  ...unscripted[name],
  findCompany: (call, lookup) =>
    (scripted.get(call.key)?.providers ?? unscripted)[name].findCompany(call, lookup),
});

/** The accounts of each scenario, by its workspace and provider. */
const accounts = new Map<string, string>();
const accountOf = (workspaceId: string, provider: string): string => {
  const key = `${workspaceId} ${provider}`;
  const accountId = accounts.get(key) ?? newId();
  accounts.set(key, accountId);
  return accountId;
};

export let store: TestDatabase;
let app: TestApp;
/** Starts the app of a file's scenarios, on a database of its own. Each file calls it once. */
export const useScenarios = (): void => {
  beforeAll(async () => {
    store = await openStore();
    app = await createTestApp({
      database: store,
      providers: {
        FIRMABLE: routed('FIRMABLE'),
        PEOPLE_DATA_LABS: routed('PEOPLE_DATA_LABS'),
        APOLLO: routed('APOLLO'),
      },
      resolveCredential: ({ workspaceId }, { provider }) =>
        Promise.resolve({
          key: workspaceId,
          accountId: accountOf(workspaceId, provider),
          connectionId: null,
          payer: provider === 'APOLLO' ? 'MANAGED' : 'CALLER_KEY',
          sandbox: false,
        }),
      rateLimiter: () => Promise.resolve(anyTime),
      config: { sandbox: false },
      maintenance: false,
      logLevel: 'silent',
    });
    closeAfterFile(app.close);
  });
};

export type Scenario = FakeProviders & {
  enrichment: Enrichment;
  quote: QuoteVerb;
  caller: Caller;
  workspaceId: string;
};

/** A workspace of its own with an account at each of the scripted providers. */
export const openScenario = async (script: Script): Promise<Scenario> => {
  const { id: workspaceId, as } = await createWorkspace(store.database);
  const fakes = createFakeProviders(script);
  scripted.set(workspaceId, fakes);
  return {
    ...fakes,
    enrichment: app.gateway,
    quote: app.gateway.quote,
    caller: as.MEMBER,
    workspaceId,
  };
};

export const requestOf = (caller: Caller, maxCredits: number | null = null): LookupRequest => ({
  caller,
  callerKeys: {},
  workflow: null,
  allowance: maxCredits === null ? unlimited : createAllowance(BigInt(maxCredits)),
  requestId: null,
  maySpend: true,
  ...newCounts(),
});
