import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Scenario } from './scenario.js';
import { recordKeyOf, lookupKeysOf } from './world.js';

type ReservationRow = { lookup_key: string; state: 'HELD' | 'PENDING_CONFIRMATION'; credits: string };

/**
 * At rest: compares the ledger with the provider's own counts. With `settled` nothing is pending, so the two must be
 * equal; otherwise a pending charge may or may not have been made.
 */
export const checkLedger = async (
  scenario: Scenario,
  when: { settled: boolean } = { settled: false },
): Promise<string[]> => {
  const faults: string[] = [];
  for (const account of scenario.accountIds.keys())
    faults.push(...(await checkAccount(scenario, account, when)));
  faults.push(...(await checkBudgets(scenario)));
  const verified = await verifyLedger(scenario.store.database, { workspaceId: scenario.workspaceId });
  faults.push(...verified.disagreements.map(({ line }) => `verify: ${line}`));
  return faults;
};

const checkAccount = async (
  scenario: Scenario,
  account: number,
  when: { settled: boolean },
): Promise<string[]> => {
  const { sql } = scenario.store.database;
  const accountId = scenario.accountIds[account] ?? '';
  // Read before the ledger, which must contain what has been charged by now.
  const charged = scenario.provider.charged(account);
  const unlocked = (
    await sql<{ record_key: string }[]>`
      select record_key from unlocks where workspace_id = ${scenario.workspaceId} and account_id = ${accountId}`
  ).map((row) => row.record_key);
  const reservations = await sql<ReservationRow[]>`
    select lookup_key, state, credits from reservations
    where workspace_id = ${scenario.workspaceId} and account_id = ${accountId}`;
  const [sum] = await sql<{ credits: string }[]>`
    select coalesce(sum(credits), 0) as credits from entries
    where workspace_id = ${scenario.workspaceId} and account_id = ${accountId}`;

  const faults: string[] = [];
  const pending = reservations.filter((one) => one.state === 'PENDING_CONFIRMATION');
  const chargedRecords = charged.map(recordKeyOf);
  for (const id of charged) {
    const lookupKeys = lookupKeysOf(id);
    if (!unlocked.includes(recordKeyOf(id)) && !pending.some((one) => lookupKeys.includes(one.lookup_key))) {
      faults.push(`account ${account} was charged for ${id}, which the ledger does not have`);
    }
  }
  for (const record of unlocked) {
    if (!chargedRecords.includes(record))
      faults.push(`account ${account} has ${record}, for which it was not charged`);
  }
  const pendingCredits = pending.reduce((total, one) => total + Number(one.credits), 0);
  const credits = Number(sum?.credits);
  if (credits !== unlocked.length + pendingCredits) {
    faults.push(
      `account ${account}: ${credits} credits for ${unlocked.length} unlocks and ${pendingCredits} pending`,
    );
  }
  if (reservations.some((one) => one.state === 'HELD')) {
    faults.push(`account ${account} has reservations left at rest: ${JSON.stringify(reservations)}`);
  }
  if (when.settled && (pending.length > 0 || credits !== charged.length)) {
    faults.push(
      `account ${account}: the provider charged ${charged.length}, the ledger ${credits}; ${pending.length} charges are pending`,
    );
  }
  return faults;
};

const checkBudgets = async (scenario: Scenario): Promise<string[]> => {
  const periods = await scenario.store.database.sql<{ budget_id: string; reserved: string; spent: string }[]>`
    select budget_id, reserved, spent from budget_periods where workspace_id = ${scenario.workspaceId}`;
  const faults: string[] = [];
  for (const period of periods) {
    const limitMax = scenario.budgets.limitMaxOf(period.budget_id);
    const used = Number(period.spent) + Number(period.reserved);
    if (limitMax !== null && used > limitMax) {
      faults.push(
        `a hard budget of at most ${limitMax} has ${period.spent} spent and ${period.reserved} reserved`,
      );
    }
    if (period.reserved !== '0') faults.push(`${period.reserved} credits are reserved at rest`);
  }
  return faults;
};
