import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Scenario } from './scenario.js';
import { checkDecisions, openDecisionOf, readPresumed } from './check-decisions.js';
import { companies, idOfLookupKey, lookupKeysOf, recordKeyOf } from './world.js';

type ReservationRow = {
  lookup_key: string;
  state: 'HELD' | 'PENDING_CONFIRMATION' | 'DECIDED';
  credits: string;
};

/**
 * At rest: compares the ledger with the provider's own counts. A pending charge may or may not have been made, and a
 * decision may be wrong until a lookup finds the record. With `settled` nothing is pending, and every decided charge was
 * looked up again: then the two are equal, but for the charges that an ADMIN confirmed for records that do not exist.
 */
export const checkLedger = async (
  scenario: Scenario,
  when: { settled: boolean } = { settled: false },
): Promise<string[]> => {
  const faults: string[] = [];
  for (const account of scenario.accountIds.keys())
    faults.push(...(await checkAccount(scenario, account, when)));
  faults.push(...(await checkDecisions(scenario)), ...(await checkBudgets(scenario)));
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
  const confirmed = reservations.filter((one) => one.state === 'DECIDED' && one.credits !== '0');
  // Wrong decisions that charges were not made, too: nothing but a decision outlives their day.
  const returned = (await readPresumed(scenario)).filter(
    (one) => one.account_id === accountId && openDecisionOf(one) === false,
  );
  const excused = new Set([
    ...[...pending, ...confirmed].map((one) => one.lookup_key),
    ...(when.settled ? [] : returned.map((one) => scenario.decided.lookupKeys.get(one.id))),
  ]);
  const chargedRecords = charged.map(recordKeyOf);
  for (const id of charged) {
    const lookupKeys = lookupKeysOf(id);
    if (!unlocked.includes(recordKeyOf(id)) && !lookupKeys.some((key) => excused.has(key))) {
      faults.push(`account ${account} was charged for ${id}, which the ledger does not have`);
    }
  }
  for (const record of unlocked) {
    if (!chargedRecords.includes(record))
      faults.push(`account ${account} has ${record}, for which it was not charged`);
  }
  const credits = Number(sum?.credits);
  const [pendingCredits, confirmedCredits] = [creditsOf(pending), creditsOf(confirmed)];
  if (credits !== unlocked.length + pendingCredits + confirmedCredits) {
    faults.push(
      `account ${account}: ${credits} credits for ${unlocked.length} unlocks, ${pendingCredits} pending, ${confirmedCredits} confirmed`,
    );
  }
  if (reservations.some((one) => one.state === 'HELD')) {
    faults.push(`account ${account} has reservations left at rest: ${JSON.stringify(reservations)}`);
  }
  if (when.settled && (pending.length > 0 || credits !== charged.length + confirmedCredits)) {
    faults.push(
      `account ${account}: the provider charged ${charged.length}, the ledger ${credits}, ${confirmedCredits} confirmed; ${pending.length} charges are pending`,
    );
  }
  const existing = confirmed.filter((one) => exists(scenario, one.lookup_key));
  if (when.settled && existing.length > 0) {
    faults.push(
      `account ${account} has confirmed charges that lookups did not end: ${JSON.stringify(existing)}`,
    );
  }
  return faults;
};

const creditsOf = (reservations: ReservationRow[]): number =>
  reservations.reduce((total, one) => total + Number(one.credits), 0);

const exists = ({ history }: Scenario, lookupKey: string): boolean => {
  const id = idOfLookupKey(lookupKey);
  return companies.slice(0, history.records).some((one) => one.id === id);
};

/** A hard budget is exceeded only by what late results of calls add again that an ADMIN had returned. */
const checkBudgets = async (scenario: Scenario): Promise<string[]> => {
  const periods = await scenario.store.database.sql<
    { budget_id: string; reserved: string; spent: string; added: number }[]
  >`
    select p.budget_id, p.reserved, p.spent, (
      select coalesce(sum(c.credits), 0)::int from entries c
      where c.workspace_id = p.workspace_id and c.kind = 'CORRECTION' and c.reason is null and c.credits > 0
        and (p.budget_id, p.starts_at) in (select * from unnest(c.budget_ids, c.budget_starts))
    ) as added
    from budget_periods p where p.workspace_id = ${scenario.workspaceId}`;
  const faults: string[] = [];
  for (const period of periods) {
    const limitMax = scenario.budgets.limitMaxOf(period.budget_id);
    const used = Number(period.spent) + Number(period.reserved);
    if (limitMax !== null && used > limitMax + period.added) {
      faults.push(
        `a hard budget of at most ${limitMax} has ${period.spent} spent and ${period.reserved} reserved, ${period.added} added`,
      );
    }
    if (period.reserved !== '0') faults.push(`${period.reserved} credits are reserved at rest`);
  }
  return faults;
};
