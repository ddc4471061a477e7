import { resolvePresumedCharge } from '../../src/enrichment/resolve-presumed-charge.js';
import { readPresumedCharges } from '../../src/ledger/list-presumed-charges.js';
import { sendLookup, type SentLookup } from './lookup.js';
import { readPresumed } from './check-decisions.js';
import { checkLedger } from './check-ledger.js';
import type { Instance } from './instance.js';
import { runMaintenance } from './rest.js';
import type { Scenario } from './scenario.js';
import { itemOfLookupKey } from './world.js';

/**
 * The end of every history: the provider works, every presumed charge is resolved as an operator would, every decided one
 * is looked up again, and then the provider and the ledger agree to the credit. Whatever was found once is found again by a
 * lookup that may not spend.
 */
export const checkFinally = async (
  scenario: Scenario,
  operator: Instance,
  sent: SentLookup[],
): Promise<string[]> => {
  scenario.provider.behave();
  const faults = await resolvePresumedCharges(scenario, operator);
  faults.push(...(await lookUpDecided(scenario, operator)));
  await runMaintenance(scenario);
  faults.push(...(await checkLedger(scenario, { settled: true })));
  faults.push(...(await lookUpAgain(scenario, operator, sent)));
  return faults;
};

const resolvePresumedCharges = async (scenario: Scenario, operator: Instance): Promise<string[]> => {
  const faults: string[] = [];
  const accounts = new Map(
    (
      await scenario.store.database.sql<{ id: string; account_id: string }[]>`
        select id, account_id from reservations where workspace_id = ${scenario.workspaceId}`
    ).map((row) => [row.id, scenario.accountIds.indexOf(row.account_id)]),
  );
  for (const charge of await readPresumedCharges(scenario.store.database, { workspaceId: null })) {
    const account = accounts.get(charge.id);
    if (account === undefined) continue;
    const connectionId = scenario.connectionIds[account] ?? null;
    const settled = await resolvePresumedCharge(operator.deps, {
      ...charge,
      usableConnectionId: connectionId,
    });
    if (settled.kind !== 'SETTLED') {
      faults.push(`the presumed charge for ${charge.lookupKey} was not resolved: ${JSON.stringify(settled)}`);
    }
  }
  return faults;
};

/** Looks up what an ADMIN has decided, by the same identifiers: each budget has ended, so nothing refuses it. */
const lookUpDecided = async (scenario: Scenario, operator: Instance): Promise<string[]> => {
  const { store, workspaceId, accountIds, decided, history } = scenario;
  await store.database.sql`update budgets set deleted_at = now() where workspace_id = ${workspaceId}`;
  const faults: string[] = [];
  for (const { id, account_id, corrections } of await readPresumed(scenario)) {
    const item = itemOfLookupKey(decided.lookupKeys.get(id) ?? '');
    if (corrections.every(({ reason }) => reason === null) || item === null) continue;
    const { answers } = sendLookup(scenario, operator, {
      ...plainLookup,
      account: accountIds.indexOf(account_id),
      items: [item],
    });
    const [answer] = [await answers].flat();
    const outcome = typeof answer === 'string' ? answer : answer?.outcome;
    if (outcome !== (item.record < history.records ? 'FOUND' : 'NOT_FOUND'))
      faults.push(`the decided record ${JSON.stringify(item)} was answered ${outcome}`);
  }
  return faults;
};

const plainLookup = {
  do: 'lookup',
  instance: 0,
  ownKey: false,
  country: 'AU',
  workflow: null,
  maxCredits: null,
  fresh: true,
  trouble: null,
  takesMs: 0,
} as const;

const lookUpAgain = async (scenario: Scenario, operator: Instance, sent: SentLookup[]): Promise<string[]> => {
  const faults: string[] = [];
  for (const { step, answers } of sent) {
    const results = await answers;
    if (typeof results === 'string') continue;
    const items = step.items.filter((_, at) => results[at]?.outcome === 'FOUND');
    if (items.length === 0) continue;
    const again = await sendLookup(scenario, operator, {
      ...step,
      items,
      trouble: null,
      maxCredits: 0,
      ownKey: false,
    }).answers;
    if (typeof again === 'string' || again.some((answer) => answer.outcome !== 'FOUND')) {
      faults.push(`what ${JSON.stringify(items)} found once is not found again for free`);
    }
  }
  return faults;
};
