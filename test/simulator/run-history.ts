import { setTimeout as sleep } from 'node:timers/promises';
import { workspaces } from '../../schema/index.js';
import type { CredentialChooser } from '../../src/connections/choose-credential.js';
import { newId } from '../../src/platform/ids.js';
import { ask, type Asked } from './lookup.js';
import { budgetBook } from './budget-book.js';
import { checkAnswers } from './check-answers.js';
import { checkBooks } from './check-books.js';
import { createFakeProvider } from './fake-provider.js';
import type { History, Step } from './history.js';
import { type Instance, startInstance } from './instance.js';
import { expireAll, rest } from './rest.js';
import type { Scene } from './scenario.js';
import { settleAll } from './settle-all.js';
import type { Slot } from './slot.js';
import { tellBooks } from './describe-books.js';

/**
 * Plays a history against the real database; answers one line for each thing that was not as it must be, and then
 * the ledger as it stood.
 */
export const playHistory = async (slot: Slot, history: History): Promise<string[]> => {
  const scene = await setScene(slot, history);
  const start = processStarter(scene);
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
        asked.push(ask(scene, at(step.instance).instance, step));
        return;
      case 'budget':
      case 'limit':
      case 'endBudget':
        return scene.budgets.play(step);
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
        background.push(expireAll(scene));
        return;
      case 'rotate':
        return scene.provider.rotate(step.account);
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
        faults.push(...(await rest(scene, all, asked)));
        faults.push(...(await checkBooks(scene)), ...(await checkAnswers(scene, asked)));
    }
  };

  for (const step of [...history.steps, { do: 'rest' } as const]) {
    await play(step);
    if (faults.length > 0) break;
  }
  if (faults.length === 0) faults.push(...(await settleAll(scene, start(0), asked)));
  for (const instance of all) instance.die(0);
  if (history.steps.some((step) => step.do === 'cut')) await slot.heal();
  // A reservation may be over before its call has left: then another call for the same may be under way with it.
  if (!history.steps.some((step) => step.do === 'expire')) {
    faults.push(...scene.provider.doubled.map((call) => `two calls at once for ${call}`));
  }
  return faults.length === 0 ? [] : [...new Set(faults), ...(await tellBooks(scene))];
};

const setScene = async (slot: Slot, history: History): Promise<Scene> => {
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

const processStarter = (scene: Scene): ((client: number) => Instance) => {
  const { slot, history, provider } = scene;
  const chooseCredential: CredentialChooser = (_, wish) => {
    const account =
      wish.connectionId === null
        ? provider.accountOf(wish.callerKey ?? '')
        : scene.connectionIds.indexOf(wish.connectionId);
    return Promise.resolve({
      key: wish.callerKey ?? provider.keyOf(account),
      accountId: scene.accountIds[account] ?? '',
      connectionId: wish.connectionId,
      payer: wish.connectionId === null ? 'CALLER_KEY' : 'CONNECTION',
      sandbox: false,
    });
  };
  return (client) =>
    startInstance({
      sql: slot.clients[client] ?? slot.database.sql,
      provider,
      chooseCredential,
      keepsCopies: history.keepsCopies,
      groupItemsMax: history.groupItemsMax,
    });
};
