import { setTimeout as sleep } from 'node:timers/promises';
import { workspaces } from '../../schema/tables/index.js';
import type { CredentialResolver } from '../../src/connections/resolve-credential.js';
import { newId } from '../../src/platform/ids.js';
import { ask, type Asked } from './lookup.js';
import { budgetBook } from './budget-book.js';
import { checkAnswers } from './check-answers.js';
import { checkBooks } from './check-books.js';
import { createFakeProvider } from './fake-provider.js';
import type { History, Step } from './history.js';
import { type Instance, startInstance } from './instance.js';
import { expireAll, rest } from './rest.js';
import type { Scenario } from './scenario.js';
import { settleAll } from './settle-all.js';
import type { Slot } from './slot.js';
import { tellBooks } from './describe-books.js';

/**
 * Plays a history against the real database; answers one line for each thing that was not as it must be, and then
 * the ledger as it stood.
 */
export const playHistory = async (slot: Slot, history: History): Promise<string[]> => {
  const scenario = await setScenario(slot, history);
  const start = processStarter(scenario);
  const instances = Array.from({ length: history.instances }, (_, client) => start(client));
  const all = [...instances];
  const asked: Asked[] = [];
  const faults: string[] = [];
  let background: Promise<void>[] = [];

  const at = (number: number): { instance: Instance; client: number } => {
    const client = number % instances.length;
    const instance = instances[client];
    if (instance === undefined) throw new Error(`there is no process ${number}`);
    return { instance, client };
  };

  const play = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'ask':
        asked.push(ask(scenario, at(step.instance).instance, step));
        return;
      case 'budget':
      case 'limit':
      case 'endBudget':
        return scenario.budgets.play(step);
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
      case 'expire':
        // Not waited for: answers are settled at the very same time.
        background.push(expireAll(scenario));
        return;
      case 'rotate':
        return scenario.provider.rotate(step.account);
      case 'cut':
        return slot.cut(at(step.instance).client);
      case 'lose':
        return at(step.instance).instance.loseAnswer();
      case 'pause':
        await sleep(step.forMs);
        return;
      case 'rest':
        await Promise.all(background);
        background = [];
        faults.push(...(await rest(scenario, all, asked)));
        faults.push(...(await checkBooks(scenario)), ...(await checkAnswers(scenario, asked)));
    }
  };

  for (const step of [...history.steps, { do: 'rest' } as const]) {
    await play(step);
    if (faults.length > 0) break;
  }
  if (faults.length === 0) faults.push(...(await settleAll(scenario, start(0), asked)));
  for (const instance of all) instance.die(0);
  if (history.steps.some((step) => step.do === 'cut')) await slot.heal();
  // A reservation may be over before its call has left: then another call for the same may be under way with it.
  if (!history.steps.some((step) => step.do === 'expire')) {
    faults.push(...scenario.provider.doubled.map((call) => `two calls at once for ${call}`));
  }
  return faults.length === 0 ? [] : [...new Set(faults), ...(await tellBooks(scenario))];
};

const setScenario = async (slot: Slot, history: History): Promise<Scenario> => {
  const workspaceId = newId();
  const connectionIds = [newId(), newId()];
  await slot.database.db.insert(workspaces).values({ id: workspaceId, name: `seed ${history.seed}` });
  return {
    slot,
    history,
    workspaceId,
    connectionIds,
    accountIds: [newId(), newId()],
    provider: createFakeProvider(history.records),
    budgets: budgetBook(slot.database, { workspaceId, connectionIds }),
  };
};

const processStarter = (scenario: Scenario): ((client: number) => Instance) => {
  const { slot, history, provider } = scenario;
  const resolveCredential: CredentialResolver = (_, wish) => {
    const account =
      wish.connectionId === null
        ? provider.accountOf(wish.callerKey ?? '')
        : scenario.connectionIds.indexOf(wish.connectionId);
    return Promise.resolve({
      key: wish.callerKey ?? provider.keyOf(account),
      accountId: scenario.accountIds[account] ?? '',
      connectionId: wish.connectionId,
      payer: wish.connectionId === null ? 'CALLER_KEY' : 'CONNECTION',
      sandbox: false,
    });
  };
  return (client) =>
    startInstance({
      base: slot.deps,
      sql: slot.clients[client] ?? slot.database.sql,
      provider,
      resolveCredential,
      keepsCopies: history.keepsCopies,
      ledgerBatchMax: history.ledgerBatchMax,
    });
};
