import { resolvePresumedCharge } from '../../src/enrichment/resolve-presumed-charge.js';
import { listPresumedCharges } from '../../src/ledger/list-presumed-charges.js';
import { ask, type Asked } from './lookup.js';
import { checkBooks } from './check-books.js';
import type { Instance } from './instance.js';
import { tidy } from './rest.js';
import type { Scenario } from './scenario.js';

/**
 * The end of every history: the provider behaves, every doubt is settled as an operator would, and then the provider
 * and the ledger agree to the credit. Whatever was found once is given again to one who may not spend anything.
 */
export const settleAll = async (
  scenario: Scenario,
  operator: Instance,
  asked: Asked[],
): Promise<string[]> => {
  scenario.provider.behave();
  const faults = await resolvePresumedCharges(scenario, operator);
  await tidy(scenario);
  faults.push(...(await checkBooks(scenario, { settled: true })));
  faults.push(...(await askAgain(scenario, operator, asked)));
  return faults;
};

const resolvePresumedCharges = async (scenario: Scenario, operator: Instance): Promise<string[]> => {
  const faults: string[] = [];
  const accounts = new Map(
    (
      await scenario.slot.database.sql<{ id: string; account_id: string }[]>`
        select id, account_id from reservations where workspace_id = ${scenario.workspaceId}`
    ).map((row) => [row.id, scenario.accountIds.indexOf(row.account_id)]),
  );
  for (const doubt of await listPresumedCharges(scenario.slot.database)) {
    const account = accounts.get(doubt.id);
    if (account === undefined) continue;
    const connectionId = scenario.connectionIds[account] ?? null;
    const settled = await resolvePresumedCharge(operator.deps, { ...doubt, connectionId });
    if (settled.kind !== 'SETTLED') {
      faults.push(`a doubt about ${doubt.lookupKey} was left: ${JSON.stringify(settled)}`);
    }
  }
  return faults;
};

const askAgain = async (scenario: Scenario, operator: Instance, asked: Asked[]): Promise<string[]> => {
  const faults: string[] = [];
  for (const { step, answers } of asked) {
    const heard = await answers;
    if (typeof heard === 'string') continue;
    const wants = step.wants.filter((_, at) => heard[at]?.outcome === 'FOUND');
    if (wants.length === 0) continue;
    const again = await ask(scenario, operator, {
      ...step,
      wants,
      trouble: null,
      maxCredits: 0,
      ownKey: false,
    }).answers;
    if (typeof again === 'string' || again.some((answer) => answer.outcome !== 'FOUND')) {
      faults.push(`what ${JSON.stringify(wants)} found once is not given again for free`);
    }
  }
  return faults;
};
