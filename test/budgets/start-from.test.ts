import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { createToken } from '../../src/tokens/create-token.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { limitManagedCredits } from '../../src/budgets/managed-limits.js';
import { getBudget, listBudgets } from '../../src/budgets/read-budgets.js';
import { getSandboxSpend } from '../../src/budgets/read-sandbox-spend.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { EntryLabels } from '../../src/ledger/types.js';
import { newId } from '../../src/platform/ids.js';
import { systemClock } from '../../src/platform/time.js';
import { connect, connectionsOf } from '../connections/setup.js';
import { createWorkspace } from '../support/workspace.js';
import { budgetsOf, buy, countOf, type Deps, openInstances, reservationFor, set, spend } from './setup.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let deps: Deps;
beforeAll(async () => {
  store = await openInstances();
  deps = budgetsOf(store.database);
});
afterAll(() => store.close());

const admin = async (): Promise<Caller> => (await createWorkspace(store.database, 'acme', 'PRO')).as.ADMIN;

const buyRecords = async (
  caller: Caller,
  count: number,
  labels: Partial<EntryLabels> = {},
): Promise<void> => {
  for (let bought = 0; bought < count; bought += 1) {
    expect(await spend(store.ledgers[bought % 3]!, reservationFor(caller, labels))).toBe(true);
  }
};

const verified = async (caller: Caller): Promise<void> => {
  const { workspaceId } = caller;
  expect((await verifyLedger(store.database, { workspaceId })).disagreements).toEqual([]);
};

it('admits only what is left when a hard budget is set within a period', async () => {
  const caller = await admin();
  await buyRecords(caller, 7);
  const { budget } = await set(deps, caller, { period: 'MONTH', limit: 10n });
  expect(budget).toMatchObject({ spent: 7n, reserved: 0n, remaining: 3n });
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, index) => store.ledgers[index % 3]!.reserve(reservationFor(caller))),
  );
  expect(countOf(results, 'RESERVED')).toBe(3);
  await verified(caller);
});

it.each(['DAY', 'WEEK', 'MONTH', 'TOTAL'] as const)(
  'counts from the creation when a budget per %s is set with NOW',
  async (period) => {
    const caller = await admin();
    await buyRecords(caller, 3);
    const { budget } = await set(deps, caller, { period, startFrom: 'NOW' });
    expect(budget.spent).toBe(0n);
    await buyRecords(caller, 1);
    expect((await getBudget(deps, caller, budget.id))?.spent).toBe(1n);
    await verified(caller);
  },
);

it('counts what its scope matches, and nothing else', async () => {
  const caller = await admin();
  const { id } = await connect(connectionsOf(store.database), caller);
  await buyRecords(caller, 1);
  await buyRecords(caller, 2, { workflow: 'crm-sync' });
  await buyRecords(caller, 3, { connectionId: id });
  await buyRecords(caller, 4, { payer: 'MANAGED', workflow: 'other' });
  await buyRecords(await admin(), 5);
  const { database } = store;
  const { token } = await createToken({ database, clock: systemClock }, caller, {
    name: 'a',
    role: 'MEMBER',
  });
  await buyRecords({ ...caller, tokenId: token.id }, 6);
  const spent = async (input: Parameters<typeof set>[2]): Promise<bigint> =>
    (await set(deps, caller, { period: 'DAY', limit: 0n, ...input })).budget.spent;
  expect(await spent({})).toBe(16n);
  expect(await spent({ scope: 'WORKFLOW', subject: 'crm-sync' })).toBe(2n);
  expect(await spent({ scope: 'WORKFLOW', subject: 'new' })).toBe(0n);
  expect(await spent({ scope: 'CONNECTION', subject: id })).toBe(3n);
  expect(await spent({ scope: 'MANAGED' })).toBe(4n);
  expect(await spent({ scope: 'TOKEN', subject: token.id })).toBe(6n);
  await verified(caller);
});

/** Buys a record whose lookup was reserved so long ago. */
const buyAgo = async (caller: Caller, interval: string): Promise<void> => {
  const request = reservationFor(caller);
  await store.ledgers[0].reserve(request);
  await store.database.sql`
    update reservations set reserved_at = reserved_at - ${interval}::interval where id = ${request.id}`;
  await buy(store.ledgers[0], request);
};

it('counts what was spent in an earlier period only when the period is TOTAL', async () => {
  const caller = await admin();
  await buyAgo(caller, '40 days');
  await buyRecords(caller, 2);
  expect((await set(deps, caller, { period: 'MONTH' })).budget.spent).toBe(2n);
  expect((await set(deps, caller, { period: 'TOTAL' })).budget.spent).toBe(3n);
  await verified(caller);
});

