import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { workspaces } from '../../schema/tables/index.js';
import type { Caller, Plan } from '../../src/access/caller.js';
import type { Budget } from '../../src/budgets/budget.js';
import { deleteBudget } from '../../src/budgets/delete-budget.js';
import { type ManagedLimits, limitManagedCredits } from '../../src/budgets/managed-limits.js';
import { listBudgets } from '../../src/budgets/read-budgets.js';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import { outcomeOf } from '../support/outcome.js';
import { createWorkspace } from '../support/workspace.js';
import {
  reservationFor,
  budgetsOf,
  countOf,
  type Deps,
  openInstances,
  reserveAll,
  set,
  spend,
} from './setup.js';

let store: Awaited<ReturnType<typeof openInstances>>;
let deps: Deps;
beforeAll(async () => {
  store = await openInstances();
  deps = budgetsOf(store.database);
});
afterAll(() => store.close());

// Limits are kept for every workspace of the database: those of the tests before would count along.
beforeEach(() => limitManagedCredits(store.database, {}));

const onPlan = async (plan: Plan): Promise<Caller> =>
  (await createWorkspace(store.database, 'acme', plan)).as.ADMIN;
const limit = (limits: ManagedLimits, only?: Caller) =>
  limitManagedCredits(store.database, limits, only?.workspaceId);
const budgetsOfCaller = async (caller: Caller): Promise<Budget[]> =>
  (await listBudgets(deps, caller, { first: 100, after: null })).items;
const managed = (caller: Caller) => reservationFor(caller, { payer: 'MANAGED' });

it('gives every workspace a hard monthly budget with the limit of its plan', async () => {
  const [free, starter, pro] = [await onPlan('FREE'), await onPlan('STARTER'), await onPlan('PRO')];
  await limit({ FREE: 3n, STARTER: 2_000n });
  expect(await budgetsOfCaller(free)).toMatchObject([
    {
      name: 'Managed credits (FREE)',
      scope: 'MANAGED',
      subject: null,
      period: 'MONTH',
      timeZone: 'UTC',
      limit: 3n,
      mode: 'HARD',
      setByOperator: true,
    },
  ]);
  expect(await budgetsOfCaller(starter)).toMatchObject([
    { name: 'Managed credits (STARTER)', limit: 2_000n },
  ]);
  expect(await budgetsOfCaller(pro)).toEqual([]);
});

it('admits exactly the limit of managed credits over three instances, and own credits beside it', async () => {
  const caller = await onPlan('FREE');
  await limit({ FREE: 5n });
  const reserved = await reserveAll(
    store.ledgers,
    Array.from({ length: 30 }, () => managed(caller)),
  );
  expect([countOf(reserved, 'RESERVED'), countOf(reserved, 'BUDGET_RESERVED')]).toEqual([5, 25]);
  const own = await reserveAll(
    store.ledgers,
    Array.from({ length: 10 }, () => reservationFor(caller)),
  );
  expect(countOf(own, 'RESERVED')).toBe(10);
});

it('keeps the count of the month when the plan changes', async () => {
  const caller = await onPlan('FREE');
  const limits = { FREE: 2n, STARTER: 3n };
  await limit(limits);
  const [ledger] = store.ledgers;
  expect([await spend(ledger, managed(caller)), await spend(ledger, managed(caller))]).toEqual([true, true]);
  expect(await spend(ledger, managed(caller))).toBe(false);
  const [before] = await budgetsOfCaller(caller);

  await store.database.db
    .update(workspaces)
    .set({ plan: 'STARTER' })
    .where(eq(workspaces.id, caller.workspaceId));
  await limit(limits, caller);
  expect(await budgetsOfCaller(caller)).toMatchObject([
    { id: before?.id, name: 'Managed credits (STARTER)', limit: 3n, spent: 2n, remaining: 1n },
  ]);
  expect([await spend(ledger, managed(caller)), await spend(ledger, managed(caller))]).toEqual([true, false]);
  expect((await verifyLedger(store.database, { workspaceId: caller.workspaceId })).disagreements).toEqual([]);
});

