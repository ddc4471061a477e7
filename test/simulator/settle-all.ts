import { settleDoubt } from '../../src/enrichment/resolve-presumed-charge.js';
import { listDoubts } from '../../src/usage/list-presumed-charges.js';
import { ask, type Asked } from './lookup.js';
import { checkBooks } from './check-books.js';
import type { Instance } from './instance.js';
import { tidy } from './rest.js';
import type { Scene } from './scenario.js';

/**
 * The end of every history: the provider behaves, every doubt is settled as an operator would, and then the provider
 * and the ledger agree to the credit. Whatever was found once is given again to one who may not spend anything.
 */
export const settleAll = async (scene: Scene, operator: Instance, asked: Asked[]): Promise<string[]> => {
  scene.provider.behave();
  const faults = await settleDoubts(scene, operator);
  await tidy(scene);
  faults.push(...(await checkBooks(scene, { settled: true })));
  faults.push(...(await askAgain(scene, operator, asked)));
  return faults;
};

const settleDoubts = async (scene: Scene, operator: Instance): Promise<string[]> => {
  const faults: string[] = [];
  const accounts = new Map(
    (
      await scene.slot.database.sql<{ id: string; account_id: string }[]>`
        select id, account_id from reservations where workspace_id = ${scene.workspaceId}`
    ).map((row) => [row.id, scene.accountIds.indexOf(row.account_id)]),
  );
  for (const doubt of await listDoubts(scene.slot.database)) {
    const account = accounts.get(doubt.id);
    if (account === undefined) continue;
    const connectionId = scene.connectionIds[account] ?? null;
    const settled = await settleDoubt(operator.deps, { ...doubt, connectionId });
    if (settled.kind !== 'SETTLED') {
      faults.push(`a doubt about ${doubt.subject} was left: ${JSON.stringify(settled)}`);
    }
  }
  return faults;
};

const askAgain = async (scene: Scene, operator: Instance, asked: Asked[]): Promise<string[]> => {
  const faults: string[] = [];
  for (const { step, answers } of asked) {
    const heard = await answers;
    if (typeof heard === 'string') continue;
    const wants = step.wants.filter((_, at) => heard[at]?.outcome === 'FOUND');
    if (wants.length === 0) continue;
    const again = await ask(scene, operator, { ...step, wants, trouble: null, maxCredits: 0, ownKey: false })
      .answers;
    if (typeof again === 'string' || again.some((answer) => answer.outcome !== 'FOUND')) {
      faults.push(`what ${JSON.stringify(wants)} found once is not given again for free`);
    }
  }
  return faults;
};
