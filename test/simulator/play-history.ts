import { setTimeout as sleep } from 'node:timers/promises';
import { workspaces } from '../../schema/index.js';
import type { Caller } from '../../src/access/caller.js';
import type { CredentialChooser } from '../../src/connections/choose-credential.js';
import { unlimited } from '../../src/enrichment/allowance.js';
import { settleDoubt } from '../../src/enrichment/settle-doubt.js';
import { isPassing } from '../../src/ledger/failures.js';
import { newId } from '../../src/platform/ids.js';
import { listDoubts } from '../../src/reports/list-doubts.js';
import { budgetBook } from './budget-book.js';
import { checkAnswers, type Asked } from './check-answers.js';
import { checkBooks } from './check-books.js';
import { createFakeProvider } from './fake-provider.js';
import type { AskStep, History, Step } from './history.js';
import { type Instance, startInstance } from './instance.js';
import type { Scene } from './scene.js';
import type { Slot } from './slot.js';
import { tellBooks } from './tell-books.js';
import { idOf, keyOf } from './world.js';

const restMsMax = 20_000;

/** Plays a history against the real database; answers one line for each thing that was not as it must be. */
export const playHistory = async (slot: Slot, history: History): Promise<string[]> => {
  const workspaceId = newId();
  const accountIds = [newId(), newId()];
  const connectionIds = [newId(), newId()];
  const provider = createFakeProvider(history.records);
  const scene: Scene = {
    slot,
    history,
    workspaceId,
    accountIds,
    connectionIds,
    provider,
    budgets: budgetBook(slot.database, { workspaceId, connectionIds }),
  };
  await slot.database.db.insert(workspaces).values({ id: workspaceId, name: `seed ${history.seed}` });

  const chooseCredential: CredentialChooser = (_, wish) => {
    const account =
      wish.connectionId === null
        ? provider.accountOf(wish.callerKey ?? '')
        : connectionIds.indexOf(wish.connectionId);
    return Promise.resolve({
      key: wish.callerKey ?? provider.keyOf(account),
      accountId: accountIds[account] ?? '',
      connectionId: wish.connectionId,
      payer: wish.connectionId === null ? ('CALLER_KEY' as const) : ('CONNECTION' as const),
      sandbox: false,
    });
  };
  const start = (client: number): Instance =>
    startInstance({
      sql: slot.clients[client] ?? slot.database.sql,
      provider,
      chooseCredential,
      keepsCopies: history.keepsCopies,
      groupItemsMax: history.groupItemsMax,
    });
  const instances = Array.from({ length: history.instances }, (_, client) => start(client));
  const all = [...instances];
  const at = (client: number): Instance => instances[client % instances.length] as Instance;
  const asked: Asked[] = [];
  const faults: string[] = [];
  let background: Promise<void>[] = [];

  const play = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'ask':
        asked.push(ask(scene, at(step.instance), step));
        // Asks of one turn of the event loop share a statement; the next step comes after they have left.
        break;
      case 'budget':
      case 'limit':
      case 'endBudget':
        await scene.budgets.play(step);
        break;
      case 'crash':
        at(step.instance).die(step.boundaries);
        break;
      case 'restart': {
        const client = step.instance % instances.length;
        at(client).die(0);
        const next = start(client);
        instances[client] = next;
        all.push(next);
        break;
      }
      case 'expire':
        // Not waited for: answers are settled at the very same time.
        background.push(expireAll(scene));
        break;
      case 'rotate':
        provider.rotate(step.account);
        break;
      case 'cut':
        await slot.cut(step.instance % instances.length);
        break;
      case 'pause':
        await sleep(step.forMs);
        break;
      case 'rest':
        await Promise.all(background);
        background = [];
        faults.push(...(await rest(scene, all, asked)));
        faults.push(...(await checkBooks(scene, { atRest: true })), ...(await checkAnswers(scene, asked)));
        break;
    }
  };

  for (const step of [...history.steps, { do: 'rest' } as const]) {
    await play(step);
    if (faults.length > 0) break;
  }
  if (faults.length === 0) faults.push(...(await settleAll(scene, start(0))));
  for (const instance of all) instance.die(0);
  if (history.steps.some((step) => step.do === 'cut')) await slot.heal();
  // A reservation may be over before its call has left: then another call for the same may be under way with it.
  if (!history.steps.some((step) => step.do === 'expire')) {
    faults.push(...provider.doubled.map((call) => `two calls at once for ${call}`));
  }
  return faults.length === 0 ? [] : [...new Set(faults), ...(await tellBooks(scene))];
};