it('hides a removed limit, and restores it with the count of its month', async () => {
  const caller = await onPlan('EXPLORER');
  await limit({ EXPLORER: 1n });
  const [ledger] = store.ledgers;
  await spend(ledger, managed(caller));
  const [before] = await budgetsOfCaller(caller);
  await limit({});
  expect(await budgetsOfCaller(caller)).toEqual([]);
  expect(await outcomeOf(deleteBudget(deps, caller, before?.id ?? ''))).toBe('NOT_FOUND');
  expect(await spend(ledger, managed(caller))).toBe(true);
  await limit({ EXPLORER: 4n });
  expect(await budgetsOfCaller(caller)).toMatchObject([{ ...before, spent: 2n, limit: 4n, remaining: 2n }]);
  expect((await verifyLedger(store.database, { workspaceId: caller.workspaceId })).disagreements).toEqual([]);
});

it('counts the month’s earlier spending when a plan with a limit follows one without', async () => {
  const caller = await onPlan('PRO');
  await limit({ FREE: 3n });
  const [ledger] = store.ledgers;
  expect(await budgetsOfCaller(caller)).toEqual([]);
  for (let count = 0; count < 5; count += 1) expect(await spend(ledger, managed(caller))).toBe(true);
  await store.database.db
    .update(workspaces)
    .set({ plan: 'FREE' })
    .where(eq(workspaces.id, caller.workspaceId));
  await limit({ FREE: 3n }, caller);
  expect(await budgetsOfCaller(caller)).toMatchObject([
    { name: 'Managed credits (FREE)', spent: 5n, limit: 3n },
  ]);
  expect(await spend(ledger, managed(caller))).toBe(false);
});

it('creates one limit when instances start at once, and changes nothing at the next start', async () => {
  const caller = await onPlan('FREE');
  await Promise.all([limit({ FREE: 7n }), limit({ FREE: 7n }), limit({ FREE: 7n })]);
  const [budget, ...more] = await budgetsOfCaller(caller);
  expect(more).toEqual([]);
  await limit({ FREE: 7n });
  expect(await budgetsOfCaller(caller)).toEqual([budget]);
});

it('changes no other workspace when the plan of one changes', async () => {
  const [ours, theirs] = [await onPlan('FREE'), await onPlan('FREE')];
  await limit({ FREE: 7n });
  await limit({ FREE: 9n }, ours);
  expect(await budgetsOfCaller(ours)).toMatchObject([{ limit: 9n }]);
  expect(await budgetsOfCaller(theirs)).toMatchObject([{ limit: 7n }]);
});

it('refuses changes and deletion by any role', async () => {
  const caller = await onPlan('FREE');
  await limit({ FREE: 7n });
  const [budget] = await budgetsOfCaller(caller);
  const change = { id: budget?.id, scope: 'MANAGED', period: 'MONTH', limit: 1_000n } as const;
  expect(await outcomeOf(set(deps, caller, change))).toBe('FORBIDDEN');
  expect(await outcomeOf(deleteBudget(deps, caller, budget?.id ?? ''))).toBe('FORBIDDEN');
  expect(await budgetsOfCaller(caller)).toEqual([budget]);
});

it('allows further budgets on managed credits, and keeps their names', async () => {
  const caller = await onPlan('FREE');
  const { budget } = await set(deps, caller, {
    name: 'Managed credits (FREE)',
    scope: 'MANAGED',
    period: 'TOTAL',
    limit: 1n,
  });
  await limit({ FREE: 7n });
  const [own, operators] = await budgetsOfCaller(caller);
  expect(own).toEqual(budget);
  expect(operators).toMatchObject({ limit: 7n, setByOperator: true });
  expect(operators?.name).toMatch(/^Managed credits \(FREE\) [0-9a-f]{8}$/);
  await limit({ FREE: 8n });
  expect((await budgetsOfCaller(caller))[1]).toMatchObject({
    id: operators?.id,
    name: operators?.name,
    limit: 8n,
  });

  const [ledger] = store.ledgers;
  expect([await spend(ledger, managed(caller)), await spend(ledger, managed(caller))]).toEqual([true, false]);
  expect(await spend(ledger, reservationFor(caller))).toBe(true);
});

it('refuses a subject when the scope is MANAGED', async () => {
  const caller = await onPlan('PRO');
  expect(await outcomeOf(set(deps, caller, { scope: 'MANAGED', subject: 'crm-sync' }))).toBe('INVALID_INPUT');
});
