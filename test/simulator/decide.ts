import type { Caller } from '../../src/access/caller.js';
import { unrestricted } from '../../src/access/scopes.js';
import { GatewayError } from '../../src/errors.js';
import { type PresumedChargeFilter, readPresumedCharges } from '../../src/ledger/list-presumed-charges.js';
import { resolvePresumedCharge, resolvePresumedCharges } from '../../src/ledger/resolve-charges.js';
import { isTransient } from '../../src/platform/database-errors.js';
import type { Decision } from './decision-model.js';
import type { DecideStep } from './history.js';
import type { Scenario } from './scenario.js';
import { idOfLookupKey } from './world.js';

/** Decides as the step says, with others at the same moment where it has any. Returns what must not happen. */
export const decide = async (scenario: Scenario, step: DecideStep): Promise<string[]> => {
  const [own, others] = [step.charged, step.also === 'OPPOSITE' ? opposite[step.charged] : step.charged];
  const answers = step.also === null ? [own] : [own, others];
  const lists = await Promise.all(
    answers.map((charged) =>
      step.which === 'ALL'
        ? decideAll(scenario, filterOf(scenario, step), charged === 'CHARGED' || charged === 'RIGHT')
        : decideOne(scenario, step.which, charged),
    ),
  );
  return lists.flat();
};

const opposite = {
  RIGHT: 'WRONG',
  WRONG: 'RIGHT',
  CHARGED: 'NOT_CHARGED',
  NOT_CHARGED: 'CHARGED',
} as const satisfies Record<DecideStep['charged'], DecideStep['charged']>;

const filterOf = ({ connectionIds }: Scenario, step: DecideStep): PresumedChargeFilter => ({
  ...(step.cause === null ? {} : { cause: step.cause }),
  ...(step.account === null ? {} : { connectionId: connectionIds[step.account] ?? null }),
});

const decideAll = async (
  scenario: Scenario,
  filter: PresumedChargeFilter,
  charged: boolean,
): Promise<string[]> => {
  const decision = note(scenario, charged);
  const input = { filter, charged, reason: decision.reason };
  const attempt = await retried(() => resolvePresumedCharges(scenario.store, adminOf(scenario), input));
  if ('error' in attempt) return [`a decision about all threw: ${String(attempt.error)}`];
  const { resolved, credits, inFlight } = attempt.value;
  decision.reported = { charges: resolved, credits: Number(credits) };
  return charged && inFlight > 0 ? [`${inFlight} charges were not confirmed, as if they were in flight`] : [];
};

const decideOne = async (
  scenario: Scenario,
  which: number,
  answer: DecideStep['charged'],
): Promise<string[]> => {
  const { store, workspaceId, provider, accountIds } = scenario;
  const charges = await readPresumedCharges(store.database, { workspaceId });
  const charge = charges[which % charges.length];
  if (charge === undefined) return [];
  const bought = provider.charged(accountIds.indexOf(charge.accountId));
  const isTrue = bought.includes(idOfLookupKey(charge.lookupKey) ?? '');
  const charged = answer === 'RIGHT' ? isTrue : answer === 'WRONG' ? !isTrue : answer === 'CHARGED';
  const decision = note(scenario, charged);
  const input = { entryId: charge.id, charged, reason: decision.reason };
  const attempt = await retried(() => resolvePresumedCharge(store, adminOf(scenario), input));
  if (!('error' in attempt)) {
    decision.returned = { entryId: charge.id, correctionId: attempt.value.correctionId };
    return [];
  }
  const code = attempt.error instanceof GatewayError ? attempt.error.code : null;
  if (code === 'LOOKUP_IN_FLIGHT' && !charged) return [];
  if (code !== 'ALREADY_RESOLVED') return [`a decision threw: ${String(attempt.error)}`];
  decision.opposed = charge.id;
  return [];
};

const note = ({ decided }: Scenario, charged: boolean): Decision => {
  const reason = `decision ${decided.decisions.length}`;
  const decision: Decision = { reason, charged, reported: null, returned: null, opposed: null };
  decided.decisions.push(decision);
  return decision;
};

type Attempt<Value> = { value: Value } | { error: unknown };

/** An ADMIN decides again where PostgreSQL cancelled the transaction. */
const retried = async <Value>(run: () => Promise<Value>): Promise<Attempt<Value>> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { value: await run() };
    } catch (error) {
      if (attempt === 3 || !isTransient(error)) return { error };
    }
  }
};

const adminOf = ({ workspaceId, decided }: Scenario): Caller => ({
  workspaceId,
  workspaceName: 'simulated',
  tokenId: decided.adminId,
  tokenName: 'admin',
  ...unrestricted,
  role: 'ADMIN',
  plan: 'PRO',
  workflow: null,
});