it('counts from the second at which a period starts within a quarter of an hour', async () => {
  const caller = await admin();
  await buyAgo(caller, '310 seconds');
  await buyAgo(caller, '290 seconds');
  await buyRecords(caller, 1);
  const id = newId();
  // A zone of PostgreSQL's notation in which midnight was five minutes ago.
  const west = (Math.floor(Date.now() / 1_000) - 300 + 86_400) % 86_400;
  const timeZone = `NIGHT+${new Date(west * 1_000).toISOString().slice(11, 19)}`;
  const [row] = await store.database.sql.begin(async (tx) => {
    await tx`
      insert into budgets (workspace_id, id, name, scope, period, time_zone, "limit", mode, thresholds)
      values (${caller.workspaceId}, ${id}, 'odd', 'WORKSPACE', 'DAY', ${timeZone}, 10, 'HARD', '{}')`;
    await tx`select count_from_period_start(${caller.workspaceId}, ${id})`;
    return tx`select spent from budget_periods where budget_id = ${id}`;
  });
  expect(row).toEqual({ spent: '2' });
  await verified(caller);
});

it('counts again what a deleted budget counted when one is set in its place', async () => {
  const caller = await admin();
  const first = (await set(deps, caller, { name: 'crm', period: 'MONTH' })).budget;
  await buyRecords(caller, 4);
  await deleteBudget(deps, caller, first.id);
  await buyRecords(caller, 2);
  const second = (await set(deps, caller, { name: 'crm', period: 'MONTH' })).budget;
  expect(second.spent).toBe(6n);
  await verified(caller);
});

it('counts its period from the start when an existing budget is set with PERIOD_START', async () => {
  const caller = await admin();
  await buyRecords(caller, 3);
  const { id } = (await set(deps, caller, { name: 'crm', startFrom: 'NOW' })).budget;
  await buyRecords(caller, 2);
  const change = (startFrom: 'NOW' | 'PERIOD_START' | null) =>
    set(deps, caller, { id, name: 'crm', startFrom });
  expect((await change(null)).budget.spent).toBe(2n);
  expect((await change('NOW')).budget.spent).toBe(2n);
  expect((await change('PERIOD_START')).budget.spent).toBe(5n);
  expect((await change('PERIOD_START')).budget.spent).toBe(5n);
  expect((await change('NOW')).budget.spent).toBe(5n);
  await verified(caller);
});

it('raises the alerts of thresholds that the period has reached before', async () => {
  const caller = await admin();
  await buyRecords(caller, 9);
  const { budget } = await set(deps, caller, { period: 'MONTH', limit: 10n, thresholds: [50, 80, 100] });
  expect(budget.alerts.map(({ threshold, spent }) => [threshold, spent])).toEqual([
    [80, 9n],
    [50, 9n],
  ]);
});

it('counts what a month has spent when the operator limits managed credits within it', async () => {
  const caller = await admin();
  await buyRecords(caller, 3, { payer: 'MANAGED' });
  await buyRecords(caller, 2);
  await limitManagedCredits(store.database, { PRO: 4n }, caller.workspaceId);
  const [limit] = (await listBudgets(deps, caller, { first: 1, after: null })).items;
  expect(limit).toMatchObject({ scope: 'MANAGED', limit: 4n, spent: 3n, remaining: 1n });
  const results = await Promise.all(
    Array.from({ length: 3 }, () => store.ledgers[0].reserve(reservationFor(caller, { payer: 'MANAGED' }))),
  );
  expect(countOf(results, 'RESERVED')).toBe(1);
  await verified(caller);
});

it.each(['PERIOD_START', 'NOW'] as const)(
  "reports the sandbox's part of what is spent when a budget counts from %s",
  async (startFrom) => {
    const caller = await admin();
    await buyRecords(caller, 3, { sandbox: true });
    await buyRecords(caller, 2, { sandbox: false });
    const { budget } = await set(deps, caller, { period: 'MONTH', startFrom });
    const other = (await set(deps, caller, { scope: 'WORKFLOW', subject: 'crm-sync', startFrom })).budget;
    await buyRecords(caller, 1, { sandbox: true });
    await buyRecords(caller, 4, { sandbox: false });
    const before = startFrom === 'NOW' ? 0n : 3n;
    expect((await getBudget(deps, caller, budget.id))?.spent).toBe(startFrom === 'NOW' ? 5n : 10n);
    expect(await getSandboxSpend(deps, caller, [budget.id, other.id])).toEqual(
      new Map([[budget.id, before + 1n]]),
    );
    expect(await getSandboxSpend(deps, await admin(), [budget.id])).toEqual(new Map());
  },
);
