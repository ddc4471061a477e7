import { setTimeout as sleep } from 'node:timers/promises';
import { workspaces } from '../../schema/tables/index.js';
import type { CredentialResolver } from '../../src/connections/resolve-credential.js';
import type { CompanyLookup } from '../../src/providers/provider.js';
import { newId } from '../../src/platform/ids.js';
import { sendLookup, type SentLookup } from './lookup.js';
import { createBudgetModel } from './budget-model.js';
import { checkResults } from './check-results.js';
import { checkLedger } from './check-ledger.js';
import { decide } from './decide.js';
import { createDecisionModel, noteLookupKeys } from './decision-model.js';
import { createModelProvider } from './model-provider.js';
import type { History, Step } from './history.js';
import { type Instance, startInstance } from './instance.js';
import { endDecisions, expireAll, expireOf, rest } from './rest.js';
import type { Scenario } from './scenario.js';
import { checkFinally } from './final-checks.js';
import type { SimulatorDatabase } from './simulator-database.js';
import { describeLedger } from './describe-ledger.js';

// Longer than any reservation lives.
const pauseMs = 120_000;

/**
 * Runs a history against the real database; returns one line for each violation, followed by the lines of the ledger.
 */
export const runHistory = async (store: SimulatorDatabase, history: History): Promise<string[]> => {
  const scenario = await createScenario(store, history);
  const start = processStarter(scenario);
  const instances = Array.from({ length: history.instances }, (_, client) => start(client));
  const all = [...instances];
  const sent: SentLookup[] = [];
  const faults: string[] = [];
  let background: Promise<void>[] = [];
  const stopped = new Map<Instance, Extract<Step, { do: 'stop' }>>();

  const at = (number: number): { instance: Instance; client: number } => {
    const client = number % instances.length;
    const instance = instances[client];
    if (instance === undefined) throw new Error(`there is no process ${number}`);
    return { instance, client };
  };

  /** After a pause the clocks show that all reservations of the process may have expired, whether or not they have. */
  const proceed = async (instance: Instance): Promise<void> => {
    const stop = stopped.get(instance);
    if (stop === undefined) return;
    stopped.delete(instance);
    await Promise.all(background);
    background = [];
    const { counted } = stop;
    instance.continue({
      monotonic: counted === 'WALL' ? 0 : pauseMs,
      wall: counted === 'MONOTONIC' ? -pauseMs : pauseMs,
    });
  };

  const apply = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'lookup':
        sent.push(sendLookup(scenario, at(step.instance).instance, step));
        return;
      case 'budget':
      case 'limit':
      case 'endBudget':
        return scenario.budgets.apply(step);
      case 'crash':
        return at(step.instance).instance.die(step.boundaries);
      case 'restart': {
        const { instance, client } = at(step.instance);
        instance.die(0);
        const next = start(client);
        instances[client] = next;
        all.push(next);
        return;
      }
      case 'stop': {
        const { instance } = at(step.instance);
        instance.stop();
        stopped.set(instance, step);
        if (step.expires) background.push(expireOf(scenario, [instance]));
        return;
      }
      case 'continue':
        return await proceed(at(step.instance).instance);
      case 'expire':
        // Not awaited: results are settled at the same time.
        background.push(expireAll(scenario));
        return;
      case 'rotate':
        return scenario.provider.rotate(step.account);
      case 'decide':
        // Not awaited, like expiry.
        background.push(decide(scenario, step).then((found) => void faults.push(...found)));
        return;
      case 'nextDay':
        return await endDecisions(scenario);
      case 'cut':
        return store.cut(at(step.instance).client);
      case 'lose':
        return at(step.instance).instance.loseResponse();
      case 'pause':
        await sleep(step.forMs);
        return;
      case 'rest':
        for (const instance of stopped.keys()) await proceed(instance);
        await Promise.all(background);
        background = [];
        faults.push(...(await rest(scenario, all, sent)));
        faults.push(...(await checkLedger(scenario)), ...(await checkResults(scenario, sent)));
    }
  };

  for (const step of [...history.steps, { do: 'rest' } as const]) {
    await apply(step);
    if (faults.length > 0) break;
  }
  if (faults.length === 0) faults.push(...(await checkFinally(scenario, start(0), sent)));
  for (const instance of all) {
    instance.die(0);
    void instance.close();
  }
  if (history.steps.some((step) => step.do === 'cut')) await store.heal();
  // A reservation may expire before its call is sent: then another call for the same key may be in progress.
  if (!history.steps.some((step) => step.do === 'expire')) {
    faults.push(...scenario.provider.concurrent.map((call) => `two calls at once for ${call}`));
    for (const { deadCalls } of all) {
      faults.push(...deadCalls.map((call) => `a call for ${call} was sent without a reservation`));
    }
  }
  return faults.length === 0 ? [] : [...new Set(faults), ...(await describeLedger(scenario))];
};

const createScenario = async (store: SimulatorDatabase, history: History): Promise<Scenario> => {
  const workspaceId = newId();
  const connectionIds = [newId(), newId()];
  await store.database.db.insert(workspaces).values({ id: workspaceId, name: `seed ${history.seed}` });
  return {
    store,
    history,
    workspaceId,
    connectionIds,
    accountIds: [newId(), newId()],
    provider: createModelProvider(history.records),
    decided: createDecisionModel(),
    budgets: createBudgetModel(store.database, { workspaceId, connectionIds }),
  };
};

const processStarter = (scenario: Scenario): ((client: number) => Instance) => {
  const { store, history, provider } = scenario;
  const resolveCredential: CredentialResolver = (_, request) => {
    const account =
      request.connectionId === null
        ? provider.accountOf(request.callerKey ?? '')
        : scenario.connectionIds.indexOf(request.connectionId);
    return Promise.resolve({
      key: request.callerKey ?? provider.keyOf(account),
      accountId: scenario.accountIds[account] ?? '',
      connectionId: request.connectionId,
      payer: request.connectionId === null ? 'CALLER_KEY' : 'CONNECTION',
      sandbox: false,
    });
  };
  return (client) =>
    startInstance({
      base: store.deps,
      sql: store.clients[client] ?? store.database.sql,
      provider,
      resolveCredential,
      isHeld: (processId, key, lookup) => isHeld(scenario, processId, provider.accountOf(key), lookup),
      keepsSnapshots: history.keepsSnapshots,
      ledgerBatchMax: history.ledgerBatchMax,
      alone: history.alone === 'MIXED' ? (client % 2 === 0 ? 'ONE' : 'BATCH') : history.alone,
    });
};

/** A known record is fetched by its id, whatever its reservation is for: those calls are not checked. */
const isHeld = async (
  scenario: Scenario,
  processId: string,
  account: number,
  { by, country }: CompanyLookup,
): Promise<boolean> => {
  const { store, workspaceId, accountIds } = scenario;
  const rows = await store.database.sql<{ id: string; lookup_key: string }[]>`
    select id, lookup_key from reservations
    where workspace_id = ${workspaceId} and account_id = ${accountIds[account] ?? ''}
      and lookup_key = ${`company:${by.kind}:${by.value}`} and variant = ${country}
      and state = 'HELD' and token_id = ${processId}`;
  noteLookupKeys(scenario.decided, rows);
  return by.kind === 'id' || rows.length > 0;
};