const ask = (scene: Scene, instance: Instance, step: AskStep): Asked => {
  const { provider, history, connectionIds } = scene;
  for (const want of step.wants) {
    if (want.record < history.records)
      provider.expect(idOf(want), { trouble: step.trouble, takesMs: step.takesMs });
  }
  const answers = instance.askCompanies(
    {
      caller: callerOf(scene, instance),
      callerKeys: step.ownKey ? { FIRMABLE: provider.keyOf(step.account) } : {},
      workflow: step.workflow,
      allowance: unlimited,
      tally: { charged: 0n, saved: 0n, reserved: 0n },
    },
    step.wants.map(keyOf),
    {
      connectionId: step.ownKey ? null : (connectionIds[step.account] ?? null),
      country: step.country,
      maxCredits: step.maxCredits,
      ...(step.fresh ? { maxAgeSeconds: 0 } : {}),
    },
  );
  const threw = (error: unknown): string => `an ask threw: ${String(error)}`;
  return { step, instance, answers: Promise.race([answers.catch(threw), instance.death]) };
};

const callerOf = ({ workspaceId }: Scene, instance: Instance): Caller => ({
  workspaceId,
  workspaceName: 'simulated',
  tokenId: instance.processId,
  tokenName: 'simulated',
  role: 'MEMBER',
  workflow: null,
});

/** Waits for all answers of the living, while the reservations of the dead come to the end of their life. */
const rest = async (scene: Scene, all: Instance[], asked: Asked[]): Promise<string[]> => {
  let answered = false;
  const untilMs = performance.now() + restMsMax;
  const answers = Promise.all(asked.map((one) => one.answers)).then(() => {
    answered = true;
  });
  while (!answered) {
    await endLives(
      scene,
      all.filter((instance) => instance.isDead()),
    );
    await Promise.race([answers, sleep(20)]);
    if (performance.now() > untilMs) return ['an ask was not answered'];
  }
  await Promise.all(all.map((instance) => instance.quiet()));
  // A process that was cut off while it reserved may have a reservation that it does not know of.
  const wasCut = scene.history.steps.some((step) => step.do === 'cut');
  await endLives(
    scene,
    all.filter((instance) => wasCut || instance.isDead()),
  );
  await tidy(scene);
  return [];
};

const expireAll = async (scene: Scene): Promise<void> => {
  await scene.slot.database.sql`
    update reservations set expires_at = now() - interval '1 second'
    where workspace_id = ${scene.workspaceId} and state = 'HELD'`;
  await tidy(scene);
};

/** Lets the reservations of these processes expire, as time would. */
const endLives = async (scene: Scene, instances: Instance[]): Promise<void> => {
  if (instances.length === 0) return;
  await Promise.all(instances.map((instance) => instance.quiet()));
  await scene.slot.quiet();
  const processIds = instances.map((instance) => instance.processId);
  await scene.slot.database.sql`
    update reservations set expires_at = now() - interval '1 second'
    where workspace_id = ${scene.workspaceId} and state = 'HELD'
      and token_id in (select id::uuid from unnest(string_to_array(${processIds.join()}, ',')) as p (id))`;
  scene.provider.forgive((processId) => processIds.includes(processId));
  await tidy(scene);
};

/** What every gateway does by itself every few seconds; what another one is just doing is waited for. */
const tidy = async ({ slot: { database }, workspaceId }: Scene): Promise<void> => {
  for (;;) {
    // Whoever loses a deadlock against an ask tries again, as gateways do.
    await database.sql`select expire_reservations(1000), clear_known_doubts(1000)`.catch(refuseOther);
    const left = await database.sql`
      select from reservations r
      where r.workspace_id = ${workspaceId} and case r.state
        when 'HELD' then r.expires_at < clock_timestamp()
        else exists (
          select from aliases a
          where a.workspace_id = r.workspace_id and a.account_id = r.account_id and a.alias = r.subject)
      end`;
    if (left.length === 0) return;
  }
};

const refuseOther = (error: unknown): void => {
  if (!isPassing(error)) throw error;
};

/** Settles every doubt as an operator would; then the provider and the ledger must agree to the credit. */
const settleAll = async (scene: Scene, operator: Instance): Promise<string[]> => {
  scene.provider.behave();
  const doubts = await listDoubts(scene.slot.database);
  for (const doubt of doubts) {
    if (doubt.workspaceId !== scene.workspaceId) continue;
    const row = await scene.slot.database.sql<{ account_id: string }[]>`
      select account_id from reservations where id = ${doubt.id}`;
    const account = scene.accountIds.indexOf(row[0]?.account_id ?? '');
    if (account === -1) continue;
    const settled = await settleDoubt(operator.deps, {
      ...doubt,
      connectionId: scene.connectionIds[account] ?? null,
    });
    if (settled.kind !== 'SETTLED')
      return [`a doubt about ${doubt.subject} was left: ${JSON.stringify(settled)}`];
  }
  await tidy(scene);
  return await checkBooks(scene, { atRest: true, settled: true });
};
